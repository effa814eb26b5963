// OTLP over HTTP: POST with protobuf or JSON, answers and errors in the encoding of the request. A request that went to the
// wrong path, port or encoding is told where it should have gone.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { DefinitionArguments } from '../../../../schema/definition.ts'
import type { OtlpKind } from '../../../../signal/otlp-batch.ts'
import { inflateBody } from '../../../../net/body.ts'
import { encodeStatus, grpcCodes } from '../../../../net/grpc/status.ts'
import type { GrpcStatus } from '../../../../net/grpc/status.ts'
import { createBoundedServer } from '../../../../net/server.ts'
import type { TlsServerOptions } from '../../../../net/tls-server-options.ts'
import { requestFromJson } from '../../../../wire/otlp/from-json.ts'
import { corsHeaders } from './cors.ts'
import type { definition } from './definition.ts'
import { notTaken } from './grpc-endpoint.ts'
import type { RequestIntake } from './intake.ts'

export type HttpArguments = NonNullable<DefinitionArguments<typeof definition>['http']>

type Encoding = 'proto' | 'json'

/** An answer before it is written: an HTTP status with a `google.rpc.Status`, or success. */
type Answer =
  | { readonly status: 200 }
  | {
      readonly status: number
      readonly error: GrpcStatus
      readonly reason: string
      readonly headers?: Record<string, string>
    }

const contentTypes: Readonly<Record<Encoding, string>> = { proto: 'application/x-protobuf', json: 'application/json' }

/** The HTTP side. */
export function httpEndpoint(
  args: HttpArguments,
  tls: TlsServerOptions | undefined,
  intake: RequestIntake,
  onRefused: (reason: string) => void,
): ReturnType<typeof createBoundedServer> {
  const kinds = new Map<string, OtlpKind>([
    [args.traces_url_path, 'traces'],
    [args.metrics_url_path, 'metrics'],
    [args.logs_url_path, 'logs'],
  ])
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { origin } = request.headers
    const cors = corsHeaders(args.cors, origin, request)
    for (const [name, value] of Object.entries(cors ?? {})) response.setHeader(name, value)
    if (request.method === 'OPTIONS' && cors !== undefined) {
      response.writeHead(204).end()
      return
    }
    const encoding = encodingOf(request)
    const answer =
      origin !== undefined && cors === undefined
        ? refuse(
            403,
            grpcCodes.PERMISSION_DENIED,
            'origin',
            `pages of ${origin} may not send here: list the origin in cors.allowed_origins`,
          )
        : await handle(request, encoding, kinds, args, intake)
    if ('error' in answer) {
      intake.misdirected('http', answer.reason)
      if (answer.reason !== 'refused') onRefused(answer.error.message)
    }
    if (!request.readableEnded) {
      // The rest of the body would be taken for the next request: this connection ends with the answer.
      response.shouldKeepAlive = false
      response.once('finish', () => request.destroy())
    }
    write(response, encoding ?? 'json', answer)
  }
  return createBoundedServer((request, response) => void serve(request, response), {
    tls,
    limits: {
      connections: 1024,
      connectionsPerAddress: 1024,
      headMs: args.read_header_timeout,
      idleMs: args.keep_alives_enabled ? args.idle_timeout : 1,
      ...(args.read_timeout > 0 && { requestMs: args.read_timeout }),
    },
  })
}

async function handle(
  request: IncomingMessage,
  encoding: Encoding | undefined,
  kinds: ReadonlyMap<string, OtlpKind>,
  args: HttpArguments,
  intake: RequestIntake,
): Promise<Answer> {
  const path = (request.url ?? '/').split('?')[0]
  const kind = kinds.get(path)
  if (kind === undefined) return wrongPath(path, kinds, request)
  if (request.method !== 'POST') {
    return refuse(405, grpcCodes.UNIMPLEMENTED, 'method', `${path} takes POST, not ${request.method}`, {
      Allow: 'POST',
    })
  }
  if (encoding === undefined) {
    const given = request.headers['content-type'] ?? 'none'
    return refuse(
      415,
      grpcCodes.INVALID_ARGUMENT,
      'content_type',
      `the content type is ${given}: send application/x-protobuf or application/json`,
    )
  }
  const body = await readBody(request, args)
  if (!(body instanceof Uint8Array)) return body
  let bytes = body
  if (encoding === 'json') {
    const translated = requestFromJson(kind, Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8'))
    if ('problem' in translated) return refuse(400, grpcCodes.INVALID_ARGUMENT, 'malformed', translated.problem)
    bytes = translated.bytes
  }
  const taken = await intake.take(kind, bytes, 'http')
  switch (taken.kind) {
    case 'accepted':
      return { status: 200 }
    case 'malformed':
      return refuse(400, grpcCodes.INVALID_ARGUMENT, 'malformed', `the body is not a well-formed OTLP ${kind} request`)
    case 'not-taken':
      return refuse(404, grpcCodes.UNIMPLEMENTED, 'not_taken', notTaken(kind))
    case 'refused': {
      const { retryable, reason, retryAfterMs } = taken.refusal
      if (!retryable) return refuse(500, grpcCodes.INTERNAL, 'refused', reason)
      const seconds = retryAfterMs === undefined ? undefined : String(Math.max(1, Math.ceil(retryAfterMs / 1000)))
      return refuse(
        503,
        grpcCodes.UNAVAILABLE,
        'refused',
        reason,
        seconds === undefined ? {} : { 'Retry-After': seconds },
      )
    }
  }
}

function wrongPath(path: string, kinds: ReadonlyMap<string, OtlpKind>, request: IncomingMessage): Answer {
  const paths = [...kinds.keys()].join(', ')
  const grpc = request.headers['content-type']?.startsWith('application/grpc') === true
  const hint = grpc
    ? 'this port speaks OTLP over HTTP; send gRPC to the gRPC port (4317 by default)'
    : `OTLP is taken at ${paths}; if the sender takes a base URL, leave the path out of it`
  return refuse(404, grpcCodes.UNIMPLEMENTED, 'path', `there is nothing at ${path}: ${hint}`)
}

/** The whole body, inflated, never more than the bound before or after. */
async function readBody(request: IncomingMessage, args: HttpArguments): Promise<Uint8Array | Answer> {
  const maxBytes = args.max_request_body_size
  const chunks: Buffer[] = []
  let received = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      received += chunk.length
      if (received > maxBytes) return tooLarge(maxBytes)
      chunks.push(chunk)
    }
  } catch {
    return refuse(400, grpcCodes.CANCELLED, 'aborted', 'the request ended before its body was complete')
  }
  const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, received)
  const inflated = await inflateBody(body, request.headers['content-encoding'], { maxBytes })
  if (inflated instanceof Uint8Array) return inflated
  if (inflated.code === 'too_large') return tooLarge(maxBytes)
  return refuse(400, grpcCodes.INVALID_ARGUMENT, 'encoding', inflated.message)
}

const tooLarge = (maxBytes: number): Answer =>
  refuse(
    413,
    grpcCodes.RESOURCE_EXHAUSTED,
    'too_large',
    `the body is larger than ${maxBytes} bytes: send smaller batches, or raise max_request_body_size`,
  )

function refuse(
  status: number,
  code: number,
  reason: string,
  message: string,
  headers: Record<string, string> = {},
): Answer {
  return { status, error: { code, message }, reason, headers }
}

function encodingOf(request: IncomingMessage): Encoding | undefined {
  const type = request.headers['content-type']?.split(';')[0].trim().toLowerCase()
  return type === 'application/x-protobuf' ? 'proto' : type === 'application/json' ? 'json' : undefined
}

function write(response: ServerResponse, encoding: Encoding, answer: Answer): void {
  if (response.destroyed) return
  const body =
    'error' in answer
      ? encoding === 'proto'
        ? encodeStatus(answer.error)
        : Buffer.from(`${JSON.stringify({ code: answer.error.code, message: answer.error.message })}\n`)
      : Buffer.from(encoding === 'proto' ? '' : '{}')
  response.writeHead(answer.status, {
    'Content-Type': contentTypes[encoding],
    'Content-Length': body.length,
    'X-Content-Type-Options': 'nosniff',
    ...('error' in answer && answer.headers),
  })
  response.end(body)
}
