import type { Clock } from '../../../../runtime/clock.ts'
import type { DefinitionArguments } from '../../../../schema/definition.ts'
import { inflateBody } from '../../../../net/body.ts'
import { createGrpcServer } from '../../../../net/grpc/server.ts'
import type { GrpcAnswer, GrpcCall, GrpcServer } from '../../../../net/grpc/server.ts'
import { grpcCodes } from '../../../../net/grpc/status.ts'
import type { TlsServerOptions } from '../../../../net/tls-server-options.ts'
import type { RequestMetadata } from '../../../../signal/otlp-batch.ts'
import { exportMethods, kindOfMethod } from '../../../../wire/otlp/methods.ts'
import type { definition } from './definition.ts'
import { notOtlp, notTaken } from './not-taken.ts'
import type { RequestIntake } from './request-intake.ts'
import { requestMetadata } from './request-metadata.ts'

export type GrpcArguments = NonNullable<DefinitionArguments<typeof definition>['grpc']>

const defaultMessageBytes = 4 * 1024 * 1024
/** Requests under way may hold this many of the largest messages in all. */
const heldMessages = 16
/** How long a message may take to arrive. */
const receiveMs = 30_000
const advice =
  'This port speaks OTLP over gRPC. For OTLP over HTTP use the HTTP port (4318 by default), or set the protocol of the sender to grpc.'

/** The gRPC side: `TraceService`, `MetricsService` and `LogsService`, each with its unary `Export`. */
export function grpcEndpoint(
  args: GrpcArguments,
  tls: TlsServerOptions | undefined,
  intake: RequestIntake,
  clock: Clock,
): GrpcServer {
  const maxMessageBytes = args.max_recv_msg_size > 0 ? args.max_recv_msg_size : defaultMessageBytes
  return createGrpcServer({
    clock,
    methods: new Set(Object.values(exportMethods)),
    maxMessageBytes,
    maxHeldBytes: maxMessageBytes * heldMessages,
    receiveMs,
    ...(args.max_concurrent_streams > 0 && { maxConcurrentStreams: args.max_concurrent_streams }),
    connections: { connections: 1024, connectionsPerAddress: 1024 },
    tls,
    advice,
    inflate,
    handle: (call) => exportCall(call, intake, args.include_metadata ? requestMetadata(call.metadata) : undefined),
    onRefused: (misfortune, detail) => intake.turnedAway('grpc', misfortune, detail),
    onStranger: (stranger, reason = strangers[stranger]) => intake.turnedAway('grpc', stranger, reason),
  })
}

const strangers = {
  http1: 'an HTTP/1 request came to the gRPC port; OTLP over HTTP has a port of its own (4318 by default)',
  tls: 'a TLS connection came to a port without TLS; write a tls block, or make the sender use an insecure connection',
  unknown: 'a connection came that speaks neither gRPC nor HTTP',
}

async function inflate(
  encoding: string,
  body: Uint8Array,
  maxBytes: number,
): Promise<Uint8Array | { problem: string; code: 'unsupported' | 'too_large' | 'malformed' }> {
  const inflated = await inflateBody(body, encoding, { maxBytes })
  return inflated instanceof Uint8Array ? inflated : { problem: inflated.message, code: inflated.code }
}

async function exportCall(
  { method, message }: GrpcCall,
  intake: RequestIntake,
  metadata: RequestMetadata | undefined,
): Promise<GrpcAnswer> {
  const kind = kindOfMethod(method)!
  const taken = await intake.take(kind, message, 'grpc', metadata)
  switch (taken.kind) {
    case 'accepted':
      return { message: new Uint8Array(0) }
    case 'malformed':
      return turnAway(intake, grpcCodes.INVALID_ARGUMENT, 'malformed', notOtlp(kind, message))
    case 'not-taken':
      return turnAway(intake, grpcCodes.UNIMPLEMENTED, 'not_taken', notTaken(kind))
    case 'refused': {
      const { retryable, reason, retryAfterMs } = taken.refusal
      const code = retryable ? grpcCodes.UNAVAILABLE : grpcCodes.INTERNAL
      return { status: { code, message: reason, ...(retryable && retryAfterMs !== undefined && { retryAfterMs }) } }
    }
  }
}

function turnAway(intake: RequestIntake, code: number, reason: string, message: string): GrpcAnswer {
  intake.turnedAway('grpc', reason, message)
  return { status: { code, message } }
}
