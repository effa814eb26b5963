// Unary gRPC over node:http2, messages as raw bytes: the caller decodes or does not. Follows the "gRPC over HTTP2" protocol
// description. The peer's windows are widened to 1 MiB, which halves the cost of large messages.
import { createSecureServer, createServer, constants } from 'node:http2'
import type {
  Http2Server,
  IncomingHttpHeaders,
  SecureServerOptions,
  ServerHttp2Session,
  ServerHttp2Stream,
} from 'node:http2'
import { MessageCollector, frameMessage } from './message-frame.ts'
import type { Unframed } from './message-frame.ts'
import { encodeGrpcMessage, encodeStatus, grpcCodes } from './status.ts'
import type { GrpcStatus } from './status.ts'

/** A unary call as it arrived: the message decompressed, metadata as HTTP/2 headers. */
export interface GrpcCall {
  readonly method: string
  readonly message: Uint8Array
  readonly metadata: IncomingHttpHeaders
}

/** A response message, or the status the call fails with. */
export type GrpcAnswer = { readonly message: Uint8Array } | { readonly status: GrpcStatus }

export interface GrpcServerOptions {
  /** Full method names, `/package.Service/Method`, that exist. */
  readonly methods: ReadonlySet<string>
  readonly handle: (call: GrpcCall) => Promise<GrpcAnswer>
  /** Largest message, before and after decompression, bytes. */
  readonly maxMessageBytes: number
  /** Bytes of unfinished messages over all connections; beyond it calls are refused as RESOURCE_EXHAUSTED. */
  readonly maxHeldBytes: number
  readonly maxConcurrentStreams?: number
  /** Inflates a body of an encoding named in `grpc-encoding`; a problem is the client's. */
  readonly inflate: (
    encoding: string,
    body: Uint8Array,
    maxBytes: number,
  ) => Promise<Uint8Array | { readonly problem: string; readonly unsupported: boolean }>
  /** TLS material; absent means clear text. */
  readonly tls?: SecureServerOptions
  /** Told of calls that never reach `handle`, with a sentence for people. */
  readonly onRefused: (method: string, reason: string) => void
}

const windowBytes = 1024 * 1024
const acceptedEncodings = 'identity,gzip,deflate,zstd,snappy'

/** Makes the server; the caller listens and closes. */
export function createGrpcServer(options: GrpcServerOptions): Http2Server {
  const http2 = {
    settings: {
      initialWindowSize: windowBytes,
      maxConcurrentStreams: options.maxConcurrentStreams ?? 256,
      maxHeaderListSize: 16 * 1024,
    },
    // Node counts buffered data against this limit (MB) and kills sessions; `maxHeldBytes` is the bound that matters.
    maxSessionMemory: 1024,
  }
  const server = options.tls ? createSecureServer({ ...http2, ...options.tls }) : createServer(http2)
  const held = new HeldBytes(options.maxHeldBytes)
  server.on('session', (session: ServerHttp2Session) => session.setLocalWindowSize(windowBytes))
  server.on('sessionError', () => undefined)
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    stream.on('error', () => undefined)
    serve(stream, headers, options, held)
  })
  return server
}

/** Counts the bytes of messages that are still being received. */
class HeldBytes {
  private readonly limit: number
  private bytes = 0

  constructor(limit: number) {
    this.limit = limit
  }

  take(amount: number): boolean {
    this.bytes += amount
    return this.bytes <= this.limit
  }

  give(amount: number): void {
    this.bytes -= amount
  }
}

function serve(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  options: GrpcServerOptions,
  held: HeldBytes,
): void {
  const method = headers[':path'] ?? ''
  const contentType = headers['content-type'] ?? ''
  if (headers[':method'] !== 'POST' || !/^application\/grpc(?:$|[+;])/.test(contentType)) {
    options.onRefused(
      method,
      `this port speaks gRPC, but ${headers[':method']} ${method} came with content type "${contentType}"`,
    )
    stream.respond({ ':status': 415, 'content-type': 'text/plain; charset=utf-8' }, { endStream: false })
    stream.end('This port speaks OTLP over gRPC. For OTLP over HTTP use the HTTP port (4318 by default).\n')
    return
  }
  const fail = (code: number, message: string): void => {
    options.onRefused(method, message)
    answerStatus(stream, { code, message })
  }
  if (!options.methods.has(method)) {
    fail(
      grpcCodes.UNIMPLEMENTED,
      `there is no method ${method} here; this receiver takes ${[...options.methods].join(', ')}`,
    )
    return
  }
  const collector = new MessageCollector(options.maxMessageBytes)
  let counted = 0
  let finished = false
  const release = (): void => {
    held.give(counted)
    counted = 0
  }
  stream.on('close', release)
  stream.on('data', (chunk: Buffer) => {
    if (finished) return
    counted += chunk.length
    const problem = held.take(chunk.length) ? collector.add(chunk) : tooMuchHeld
    if (problem === undefined || !('problem' in problem)) return
    finished = true
    release()
    fail(problem.problem === 'too-large' ? grpcCodes.RESOURCE_EXHAUSTED : grpcCodes.INTERNAL, problem.detail)
  })
  stream.on('end', () => {
    if (finished) return
    finished = true
    const unframed = collector.finish()
    if ('problem' in unframed) {
      release()
      fail(grpcCodes.INTERNAL, unframed.detail)
      return
    }
    void respond(stream, { method, headers, unframed }, options, fail).finally(release)
  })
}

const tooMuchHeld: Unframed = {
  problem: 'too-large',
  detail: 'the receiver is holding too many unfinished requests; try again later or send smaller batches',
}

async function respond(
  stream: ServerHttp2Stream,
  call: { method: string; headers: IncomingHttpHeaders; unframed: { message: Uint8Array; compressed: boolean } },
  options: GrpcServerOptions,
  fail: (code: number, message: string) => void,
): Promise<void> {
  const { method, headers } = call
  let { message } = call.unframed
  if (call.unframed.compressed) {
    const encoding = String(headers['grpc-encoding'] ?? 'identity')
    const inflated = await options.inflate(encoding, message, options.maxMessageBytes)
    if ('problem' in inflated) {
      fail(inflated.unsupported ? grpcCodes.UNIMPLEMENTED : grpcCodes.RESOURCE_EXHAUSTED, inflated.problem)
      return
    }
    message = inflated
  }
  try {
    const answer = await options.handle({ method, message, metadata: headers })
    if ('status' in answer) answerStatus(stream, answer.status)
    else answerMessage(stream, answer.message)
  } catch (error) {
    fail(grpcCodes.INTERNAL, error instanceof Error ? error.message : String(error))
  }
}

const responseHeaders = {
  [constants.HTTP2_HEADER_STATUS]: 200,
  'content-type': 'application/grpc',
  'grpc-accept-encoding': acceptedEncodings,
}

function answerMessage(stream: ServerHttp2Stream, message: Uint8Array): void {
  if (stream.destroyed || stream.closed) return
  stream.respond(responseHeaders, { waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
  stream.end(frameMessage(message, false))
}

/** Fails a call with a trailers-only response. */
function answerStatus(stream: ServerHttp2Stream, status: GrpcStatus): void {
  if (stream.destroyed || stream.closed || stream.headersSent) return
  stream.respond(
    {
      ...responseHeaders,
      'grpc-status': String(status.code),
      'grpc-message': encodeGrpcMessage(status.message),
      ...(status.retryAfterMs !== undefined && {
        'grpc-status-details-bin': Buffer.from(encodeStatus(status)).toString('base64'),
      }),
    },
    { endStream: true },
  )
}
