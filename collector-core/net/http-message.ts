// What a request, its limits and its result look like, whichever transport carries them.
import type { TransportFailure } from './failure.ts'
import type { ReusableBody } from './response-body.ts'

/** Pairs of name and value in sending order; a `Map<string, string>` is one. */
export type HeaderPairs = Iterable<readonly [name: string, value: string]>

/** Header values by lower-case name; a repeated header's values are joined with `, `. */
export type ResponseHeaders = ReadonlyMap<string, string>

export interface HttpLimits {
  /** The status line and headers together. Default 64 KiB. */
  readonly headBytes?: number
  /** The body as sent, before any content decoding. Default 4 MiB. */
  readonly bodyBytes?: number
  /** What a longer body does: `fail` the request (default), or end it with the first `bodyBytes` of it. */
  readonly excess?: 'fail' | 'truncate'
}

export interface HttpRequest {
  /** Upper case. */
  readonly method: string
  /** `http://`, `https://`, `tcp://` (read as http), `unix:///path/of/socket` or `npipe:////./pipe/name`. */
  readonly url: string
  /** Path and query instead of those of `url`; how a request over a socket file names its path. */
  readonly path?: string
  readonly headers?: HeaderPairs
  /** Must not change until the request is over. */
  readonly body?: Uint8Array | readonly Uint8Array[]
  readonly limits?: HttpLimits
  /** For everything: waiting for a connection, connecting, sending and receiving. Default 30 s. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  /** Whether sending it twice does no harm; by default the method decides (GET, HEAD, OPTIONS, PUT, DELETE, TRACE). */
  readonly idempotent?: boolean
  /** Takes the body into memory that is used again; the body is then valid until the next request given the same. */
  readonly reuse?: ReusableBody
}

export interface StreamRequest extends Omit<HttpRequest, 'reuse'> {
  /**
   * Given the body of a 2xx response in order, dechunked, one call per read from the socket. The bytes are valid until
   * the call returns, or until the promise it returns is settled; while that is pending nothing more is read.
   */
  onBytes(bytes: Uint8Array): void | Promise<void>
  /** Called once, when the 2xx head is there. */
  onHead?(head: ResponseHead): void
  /** Ends the stream as a timeout when no byte arrives for so long. Default: never. `timeoutMs` covers only the head. */
  readonly silenceMs?: number
}

export interface ResponseHead {
  readonly status: number
  readonly headers: ResponseHeaders
}

export interface HttpResponse extends ResponseHead {
  readonly kind: 'response'
  readonly body: Uint8Array
  /** Set when `excess: 'truncate'` cut the body. */
  readonly truncated?: true
}

/** A streamed 2xx response that came to its regular end. */
export interface StreamEnd extends ResponseHead {
  readonly kind: 'ended'
}

/** Carries single requests: no authentication, no redirects. Never rejects, except with what `onBytes` throws. */
export interface HttpTransport {
  request(request: HttpRequest): Promise<HttpResponse | TransportFailure>
  /** A response other than 2xx is collected and returned like that of `request`. */
  stream(request: StreamRequest): Promise<HttpResponse | StreamEnd | TransportFailure>
  /** Closes idle connections and ends running requests as aborted. */
  close(): void
}

export const defaultHeadBytes = 64 * 1024
export const defaultBodyBytes = 4 * 1024 * 1024
export const defaultTimeoutMs = 30_000
