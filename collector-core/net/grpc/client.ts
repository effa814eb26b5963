// Unary gRPC calls over one HTTP/2 session, made anew when it is lost; messages are raw bytes.
import { connect, constants } from 'node:http2'
import type { ClientHttp2Session, IncomingHttpHeaders, SecureClientSessionOptions } from 'node:http2'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { MessageCollector, frameMessage } from './message-frame.ts'
import { decodeGrpcMessage, decodeStatus, grpcCodes } from './status.ts'
import type { GrpcStatus } from './status.ts'

const gzipAsync = promisify(gzip)

export interface GrpcClientOptions {
  /** `host:port`. */
  readonly target: string
  /** TLS material; absent means clear text. */
  readonly tls?: SecureClientSessionOptions
  /** The `:authority` to send, when not the target. */
  readonly authority?: string
  readonly userAgent: string
  /** Largest response message, bytes. */
  readonly maxResponseBytes?: number
}

export interface GrpcRequest {
  /** `/package.Service/Method`. */
  readonly method: string
  readonly message: Uint8Array
  readonly metadata: Readonly<Record<string, string>>
  readonly compression: 'none' | 'gzip'
  readonly timeoutMs: number
}

/** A response message, the status the server gave, or a transport failure (nothing is known of what the server did). */
export type GrpcResult =
  | { readonly kind: 'ok'; readonly message: Uint8Array }
  | { readonly kind: 'status'; readonly status: GrpcStatus }
  | { readonly kind: 'failure'; readonly error: Error }

const windowBytes = 1024 * 1024

/** A client for one server. Sessions are opened on demand and shared by calls. */
export class GrpcClient {
  private readonly options: GrpcClientOptions
  private session: ClientHttp2Session | undefined

  constructor(options: GrpcClientOptions) {
    this.options = options
  }

  async call(request: GrpcRequest, stop?: AbortSignal): Promise<GrpcResult> {
    const compressed = request.compression === 'gzip'
    const message = compressed ? await gzipAsync(request.message, { level: 1 }) : request.message
    if (stop?.aborted) return { kind: 'failure', error: new Error('stopped') }
    return new Promise((resolve) => {
      try {
        this.send(request, frameMessage(message, compressed), compressed, stop, resolve)
      } catch (error) {
        resolve({ kind: 'failure', error: error instanceof Error ? error : new Error(String(error)) })
      }
    })
  }

  close(): void {
    this.session?.destroy()
    this.session = undefined
  }

  private send(
    request: GrpcRequest,
    frame: Buffer,
    compressed: boolean,
    stop: AbortSignal | undefined,
    resolve: (result: GrpcResult) => void,
  ): void {
    const session = this.open()
    const stream = session.request({
      [constants.HTTP2_HEADER_METHOD]: 'POST',
      [constants.HTTP2_HEADER_PATH]: request.method,
      [constants.HTTP2_HEADER_SCHEME]: this.options.tls ? 'https' : 'http',
      [constants.HTTP2_HEADER_AUTHORITY]: this.options.authority ?? this.options.target,
      'content-type': 'application/grpc+proto',
      te: 'trailers',
      'grpc-timeout': `${Math.min(Math.ceil(request.timeoutMs), 99_999_999)}m`,
      'grpc-accept-encoding': 'identity',
      'user-agent': this.options.userAgent,
      ...(compressed && { 'grpc-encoding': 'gzip' }),
      ...request.metadata,
    })
    const collector = new MessageCollector(this.options.maxResponseBytes ?? 4 * 1024 * 1024)
    let headers: IncomingHttpHeaders = {}
    let trailers: IncomingHttpHeaders | undefined
    let settled = false
    const settle = (result: GrpcResult): void => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      stop?.removeEventListener('abort', onStop)
      resolve(result)
    }
    const fail = (error: Error): void => {
      settle({ kind: 'failure', error })
      if (!stream.destroyed) stream.close(constants.NGHTTP2_CANCEL)
    }
    const timer = setTimeout(
      () => fail(new Error(`no answer from ${this.options.target} within ${request.timeoutMs} ms`)),
      request.timeoutMs,
    )
    const onStop = (): void => fail(new Error('stopped'))
    stop?.addEventListener('abort', onStop, { once: true })
    stream.on('response', (received: IncomingHttpHeaders) => (headers = received))
    stream.on('trailers', (received: IncomingHttpHeaders) => (trailers = received))
    stream.on('data', (chunk: Buffer) => {
      const problem = collector.add(chunk)
      if (problem && 'problem' in problem)
        fail(new Error(`the answer of ${this.options.target} is unusable: ${problem.detail}`))
    })
    stream.on('error', (error: Error) => settle({ kind: 'failure', error: sessionError(session) ?? causeOf(error) }))
    stream.on('close', () => settle(this.result(headers, trailers, collector, session)))
    stream.end(frame)
  }

  private result(
    headers: IncomingHttpHeaders,
    trailers: IncomingHttpHeaders | undefined,
    collector: MessageCollector,
    session: ClientHttp2Session,
  ): GrpcResult {
    const outcome = trailers?.['grpc-status'] !== undefined ? trailers : headers
    const status = outcome['grpc-status']
    if (status === undefined) {
      const http = headers[':status'] as number | undefined
      if (http === undefined) {
        return {
          kind: 'failure',
          error: sessionError(session) ?? new Error(`${this.options.target} closed the connection`),
        }
      }
      return {
        kind: 'status',
        status: {
          code: codeOfHttp(http),
          message: `HTTP status ${http} from ${this.options.target}; is this a gRPC port?`,
        },
      }
    }
    const code = Number(status)
    if (code === grpcCodes.OK) {
      const unframed = collector.finish()
      return {
        kind: 'ok',
        message: 'message' in unframed && !unframed.compressed ? unframed.message : new Uint8Array(0),
      }
    }
    const message = decodeGrpcMessage(String(outcome['grpc-message'] ?? ''))
    const details = outcome['grpc-status-details-bin']
    const detailed = details === undefined ? undefined : decodeStatus(Buffer.from(String(details), 'base64'))
    return {
      kind: 'status',
      status: { code, message, ...(detailed?.retryAfterMs !== undefined && { retryAfterMs: detailed.retryAfterMs }) },
    }
  }

  private open(): ClientHttp2Session {
    const known = this.session
    if (known !== undefined && !known.closed && !known.destroyed) return known
    const { target, tls } = this.options
    const session = connect(`${tls ? 'https' : 'http'}://${target}`, {
      ...tls,
      settings: { initialWindowSize: windowBytes, enablePush: false },
      maxSessionMemory: 1024,
    })
    const forget = (): void => {
      if (this.session === session) this.session = undefined
    }
    session.on('connect', () => session.setLocalWindowSize(windowBytes))
    session.on('error', (error: Error) => {
      errors.set(session, error)
      forget()
    })
    session.on('close', forget)
    session.on('goaway', forget)
    session.unref()
    this.session = session
    return session
  }
}

const errors = new WeakMap<ClientHttp2Session, Error>()

function sessionError(session: ClientHttp2Session): Error | undefined {
  return errors.get(session)
}

/** A call cancelled because its connection failed carries that failure, which says more. */
function causeOf(error: Error): Error {
  return error.cause instanceof Error ? error.cause : error
}

/** The status of an answer that is not gRPC, by the HTTP to gRPC status table of the gRPC specification. */
function codeOfHttp(status: number): number {
  switch (status) {
    case 400:
      return grpcCodes.INTERNAL
    case 401:
      return grpcCodes.UNAUTHENTICATED
    case 403:
      return grpcCodes.PERMISSION_DENIED
    case 404:
      return grpcCodes.UNIMPLEMENTED
    case 429:
    case 502:
    case 503:
    case 504:
      return grpcCodes.UNAVAILABLE
    default:
      return grpcCodes.UNKNOWN
  }
}
