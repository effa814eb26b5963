// The way out for what our own client leaves out: proxies and HTTP/2. Slower, so used only where one of them is needed.
import { Buffer } from 'node:buffer'
import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import type { Clock } from '../runtime/clock.ts'
import { classifyFailure, failure } from './failure.ts'
import type { TransportFailure } from './failure.ts'
import { cancelled, tooLate } from './http-connection.ts'
import { defaultBodyBytes, defaultHeadBytes, defaultTimeoutMs } from './http-message.ts'
import type { HttpRequest, HttpResponse, HttpTransport, StreamEnd, StreamRequest } from './http-message.ts'
import { parseTarget } from './http-target.ts'
import { redactUrl } from '../language/redact-url.ts'
import { writeRequestHead } from './request-head.ts'
import { CollectedBody } from './response-body.ts'
import type { TlsClientOptions } from './tls-options.ts'

export interface UndiciTransportOptions {
  readonly clock: Clock
  /** Goes through this `http` or `https` proxy; user and password may stand in the URL. */
  readonly proxy?: string
  /** Sent with CONNECT to the proxy. */
  readonly proxyHeaders?: Readonly<Record<string, string>>
  readonly http2: boolean
  readonly tls: () => Promise<TlsClientOptions | TransportFailure>
}

type Result = HttpResponse | StreamEnd | TransportFailure

export class UndiciTransport implements HttpTransport {
  readonly #options: UndiciTransportOptions
  #dispatcher: Promise<Dispatcher> | undefined
  /** The TLS settings the dispatcher was made with. */
  #settings = ''

  constructor(options: UndiciTransportOptions) {
    this.#options = options
  }

  async request(request: HttpRequest): Promise<HttpResponse | TransportFailure> {
    return (await this.#run(request)) as HttpResponse | TransportFailure
  }

  async stream(request: StreamRequest): Promise<Result> {
    return this.#run(request)
  }

  close(): void {
    void this.#dispatcher?.then((dispatcher) => dispatcher.destroy())
    this.#dispatcher = undefined
  }

  async #run(request: HttpRequest | StreamRequest): Promise<Result> {
    const target = parseTarget(request.url, request.path)
    if (target.kind === 'failure') return target
    const { display } = target
    const parts = request.body === undefined ? [] : request.body instanceof Uint8Array ? [request.body] : request.body
    const checked = writeRequestHead(request.method, target, request.headers ?? [], undefined)
    if ('kind' in checked) return checked
    const tls = await this.#options.tls()
    if ('kind' in tls) return tls
    if (request.signal?.aborted === true) return cancelled(display)
    const abort = new AbortController()
    let stopped: TransportFailure | undefined
    const stop = (reason: TransportFailure): void => {
      stopped ??= reason
      abort.abort()
    }
    const timeoutMs = request.timeoutMs ?? defaultTimeoutMs
    const deadline = this.#options.clock.after(timeoutMs, () => stop(tooLate(display, timeoutMs)))
    const onAbort = (): void => stop(cancelled(display))
    request.signal?.addEventListener('abort', onAbort, { once: true })
    try {
      const dispatcher = await this.#dispatch(tls)
      const headers: Record<string, string[]> = Object.create(null) as Record<string, string[]>
      for (const [name, value] of request.headers ?? []) (headers[name] ??= []).push(value)
      const response = await dispatcher.request({
        origin: `${target.secure ? 'https' : 'http'}://${target.hostHeader}`,
        path: target.path,
        method: request.method,
        headers,
        body: parts.length === 0 ? null : Buffer.concat(parts),
        signal: abort.signal,
        headersTimeout: 0,
        bodyTimeout: 0,
      })
      response.body.on('error', () => undefined)
      const head = { status: response.statusCode, headers: flatten(response.headers) }
      if ('onBytes' in request && head.status >= 200 && head.status < 300) {
        deadline.cancel()
        request.onHead?.(head)
        return await this.#stream(request, head, response.body, display, stop)
      }
      return await collect(request, head, response.body, display)
    } catch (error) {
      if (error instanceof ConsumerError) throw error.cause
      return stopped ?? this.#classify(error, display)
    } finally {
      deadline.cancel()
      request.signal?.removeEventListener('abort', onAbort)
    }
  }

  async #stream(
    request: StreamRequest,
    head: Pick<HttpResponse, 'status' | 'headers'>,
    body: Readable,
    display: string,
    stop: (reason: TransportFailure) => void,
  ): Promise<StreamEnd> {
    const { silenceMs } = request
    const watch = () =>
      silenceMs === undefined
        ? undefined
        : this.#options.clock.after(silenceMs, () =>
            stop(
              failure(
                'timeout',
                `${display}: no byte arrived for ${silenceMs / 1000} s`,
                'It is asked again; check the server if this repeats.',
              ),
            ),
          )
    let timer = watch()
    try {
      for await (const bytes of body as AsyncIterable<Uint8Array>) {
        timer?.cancel()
        try {
          await request.onBytes(bytes)
        } catch (error) {
          throw new ConsumerError('consumer', { cause: error })
        }
        timer = watch()
      }
      return { kind: 'ended', ...head }
    } finally {
      timer?.cancel()
    }
  }

  async #dispatch(tls: TlsClientOptions): Promise<Dispatcher> {
    const settings = JSON.stringify(tls)
    if (this.#dispatcher === undefined || this.#settings !== settings) {
      const former = this.#dispatcher
      void former?.then((dispatcher) => dispatcher.close())
      this.#settings = settings
      this.#dispatcher = this.#build(tls)
    }
    return this.#dispatcher
  }

  async #build(tls: TlsClientOptions): Promise<Dispatcher> {
    const { Agent, ProxyAgent } = await import('undici')
    const { proxy, proxyHeaders, http2 } = this.#options
    const connect = { ...tls, ca: tls.ca === undefined ? undefined : [...tls.ca], timeout: 10_000 }
    const limits = { allowH2: http2, maxHeaderSize: defaultHeadBytes, maxRedirections: 0 }
    if (proxy === undefined) return new Agent({ ...limits, connect })
    return new ProxyAgent({ ...limits, uri: proxy, proxyTunnel: false, requestTls: connect, headers: proxyHeaders })
  }

  #classify(error: unknown, display: string): TransportFailure {
    const { proxy } = this.#options
    const message = error instanceof Error ? error.message : ''
    if (proxy === undefined) return classifyFailure(error, display)
    const answered = /Proxy response \((\d+)\)/.exec(message)
    if (answered === null) return classifyFailure(error, `${display} through the proxy ${redactUrl(proxy)}`)
    const reason = answered[1] === '407' ? 'it asks for user and password' : `it answered with status ${answered[1]}`
    return failure(
      'proxy',
      `${display}: the proxy ${redactUrl(proxy)} made no connection, ${reason}`,
      'Check proxy_url and its credentials; no_proxy names hosts to reach directly.',
    )
  }
}

/** Carries what a consumer threw past the handling of transport errors. */
class ConsumerError extends Error {}

async function collect(
  request: HttpRequest | StreamRequest,
  head: Pick<HttpResponse, 'status' | 'headers'>,
  body: Readable,
  display: string,
): Promise<HttpResponse | TransportFailure> {
  const limit = request.limits?.bodyBytes ?? defaultBodyBytes
  const collected = new CollectedBody(limit, undefined, 'reuse' in request ? request.reuse : undefined)
  for await (const bytes of body as AsyncIterable<Uint8Array>) {
    if (collected.write(bytes) === 'full') break
  }
  if (!collected.overflowed) return { kind: 'response', ...head, body: collected.result() }
  if (request.limits?.excess === 'truncate')
    return { kind: 'response', ...head, body: collected.result(), truncated: true }
  return failure(
    'response_too_large',
    `${display}: the answer is longer than the limit of ${limit} bytes`,
    'Raise the size limit if such answers are meant, or correct the address.',
  )
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Map<string, string> {
  const flat = new Map<string, string>()
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat.set(name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value)
  }
  return flat
}
