import { inflateBody } from '../../../../collector-core/net/body.ts'
import { createGrpcServer } from '../../../../collector-core/net/grpc/server.ts'
import type { GrpcAnswer } from '../../../../collector-core/net/grpc/server.ts'
import { grpcCodes } from '../../../../collector-core/net/grpc/status.ts'
import { listen } from '../../../../collector-core/net/server.ts'
import type { ListenAddress, Listening } from '../../../../collector-core/net/server.ts'
import { systemClock } from '../../../../collector-core/runtime/clock.ts'
import type { OtlpKind } from '../../../../collector-core/signal/otlp-batch.ts'
import { WeirError } from '../../../../collector-core/weir-error.ts'
import { exportMethods, kindOfMethod } from '../../../../collector-core/wire/otlp/methods.ts'
import { readOtlpBody } from '../ingest/otlp-body.ts'
import type { Refusal } from '../ingest/refusal.ts'
import { StoreFailure } from '../storage/store-failure.ts'
import { json } from './api-request.ts'
import type { Route } from './api-request.ts'

/** Takes one export request; undefined when all of it is stored. */
export type TakeOtlp = (kind: OtlpKind, request: Uint8Array) => Promise<Refusal | undefined>

/** When a sender may try again after the disk failed. */
const retryAfterMs = 5_000
const maxMessageBytes = 32 * 1024 * 1024
const kinds = ['traces', 'metrics', 'logs'] as const

/** OTLP over HTTP: `/v1/traces`, `/v1/metrics`, `/v1/logs`. */
export function otlpRoutes(take: TakeOtlp): Route[] {
  return kinds.map((kind) => otlpRoute(kind, `/v1/${kind}`, take))
}

/** One kind of OTLP over HTTP at a path of its own. */
export function otlpRoute(kind: OtlpKind, path: string, take: TakeOtlp): Route {
  return {
    methods: ['POST'],
    pattern: new RegExp(`^${path}$`),
    takesData: true,
    answer: async ({ headers, body }) => {
      const type = headers['content-type'] ?? ''
      const request = readOtlpBody(kind, type, body)
      const refusal = request instanceof Uint8Array ? await take(kind, request) : request
      if (refusal !== undefined)
        return json({ code: grpcCodes.INVALID_ARGUMENT, message: refusal.message }, refusal.status)
      return type.startsWith('application/json')
        ? json({})
        : { status: 200, contentType: 'application/x-protobuf', body: '' }
    },
  }
}

/** OTLP over gRPC; throws a `WeirError` when the port cannot be had. */
export async function startOtlpGrpc(address: ListenAddress, take: TakeOtlp): Promise<Listening & { goAway(): void }> {
  const grpc = createGrpcServer({
    clock: systemClock,
    methods: new Set(Object.values(exportMethods)),
    maxMessageBytes,
    maxHeldBytes: maxMessageBytes * 8,
    receiveMs: 30_000,
    connections: { connections: 1000, connectionsPerAddress: 1000 },
    advice: 'This port of the embedded backend takes OTLP over gRPC.',
    inflate: async (encoding, body, maxBytes) => {
      const inflated = await inflateBody(body, encoding, { maxBytes })
      return inflated instanceof Uint8Array ? inflated : { problem: inflated.message, code: inflated.code }
    },
    handle: async ({ method, message }): Promise<GrpcAnswer> => {
      try {
        const refusal = await take(kindOfMethod(method)!, message)
        if (refusal === undefined) return { message: new Uint8Array(0) }
        return { status: { code: grpcCodes.INVALID_ARGUMENT, message: refusal.message } }
      } catch (error) {
        if (!(error instanceof StoreFailure)) throw error
        return { status: { code: grpcCodes.UNAVAILABLE, message: error.message, retryAfterMs } }
      }
    },
    onRefused: () => undefined,
    onStranger: () => undefined,
  })
  const listening = await listen(grpc.server, address)
  if (listening instanceof WeirError) throw listening
  return { ...listening, goAway: () => grpc.goAway() }
}
