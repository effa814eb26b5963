// Unary gRPC calls over one HTTP/2 connection, made anew when it is lost; messages are raw bytes.
import { connect, constants } from 'node:http2'
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders, SecureClientSessionOptions } from 'node:http2'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { joinPieces } from '../../wire/join-pieces.ts'
import { compressFramed } from '../../wire/snappy/compress-framed.ts'
import type { Clock } from '../../runtime/clock.ts'
import { systemClock } from '../../runtime/clock.ts'
import { classifyFailure, errorCode, failure } from '../failure.ts'
import type { TransportFailure } from '../failure.ts'
import { MessageCollector, framePrefix } from './message-frame.ts'
import { codeOfHttp, decodeGrpcMessage, decodeStatus, grpcCodes } from './status.ts'
import type { GrpcStatus } from './status.ts'

const gzipAsync = promisify(gzip)

export interface GrpcClientOptions {
  /** `host:port`. */
  readonly target: string
  /** Asked at each new connection, so renewed certificates are found; absent means clear text. */
  readonly tls?: () => Promise<SecureClientSessionOptions | TransportFailure>
  /** The `:authority` to send, when not the target. */
  readonly authority?: string
  readonly userAgent: string
  readonly clock?: Clock
  /** Largest response message, bytes. */
  readonly maxResponseBytes?: number
}

export interface GrpcRequest {
  /** `/package.Service/Method`. */
  readonly method: string
  /** The request message in pieces, which must not change any more: a failed call may go on sending them. */
  readonly message: readonly Uint8Array[]
  /** Lower-case names; they cannot replace what the protocol itself sends. */
  readonly metadata: Readonly<Record<string, string>>
  readonly compression: GrpcCompression
  readonly timeoutMs: number
}

/** By the names of `grpc-encoding`; snappy is the framed format. */
export type GrpcCompression = 'none' | 'gzip' | 'snappy'

/** A response message, the status the server gave, or a transport failure (nothing is known of what the server did). */
export type GrpcResult =
  | { readonly kind: 'ok'; readonly message: Uint8Array }
  | { readonly kind: 'status'; readonly status: GrpcStatus }
  | TransportFailure

const windowBytes = 1024 * 1024
const defaultResponseBytes = 4 * 1024 * 1024
const again = 'It is tried again; see the log of the server.'
const wrongPort = 'Check the port: OTLP over gRPC is usually taken on 4317, over HTTP on 4318.'

/** A connection with what is known of it. */
interface Connection {
  readonly session: ClientHttp2Session
  /** The server has shown that it speaks HTTP/2. */
  introduced: boolean
  calls: number
  error: Error | undefined
}

/** A client for one server. The connection is opened on demand and shared by calls. */
export class GrpcClient {
  private readonly options: GrpcClientOptions
  private readonly clock: Clock
  private current: Connection | undefined
  private opening: Promise<Connection | TransportFailure> | undefined

  constructor(options: GrpcClientOptions) {
    this.options = options
    this.clock = options.clock ?? systemClock
  }

  async call(request: GrpcRequest, stop?: AbortSignal): Promise<GrpcResult> {
    const message = await compressMessage(request)
    const connection = await this.connection()
    if ('kind' in connection) return connection
    if (stop?.aborted) return stopped(this.options.target)
    connection.calls++
    try {
      return await this.exchange(connection, { ...request, message }, stop)
    } catch (error) {
      return this.explain(error, connection)
    } finally {
      connection.calls--
    }
  }

  /** Ends the connection; calls under way fail, a later call opens a new one. */
  close(): void {
    this.current?.session.destroy()
    this.current = undefined
  }

  private exchange(connection: Connection, request: GrpcRequest, stop: AbortSignal | undefined): Promise<GrpcResult> {
    const { target } = this.options
    const stream = connection.session.request(this.headers(request))
    return new Promise((resolve) => {
      const collector = new MessageCollector(this.options.maxResponseBytes ?? defaultResponseBytes)
      let headers: IncomingHttpHeaders = {}
      let trailers: IncomingHttpHeaders | undefined
      const settle = (result: GrpcResult): void => {
        deadline.cancel()
        stop?.removeEventListener('abort', onStop)
        resolve(result)
      }
      const giveUp = (reason: TransportFailure): void => {
        settle(reason)
        if (!stream.destroyed) stream.close(constants.NGHTTP2_CANCEL)
      }
      const deadline = this.clock.after(request.timeoutMs, () => {
        // Whether the server is slow or gone cannot be told: the next call tries a connection of its own.
        this.retire(connection)
        giveUp(tooLate(target, request.timeoutMs))
      })
      const onStop = (): void => giveUp(stopped(target))
      stop?.addEventListener('abort', onStop, { once: true })
      stream.on('response', (received) => (headers = received))
      stream.on('trailers', (received: IncomingHttpHeaders) => (trailers = received))
      stream.on('data', (chunk: Buffer) => {
        const problem = isGrpc(headers) ? collector.add(chunk) : undefined
        if (problem !== undefined) giveUp(unusable(target, problem.detail))
      })
      stream.on('error', (error) => settle(this.explain(error, connection)))
      stream.on('close', () => settle(this.result(headers, trailers, collector, stream, connection)))
      // Handed over as it is, in one go.
      stream.cork()
      stream.write(framePrefix(request.message, request.compression !== 'none'))
      for (const piece of request.message) stream.write(piece)
      stream.end()
    })
  }

  private headers(request: GrpcRequest): Record<string, string> {
    const { target, authority, tls, userAgent } = this.options
    return {
      'user-agent': userAgent,
      ...request.metadata,
      [constants.HTTP2_HEADER_METHOD]: 'POST',
      [constants.HTTP2_HEADER_PATH]: request.method,
      [constants.HTTP2_HEADER_SCHEME]: tls ? 'https' : 'http',
      [constants.HTTP2_HEADER_AUTHORITY]: authority ?? target,
      'content-type': 'application/grpc+proto',
      te: 'trailers',
      'grpc-timeout': `${Math.min(Math.ceil(request.timeoutMs), 99_999_999)}m`,
      'grpc-accept-encoding': 'identity',
      ...(request.compression !== 'none' && { 'grpc-encoding': request.compression }),
    }
  }

  private result(
    headers: IncomingHttpHeaders,
    trailers: IncomingHttpHeaders | undefined,
    collector: MessageCollector,
    stream: ClientHttp2Stream,
    connection: Connection,
  ): GrpcResult {
    const { target } = this.options
    const outcome = trailers?.['grpc-status'] !== undefined ? trailers : headers
    const status = outcome['grpc-status']
    if (status !== undefined) return this.statusOf(String(status), outcome, collector)
    const http = headers[':status'] as number | undefined
    if (http !== undefined && http !== 200) {
      const message = `HTTP status ${http} without a gRPC status. ${wrongPort}`
      return { kind: 'status', status: { code: codeOfHttp(http), message } }
    }
    if (connection.error !== undefined) return this.explain(connection.error, connection)
    if (http === 200 && stream.rstCode === constants.NGHTTP2_NO_ERROR && !connection.session.destroyed) {
      return failure('malformed_response', `${target}: the answer has no gRPC status`, wrongPort)
    }
    const message = `${target}: the connection ended before the answer did`
    return failure('closed', message, connection.introduced ? again : this.otherSecurity)
  }

  /** What to try when a server ends a connection without having said anything. */
  private get otherSecurity(): string {
    return this.options.tls
      ? 'If the server takes clear text, set insecure = true in the tls block; else see its log.'
      : 'If the server speaks TLS, leave out insecure = true in the tls block; else see its log.'
  }

  private statusOf(text: string, outcome: IncomingHttpHeaders, collector: MessageCollector): GrpcResult {
    const code = /^\d{1,9}$/.test(text) ? Number(text) : grpcCodes.UNKNOWN
    if (code === grpcCodes.OK) {
      const unframed = collector.finish()
      // What was taken stays taken, whatever the answer looks like.
      const readable = 'message' in unframed && !unframed.compressed
      return { kind: 'ok', message: readable ? unframed.message : new Uint8Array(0) }
    }
    const message = decodeGrpcMessage(String(outcome['grpc-message'] ?? ''))
    const details = outcome['grpc-status-details-bin']
    const retryAfterMs =
      details === undefined ? undefined : decodeStatus(Buffer.from(String(details), 'base64'))?.retryAfterMs
    return { kind: 'status', status: { code, message, ...(retryAfterMs !== undefined && { retryAfterMs }) } }
  }

  private explain(error: unknown, connection: Connection): TransportFailure {
    const { target } = this.options
    const told = connection.error ?? (error instanceof Error && error.cause instanceof Error ? error.cause : error)
    const code = errorCode(told)
    if (!code.startsWith('ERR_HTTP2')) {
      const classified = classifyFailure(told, target)
      const cutOff = classified.code === 'reset' && !connection.introduced
      return cutOff ? { ...classified, nextStep: this.otherSecurity } : classified
    }
    const words = told instanceof Error ? told.message : code
    if (code === 'ERR_HTTP2_ERROR' || code === 'ERR_HTTP2_SESSION_ERROR') {
      return failure('malformed_response', `${target}: it does not speak gRPC (${words})`, wrongPort)
    }
    return failure('reset', `${target}: the call was ended (${words})`, again)
  }

  /** Makes later calls open a new connection; this one ends with the calls on it. */
  private retire(connection: Connection): void {
    if (this.current === connection) this.current = undefined
    if (connection.calls <= 1) connection.session.destroy()
    else connection.session.close()
  }

  private connection(): Promise<Connection | TransportFailure> {
    const known = this.current
    if (known !== undefined && !known.session.closed && !known.session.destroyed) return Promise.resolve(known)
    this.opening ??= this.open().finally(() => (this.opening = undefined))
    return this.opening
  }

  private async open(): Promise<Connection | TransportFailure> {
    const { target, tls } = this.options
    const material = await tls?.()
    if (material !== undefined && 'kind' in material) return material
    const session = connect(`${tls ? 'https' : 'http'}://${target}`, {
      ...material,
      settings: { initialWindowSize: windowBytes, enablePush: false },
      maxSessionMemory: 1024,
    })
    const connection: Connection = { session, introduced: false, calls: 0, error: undefined }
    const forget = (): void => {
      if (this.current === connection) this.current = undefined
    }
    session.once('remoteSettings', () => (connection.introduced = true))
    session.on('connect', () => session.setLocalWindowSize(windowBytes))
    session.on('error', (error: Error) => {
      connection.error = error
      forget()
    })
    session.on('close', forget)
    session.on('goaway', forget)
    session.unref()
    this.current = connection
    return connection
  }
}

/** Whether a response head announces a gRPC message; anything else has a body for people. */
function isGrpc(headers: IncomingHttpHeaders): boolean {
  return headers['content-type']?.startsWith('application/grpc') === true
}

async function compressMessage({ message, compression }: GrpcRequest): Promise<readonly Uint8Array[]> {
  switch (compression) {
    case 'none':
      return message
    case 'gzip':
      return [await gzipAsync(joinPieces(message), { level: 1 })]
    case 'snappy':
      return [compressFramed(joinPieces(message))]
  }
}

const tooLate = (target: string, timeoutMs: number): TransportFailure =>
  failure(
    'timeout',
    `${target}: no answer within ${timeoutMs / 1000} s`,
    'Check that the server is running and not overloaded.',
  )

const stopped = (target: string): TransportFailure =>
  failure('aborted', `${target}: the call was stopped`, 'Nothing; the data is still queued.')

const unusable = (target: string, detail: string): TransportFailure =>
  failure('malformed_response', `${target}: the answer is unusable, ${detail}`, wrongPort)
