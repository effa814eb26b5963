// One unary call on the server: its request message gathered within bounds, its answer or status written.
import { constants } from 'node:http2'
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2'
import type { Clock } from '../../runtime/clock.ts'
import type { BufferPool } from '../buffer-pool.ts'
import type { ByteAccount, ByteBudget } from '../byte-budget.ts'
import { MessageCollector, frameMessage } from './message-frame.ts'
import { encodeGrpcMessage, encodeStatus, grpcCodes } from './status.ts'
import type { GrpcStatus } from './status.ts'

/** A unary call as it arrived: the message decompressed and good until the answer, metadata as HTTP/2 headers. */
export interface GrpcCall {
  readonly method: string
  readonly message: Uint8Array
  readonly metadata: IncomingHttpHeaders
}

/** A response message, or the status the call fails with. */
export type GrpcAnswer = { readonly message: Uint8Array } | { readonly status: GrpcStatus }

/** Why a call never reached `handle`. */
export type Misfortune = 'not_grpc' | 'method' | 'malformed' | 'encoding' | 'too_large' | 'too_slow' | 'busy' | 'failed'

export interface CallOptions {
  readonly clock: Clock
  readonly budget: ByteBudget
  /** Memory for messages while they are handled. */
  readonly pool: BufferPool
  /** Full method names, `/package.Service/Method`, that exist. */
  readonly methods: ReadonlySet<string>
  readonly handle: (call: GrpcCall) => Promise<GrpcAnswer>
  /** Largest message, before and after decompression, bytes. */
  readonly maxMessageBytes: number
  /** How long a message may take to arrive, ms. */
  readonly receiveMs: number
  /** Inflates a body of an encoding named in `grpc-encoding`; a problem is the client's. */
  readonly inflate: (
    encoding: string,
    body: Uint8Array,
    maxBytes: number,
  ) => Promise<Uint8Array | { readonly problem: string; readonly code: 'unsupported' | 'too_large' | 'malformed' }>
  /** What is told to clients that speak HTTP/2, but not gRPC. */
  readonly advice: string
  /** Told of calls that never reach `handle`, with a sentence for people. */
  readonly onRefused: (misfortune: Misfortune, detail: string) => void
}

/** What a client is told to wait when too much is held already, ms. */
const busyMs = 1_000
const acceptedEncodings = 'identity,gzip,deflate,zstd,snappy'

/** Serves the call on `stream`. */
export function serveCall(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, options: CallOptions): void {
  new ServerCall(stream, headers, options).serve()
}

class ServerCall {
  private readonly stream: ServerHttp2Stream
  private readonly headers: IncomingHttpHeaders
  private readonly options: CallOptions
  private readonly method: string
  private readonly account: ByteAccount

  constructor(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, options: CallOptions) {
    this.stream = stream
    this.headers = headers
    this.options = options
    this.method = headers[':path'] ?? ''
    this.account = options.budget.open()
  }

  serve(): void {
    const { headers, options, method } = this
    const contentType = headers['content-type'] ?? ''
    if (headers[':method'] !== 'POST' || !/^application\/grpc(?:$|[+;])/.test(contentType))
      return this.turnAway(contentType)
    if (options.methods.has(method)) return this.receive()
    const known = [...options.methods].join(', ')
    this.fail('method', { code: grpcCodes.UNIMPLEMENTED, message: `there is no method ${method} here, only ${known}` })
  }

  private receive(): void {
    const { stream, options, account } = this
    const collector = new MessageCollector(options.maxMessageBytes, options.pool)
    let receiving = true
    const stop = (): void => {
      receiving = false
      deadline.cancel()
    }
    const deadline = options.clock.after(options.receiveMs, () => {
      const message = `the message did not arrive within ${options.receiveMs / 1000} s`
      stop()
      account.close()
      this.fail('too_slow', { code: grpcCodes.DEADLINE_EXCEEDED, message })
    })
    stream.on('close', () => {
      // A call that was handed on holds its message until it is answered.
      if (receiving) account.close()
      stop()
    })
    stream.on('data', (chunk: Buffer) => {
      if (!receiving) return
      const refusal = account.take(chunk.length) ? undefined : busy
      const problem = refusal ?? collector.add(chunk)
      if (problem === undefined) return
      stop()
      account.close()
      if ('code' in problem) this.fail('busy', problem)
      else this.failFramed(problem)
    })
    stream.on('end', () => {
      if (!receiving) return
      stop()
      const unframed = collector.finish()
      if ('message' in unframed) {
        void this.respond(unframed).finally(() => {
          collector.release()
          account.close()
        })
        return
      }
      account.close()
      this.failFramed(unframed)
    })
  }

  private async respond(unframed: { readonly message: Uint8Array; readonly compressed: boolean }): Promise<void> {
    const { options, headers, method, stream } = this
    try {
      const message = unframed.compressed ? await this.inflate(unframed.message) : unframed.message
      if (message === undefined) return
      const answer = await options.handle({ method, message, metadata: headers })
      if ('status' in answer) answerStatus(stream, answer.status)
      else answerMessage(stream, answer.message)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      this.fail('failed', { code: grpcCodes.INTERNAL, message })
    }
  }

  private async inflate(body: Uint8Array): Promise<Uint8Array | undefined> {
    const { options, headers } = this
    const encoding = String(headers['grpc-encoding'] ?? 'identity')
    const inflated = await options.inflate(encoding, body, options.maxMessageBytes)
    if (inflated instanceof Uint8Array) {
      if (this.account.take(inflated.length)) return inflated
      this.fail('busy', busy)
      return undefined
    }
    const { code, problem: message } = inflated
    if (code === 'unsupported') this.fail('encoding', { code: grpcCodes.UNIMPLEMENTED, message })
    else if (code === 'too_large') this.fail('too_large', { code: grpcCodes.RESOURCE_EXHAUSTED, message })
    else this.fail('malformed', { code: grpcCodes.INVALID_ARGUMENT, message })
    return undefined
  }

  private failFramed({ problem, detail }: { problem: 'too-large' | 'malformed'; detail: string }): void {
    if (problem === 'too-large') this.fail('too_large', { code: grpcCodes.RESOURCE_EXHAUSTED, message: detail })
    else this.fail('malformed', { code: grpcCodes.INVALID_ARGUMENT, message: detail })
  }

  private fail(misfortune: Misfortune, status: GrpcStatus): void {
    this.options.onRefused(misfortune, status.message)
    answerStatus(this.stream, status)
    this.stopReading()
  }

  private turnAway(contentType: string): void {
    const { stream, headers, options } = this
    options.onRefused('not_grpc', `${headers[':method']} ${this.method} came with content type "${contentType}"`)
    stream.respond({ ':status': 415, 'content-type': 'text/plain; charset=utf-8' })
    stream.end(`${options.advice}\n`)
    this.stopReading()
  }

  /** Tells the client to send no more of a request that is answered already. */
  private stopReading(): void {
    const { stream } = this
    if (stream.readableEnded || stream.destroyed) return
    stream.resume()
    if (stream.writableFinished) stream.close(constants.NGHTTP2_NO_ERROR)
    else stream.once('finish', () => stream.close(constants.NGHTTP2_NO_ERROR))
  }
}

const busy: GrpcStatus = {
  code: grpcCodes.UNAVAILABLE,
  message: 'the receiver is holding too many unfinished requests; try again later or send smaller batches',
  retryAfterMs: busyMs,
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
  stream.end(frameMessage([message], false))
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
