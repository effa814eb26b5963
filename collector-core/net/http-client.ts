// A small HTTP/1.1 client on sockets: keep-alive, content-length, chunked and close-delimited bodies, socket files,
// limits, deadlines. What it leaves out on purpose: redirects, proxies, HTTP/2, content decoding, upgrades.
import type { Clock, Timer } from '../runtime/clock.ts'
import { systemClock } from '../runtime/clock.ts'
import { ConnectionPool, defaultPoolLimits } from './connection-pool.ts'
import type { PoolLimits } from './connection-pool.ts'
import { failure } from './failure.ts'
import type { TransportFailure } from './failure.ts'
import { cancelled, tooLate } from './http-connection.ts'
import type { HttpConnection } from './http-connection.ts'
import { defaultBodyBytes, defaultHeadBytes, defaultTimeoutMs } from './http-message.ts'
import type {
  HttpRequest,
  HttpResponse,
  HttpTransport,
  ResponseHead,
  StreamEnd,
  StreamRequest,
} from './http-message.ts'
import { parseTarget } from './http-target.ts'
import type { HttpTarget } from './http-target.ts'
import { systemConnector } from './open-socket.ts'
import type { Connector } from './open-socket.ts'
import { writeRequestHead } from './request-head.ts'
import { CollectedBody } from './response-body.ts'
import { ResponseReader } from './response-reader.ts'
import type { OpenBody } from './response-reader.ts'
import type { TlsClientOptions } from './tls-options.ts'

export interface TransportOptions {
  readonly clock?: Clock
  readonly connector?: Connector
  readonly limits?: Partial<PoolLimits>
  /** Asked before each new TLS connection, so that changed certificate files take effect. */
  readonly tls?: () => Promise<TlsClientOptions | TransportFailure>
}

const idempotentMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE'])

type Result = HttpResponse | StreamEnd | TransportFailure

/** One request on its way: its deadline, and what has to end when the deadline or the caller ends it. */
interface Journey {
  readonly request: HttpRequest | StreamRequest
  readonly target: HttpTarget
  readonly head: Buffer
  readonly body: readonly Uint8Array[]
  /** Set once the deadline passed or the caller gave up. */
  stopped: TransportFailure | undefined
  /** Ends what is under way now. */
  cancel: (reason: TransportFailure) => void
  deadline: Timer | undefined
}

export class SocketTransport implements HttpTransport {
  readonly #clock: Clock
  readonly #connector: Connector
  readonly #pool: ConnectionPool
  readonly #tls: TransportOptions['tls']

  constructor(options: TransportOptions = {}) {
    this.#clock = options.clock ?? systemClock
    this.#connector = options.connector ?? systemConnector()
    this.#pool = new ConnectionPool(this.#clock, { ...defaultPoolLimits, ...options.limits })
    this.#tls = options.tls
  }

  async request(request: HttpRequest): Promise<HttpResponse | TransportFailure> {
    return (await this.#run(request)) as HttpResponse | TransportFailure
  }

  async stream(request: StreamRequest): Promise<Result> {
    return this.#run(request)
  }

  close(): void {
    this.#pool.close()
  }

  async #run(request: HttpRequest | StreamRequest): Promise<Result> {
    const target = parseTarget(request.url, request.path)
    if (target.kind === 'failure') return target
    const body = bodyParts(request.body)
    const length = body.reduce((sum, part) => sum + part.length, 0)
    const head = writeRequestHead(
      request.method,
      target,
      request.headers ?? [],
      request.body === undefined ? undefined : length,
    )
    if ('kind' in head) return head
    if (request.signal?.aborted === true) return cancelled(target.display)
    const journey: Journey = { request, target, head, body, stopped: undefined, cancel: nothing, deadline: undefined }
    const stop = (reason: TransportFailure): void => {
      journey.stopped = reason
      journey.cancel(reason)
    }
    const timeoutMs = request.timeoutMs ?? defaultTimeoutMs
    journey.deadline = this.#clock.after(timeoutMs, () => stop(tooLate(target.display, timeoutMs)))
    const onAbort = (): void => stop(cancelled(target.display))
    request.signal?.addEventListener('abort', onAbort, { once: true })
    try {
      const first = await this.#attempt(journey, false)
      return first === 'again' ? ((await this.#attempt(journey, true)) as Result) : first
    } finally {
      journey.deadline.cancel()
      request.signal?.removeEventListener('abort', onAbort)
    }
  }

  /** `again`: a pooled connection turned out to be closed, and sending once more does no harm. */
  async #attempt(journey: Journey, fresh: boolean): Promise<Result | 'again'> {
    const { request, target } = journey
    const connection = await this.#connection(journey, fresh)
    if ('kind' in connection) return connection
    if (journey.stopped !== undefined) {
      this.#pool.release(connection, undefined)
      return journey.stopped
    }
    const reused = connection.served > 0
    journey.cancel = (reason) => connection.destroy(reason)
    const intake = 'onBytes' in request ? streamed(journey, request, this.#clock) : collected(request)
    const reader = new ResponseReader(request.method, request.limits?.headBytes ?? defaultHeadBytes, intake.open)
    const end = await connection.exchange(journey.head, journey.body, reader, intake.activity)
    intake.close()
    journey.cancel = nothing
    this.#pool.release(connection, reader.keepAliveMs)
    if (end.thrown !== undefined) throw end.thrown.error
    if (end.failure === undefined) return intake.result(reader.head!, target)
    const lost = end.failure.code === 'closed' || end.failure.code === 'reset'
    const harmless = request.idempotent ?? idempotentMethods.has(request.method)
    if (reused && !fresh && lost && !reader.started && harmless && end.failure !== stoppedBy(journey)) return 'again'
    return end.failure
  }

  async #connection(journey: Journey, fresh: boolean): Promise<HttpConnection | TransportFailure> {
    const { target } = journey
    const idle = fresh ? undefined : this.#pool.takeIdle(target)
    if (idle !== undefined) return idle
    let tls: TlsClientOptions | undefined
    if (target.secure && this.#tls !== undefined) {
      const found = await this.#tls()
      if ('kind' in found) return found
      tls = found
      if (journey.stopped !== undefined) return journey.stopped
    }
    const pending = this.#pool.acquire(target, this.#connector(target, tls))
    journey.cancel = pending.cancel
    return pending.connection
  }
}

/** Read through a function because the compiler cannot see that it changes while an attempt waits. */
const stoppedBy = (journey: Journey): TransportFailure | undefined => journey.stopped

const nothing = (): void => undefined

function bodyParts(body: HttpRequest['body']): readonly Uint8Array[] {
  if (body === undefined) return []
  return (body instanceof Uint8Array ? [body] : body).filter((part) => part.length > 0)
}

/** How the body of one response is taken in, and what the caller gets for it. */
interface Intake {
  readonly open: OpenBody
  readonly activity?: () => void
  result(head: ResponseHead, target: HttpTarget): Result
  close(): void
}

function collected(request: HttpRequest | StreamRequest): Intake {
  const limit = request.limits?.bodyBytes ?? defaultBodyBytes
  const truncates = request.limits?.excess === 'truncate'
  let body: CollectedBody | undefined
  return {
    open: (_, declared) => {
      if (declared !== undefined && declared > limit && !truncates) return { tooLarge: limit }
      body = new CollectedBody(limit, declared, 'reuse' in request ? request.reuse : undefined)
      return body
    },
    result: (head, target) => {
      const { status, headers } = head
      const bytes = body?.result() ?? new Uint8Array(0)
      if (body?.overflowed !== true) return { kind: 'response', status, headers, body: bytes }
      if (truncates) return { kind: 'response', status, headers, body: bytes, truncated: true }
      return failure(
        'response_too_large',
        `${target.display}: the answer is longer than the limit of ${limit} bytes`,
        'Raise the size limit if such answers are meant, or correct the address.',
      )
    },
    close: nothing,
  }
}

function streamed(journey: Journey, request: StreamRequest, clock: Clock): Intake {
  const other = collected(request)
  const { silenceMs } = request
  let accepted = false
  let watch: Timer | undefined
  let lastRead = clock.monotonic()
  const watchSilence = (limit: number): void => {
    const left = limit - (clock.monotonic() - lastRead)
    if (left <= 0) {
      journey.cancel(
        failure(
          'timeout',
          `${journey.target.display}: no byte arrived for ${limit / 1000} s`,
          'It is asked again; check the server if this repeats.',
        ),
      )
    } else watch = clock.after(left, () => watchSilence(limit))
  }
  return {
    open: (head, declared) => {
      accepted = head.status >= 200 && head.status < 300
      if (!accepted) return other.open(head, declared)
      journey.deadline?.cancel()
      request.onHead?.(head)
      if (silenceMs !== undefined) watchSilence(silenceMs)
      return { write: (bytes) => request.onBytes(bytes) as undefined | Promise<void> }
    },
    activity:
      silenceMs === undefined
        ? undefined
        : () => {
            lastRead = clock.monotonic()
          },
    result: (head, target) =>
      accepted ? { kind: 'ended', status: head.status, headers: head.headers } : other.result(head, target),
    close: () => watch?.cancel(),
  }
}
