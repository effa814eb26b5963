// OTLP over HTTP: POST with protobuf or JSON, answers and errors in the encoding of the request. A request that went to the
// wrong path, port or encoding is told where it should have gone.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Clock } from '../../../../runtime/clock.ts'
import type { DefinitionArguments } from '../../../../schema/definition.ts'
import type { OtlpKind } from '../../../../signal/otlp-batch.ts'
import { ByteBudget } from '../../../../net/byte-budget.ts'
import type { ByteAccount } from '../../../../net/byte-budget.ts'
import { grpcCodes } from '../../../../net/grpc/status.ts'
import { checkOrigin } from '../../../../net/host-check.ts'
import { createBoundedServer } from '../../../../net/server.ts'
import { tlsRefusal } from '../../../../net/tls-refusal.ts'
import type { TlsServerOptions } from '../../../../net/tls-server-options.ts'
import { requestFromJson } from '../../../../wire/otlp/from-json.ts'
import { corsHeaders } from './cors.ts'
import type { definition } from './definition.ts'
import { writeAnswer } from './http-answer.ts'
import type { Answer, Encoding, Refusal } from './http-answer.ts'
import { readHttpBody } from './http-body.ts'
import type { NoBody } from './http-body.ts'
import { notOtlp, notTaken } from './not-taken.ts'
import type { Intake, RequestIntake } from './request-intake.ts'
import { requestMetadata } from './request-metadata.ts'
import { answerStray } from './stray-bytes.ts'

export type HttpArguments = NonNullable<DefinitionArguments<typeof definition>['http']>

const defaultBodyBytes = 20 * 1024 * 1024
/** Requests under way may hold this many of the largest bodies in all. */
const heldBodies = 8
/** No sender takes longer for a request head; longer ones only keep connections from others. */
const longestHeadMs = 10_000
/** What is still read of a request that was answered early, so that the sender sees the answer. */
const lingerMs = 5_000

/** The HTTP side. */
export function httpEndpoint(
  args: HttpArguments,
  tls: TlsServerOptions | undefined,
  intake: RequestIntake,
  clock: Clock,
): ReturnType<typeof createBoundedServer> {
  const endpoint = new HttpEndpoint(args, intake, clock)
  const server = createBoundedServer((request, response) => void endpoint.serve(request, response), {
    tls,
    limits: {
      connections: 1024,
      connectionsPerAddress: 1024,
      headMs: Math.min(args.read_header_timeout, longestHeadMs),
      idleMs: args.idle_timeout,
      ...(args.read_timeout > 0 && { requestMs: args.read_timeout }),
    },
  })
  server.on('clientError', (error: Error, socket: Duplex) => answerStray(error, socket, intake))
  server.on('tlsClientError', (error: Error) => intake.turnedAway('http', 'tls', tlsRefusal(error)))
  return server
}

class HttpEndpoint {
  private readonly args: HttpArguments
  private readonly intake: RequestIntake
  private readonly clock: Clock
  private readonly kinds: ReadonlyMap<string, OtlpKind>
  private readonly budget: ByteBudget
  private readonly maxBytes: number

  constructor(args: HttpArguments, intake: RequestIntake, clock: Clock) {
    this.args = args
    this.intake = intake
    this.clock = clock
    this.maxBytes = args.max_request_body_size > 0 ? args.max_request_body_size : defaultBodyBytes
    this.budget = new ByteBudget(this.maxBytes * heldBodies)
    this.kinds = new Map([
      [args.traces_url_path, 'traces'],
      [args.metrics_url_path, 'metrics'],
      [args.logs_url_path, 'logs'],
    ])
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const account = this.budget.open()
    response.once('close', () => account.close())
    if (!this.args.keep_alives_enabled) response.shouldKeepAlive = false
    const encoding = encodingOf(request)
    try {
      const answer = await this.answer(request, response, encoding, account)
      if (answer === undefined) return
      if ('reason' in answer && answer.reason !== undefined) {
        this.intake.turnedAway('http', answer.reason, answer.error.message)
      }
      this.readOn(request)
      writeAnswer(response, encoding, answer)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      writeAnswer(response, encoding, refuse(500, grpcCodes.INTERNAL, 'failed', message))
    } finally {
      account.close()
    }
  }

  /** Undefined when the answer has been given already. */
  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
    encoding: Encoding | undefined,
    account: ByteAccount,
  ): Promise<Answer | undefined> {
    const { origin } = request.headers
    const cors = corsHeaders(this.args.cors, origin, request)
    const verdict = checkOrigin(request.rawHeaders, new Set(cors === undefined || origin === undefined ? [] : [origin]))
    if (!verdict.allowed) {
      const message = `${verdict.reason}, and such pages may not send here: list their origin in cors.allowed_origins`
      return refuse(403, grpcCodes.PERMISSION_DENIED, 'origin', message)
    }
    for (const [name, value] of Object.entries(cors ?? {})) response.setHeader(name, value)
    if (request.method === 'OPTIONS' && cors !== undefined) {
      response.writeHead(204).end()
      return undefined
    }
    const path = (request.url ?? '/').split('?')[0]
    const kind = this.kinds.get(path)
    if (kind === undefined) return this.wrongPath(path, request)
    if (request.method !== 'POST') {
      const message = `${path} takes POST, not ${request.method}`
      return { ...refuse(405, grpcCodes.UNIMPLEMENTED, 'method', message), headers: { Allow: 'POST' } }
    }
    if (encoding === undefined) {
      const given = request.headers['content-type'] ?? 'none'
      const message = `the content type is ${given}: send application/x-protobuf or application/json`
      return refuse(415, grpcCodes.INVALID_ARGUMENT, 'content_type', message)
    }
    return this.take(kind, request, encoding, account)
  }

  private async take(
    kind: OtlpKind,
    request: IncomingMessage,
    encoding: Encoding,
    account: ByteAccount,
  ): Promise<Answer> {
    const bounds = { maxBytes: this.maxBytes, encodings: this.args.compression_algorithms, account }
    const body = await readHttpBody(request, bounds)
    if ('problem' in body) return noBody(body)
    let bytes = body
    if (encoding === 'json') {
      const translated = requestFromJson(kind, Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8'))
      if ('problem' in translated) return refuse(400, grpcCodes.INVALID_ARGUMENT, 'malformed', translated.problem)
      bytes = translated.bytes
    }
    const metadata = this.args.include_metadata ? requestMetadata(request.headersDistinct) : undefined
    return answerOf(kind, await this.intake.take(kind, bytes, 'http', metadata), body)
  }

  private wrongPath(path: string, request: IncomingMessage): Refusal {
    const grpc = request.headers['content-type']?.startsWith('application/grpc') === true
    const hint = grpc
      ? 'this port speaks OTLP over HTTP; send gRPC to the gRPC port (4317 by default)'
      : `OTLP is taken at ${[...this.kinds.keys()].join(', ')}; if the sender takes a base URL, leave the path out of it`
    return refuse(404, grpcCodes.UNIMPLEMENTED, 'path', `there is nothing at ${path}: ${hint}`)
  }

  /** Passes over what is left of a body. */
  private readOn(request: IncomingMessage): void {
    if (request.complete || request.destroyed) return
    request.resume()
    const cut = this.clock.after(lingerMs, () => request.destroy())
    request.once('close', () => cut.cancel()).once('end', () => cut.cancel())
  }
}

function answerOf(kind: OtlpKind, taken: Intake, body: Uint8Array): Answer {
  switch (taken.kind) {
    case 'accepted':
      return { status: 200 }
    case 'malformed':
      return refuse(400, grpcCodes.INVALID_ARGUMENT, 'malformed', notOtlp(kind, body))
    case 'not-taken':
      return refuse(404, grpcCodes.UNIMPLEMENTED, 'not_taken', notTaken(kind))
    case 'refused': {
      const { retryable, reason, retryAfterMs } = taken.refusal
      if (!retryable) return { status: 500, error: { code: grpcCodes.INTERNAL, message: reason } }
      return { status: 503, error: { code: grpcCodes.UNAVAILABLE, message: reason }, headers: retryAfter(retryAfterMs) }
    }
  }
}

function noBody({ problem, message }: NoBody): Refusal {
  switch (problem) {
    case 'too_large':
      return refuse(413, grpcCodes.RESOURCE_EXHAUSTED, problem, message)
    case 'busy':
      return { ...refuse(503, grpcCodes.UNAVAILABLE, problem, message), headers: retryAfter(1_000) }
    case 'aborted':
      return refuse(400, grpcCodes.CANCELLED, problem, message)
    case 'encoding':
    case 'malformed':
      return refuse(400, grpcCodes.INVALID_ARGUMENT, problem, message)
  }
}

function refuse(status: number, code: number, reason: string, message: string): Refusal {
  return { status, error: { code, message }, reason }
}

function retryAfter(ms: number | undefined): Readonly<Record<string, string>> {
  return ms === undefined ? {} : { 'Retry-After': String(Math.max(1, Math.ceil(ms / 1000))) }
}

function encodingOf(request: IncomingMessage): Encoding | undefined {
  const type = request.headers['content-type']?.split(';')[0].trim().toLowerCase()
  return type === 'application/x-protobuf' ? 'proto' : type === 'application/json' ? 'json' : undefined
}
