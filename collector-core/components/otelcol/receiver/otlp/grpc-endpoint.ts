import type { DefinitionArguments } from '../../../../schema/definition.ts'
import type { OtlpKind } from '../../../../signal/otlp-batch.ts'
import { inflateBody } from '../../../../net/body.ts'
import { createGrpcServer } from '../../../../net/grpc/server.ts'
import type { GrpcAnswer, GrpcCall } from '../../../../net/grpc/server.ts'
import { grpcCodes } from '../../../../net/grpc/status.ts'
import type { TlsServerOptions } from '../../../../net/tls-server-options.ts'
import { exportMethods, kindOfMethod } from '../../../../wire/otlp/methods.ts'
import type { definition } from './definition.ts'
import type { RequestIntake } from './intake.ts'

export type GrpcArguments = NonNullable<DefinitionArguments<typeof definition>['grpc']>

/** Unfinished requests may hold this many messages' worth of memory in all. */
const heldMessages = 16

/** The gRPC side: `TraceService`, `MetricsService` and `LogsService`, each with its unary `Export`. */
export function grpcEndpoint(
  args: GrpcArguments,
  tls: TlsServerOptions | undefined,
  intake: RequestIntake,
  onRefused: (reason: string) => void,
): ReturnType<typeof createGrpcServer> {
  return createGrpcServer({
    methods: new Set(Object.values(exportMethods)),
    maxMessageBytes: args.max_recv_msg_size,
    maxHeldBytes: args.max_recv_msg_size * heldMessages,
    ...(args.max_concurrent_streams > 0 && { maxConcurrentStreams: args.max_concurrent_streams }),
    tls,
    inflate,
    handle: (call) => exportCall(call, intake),
    onRefused(method, reason) {
      intake.misdirected('grpc', 'bad_request')
      onRefused(`${method}: ${reason}`)
    },
  })
}

async function inflate(
  encoding: string,
  body: Uint8Array,
  maxBytes: number,
): Promise<Uint8Array | { problem: string; unsupported: boolean }> {
  const inflated = await inflateBody(body, encoding, { maxBytes })
  return inflated instanceof Uint8Array
    ? inflated
    : { problem: inflated.message, unsupported: inflated.code === 'unsupported' }
}

async function exportCall({ method, message }: GrpcCall, intake: RequestIntake): Promise<GrpcAnswer> {
  const kind = kindOfMethod(method)!
  const taken = await intake.take(kind, message, 'grpc')
  switch (taken.kind) {
    case 'accepted':
      return { message: new Uint8Array(0) }
    case 'malformed':
      intake.misdirected('grpc', 'malformed')
      return failed(grpcCodes.INVALID_ARGUMENT, 'the message is not a well-formed OTLP export request')
    case 'not-taken':
      intake.misdirected('grpc', 'not_taken')
      return failed(grpcCodes.UNIMPLEMENTED, notTaken(kind))
    case 'refused': {
      const { retryable, reason, retryAfterMs } = taken.refusal
      const code = retryable ? grpcCodes.UNAVAILABLE : grpcCodes.INTERNAL
      return { status: { code, message: reason, ...(retryable && retryAfterMs !== undefined && { retryAfterMs }) } }
    }
  }
}

const failed = (code: number, message: string): GrpcAnswer => ({ status: { code, message } })

/** What a sender is told whose kind of data goes nowhere. */
export function notTaken(kind: OtlpKind): string {
  return `this receiver does not take ${kind}: connect ${kind} in its output block, or stop sending them here`
}
