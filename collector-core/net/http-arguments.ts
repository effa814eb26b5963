// The HTTP client arguments that Prometheus-style components share, and the client they describe.
import type { Clock } from '../runtime/clock.ts'
import { systemClock } from '../runtime/clock.ts'
import { isReservedHeader } from '../schema/http-client-fields.ts'
import { basicHeader, credentialConflict, staticAuthorization } from './credentials.ts'
import type { CredentialArguments } from './credentials.ts'
import { failure } from './failure.ts'
import type { TransportFailure } from './failure.ts'
import { SocketTransport } from './http-client.ts'
import type { HttpRequest, HttpResponse, HttpTransport, StreamEnd, StreamRequest } from './http-message.ts'
import { defaultTimeoutMs } from './http-message.ts'
import { guardedLookup } from './link-local.ts'
import { TokenSource } from './oauth2.ts'
import type { OAuth2Arguments } from './oauth2.ts'
import { systemConnector } from './open-socket.ts'
import type { Connector } from './open-socket.ts'
import { chooseProxy } from './proxy-choice.ts'
import type { ProxySettings } from './proxy-choice.ts'
import { redactUrl } from '../language/redact-url.ts'
import { mostRedirects, nextHop } from './redirect.ts'
import type { Revealable } from './revealable.ts'
import { readTextFile, resolveTlsConfig, tlsConflict } from './tls-options.ts'
import type { ReadText, TlsClientOptions, TlsConfigArguments } from './tls-options.ts'
import { UndiciTransport } from './undici-transport.ts'

/** Decoded arguments, by Alloy's names; absent and undefined mean the default. */
export interface HttpClientArguments extends CredentialArguments, ProxySettings {
  readonly tls_config?: TlsConfigArguments
  readonly follow_redirects?: boolean
  readonly enable_http2?: boolean
  readonly http_headers?: ReadonlyMap<string, readonly Revealable[]>
  readonly proxy_connect_header?: ReadonlyMap<string, readonly Revealable[]>
}

/** The world a client lives in; everything but the user agent has a default. */
export interface HttpClientContext {
  readonly userAgent: string
  readonly clock?: Clock
  readonly readText?: ReadText
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly connector?: Connector
  /** Instead of the TLS settings of `tls_config`. */
  readonly tls?: () => Promise<TlsClientOptions | TransportFailure>
}

/** Sends requests with the user agent, credentials, headers, TLS settings and proxy of its arguments. */
export interface HttpClient {
  send(request: HttpRequest): Promise<HttpResponse | TransportFailure>
  stream(request: StreamRequest): Promise<HttpResponse | StreamEnd | TransportFailure>
  close(): void
}

/** The reason the arguments contradict each other, for checks before anything runs. */
export function httpArgumentsConflict(args: HttpClientArguments): string | undefined {
  const credentials = credentialConflict(args)
  if (credentials !== undefined) return credentials
  const tls = tlsConflict(args.tls_config ?? {}) ?? tlsConflict(args.oauth2?.tls_config ?? {})
  if (tls !== undefined) return tls
  for (const name of args.http_headers?.keys() ?? []) {
    if (isReservedHeader(name)) return `http_headers may not set the header ${name}`
  }
  return proxyConflict(args) ?? proxyConflict(args.oauth2 ?? {})
}

function proxyConflict(args: ProxySettings & Pick<HttpClientArguments, 'proxy_connect_header'>): string | undefined {
  const own = args.proxy_url !== undefined && args.proxy_url !== ''
  const exceptions = args.no_proxy !== undefined && args.no_proxy !== ''
  const environment = args.proxy_from_environment === true
  if (environment && (own || exceptions)) return 'proxy_from_environment excludes proxy_url and no_proxy'
  if (exceptions && !own) return 'no_proxy needs proxy_url'
  if ((args.proxy_connect_header?.size ?? 0) > 0 && !own && !environment) return 'proxy_connect_header needs a proxy'
  if (own && !/^https?:\/\//.test(args.proxy_url ?? '')) return 'proxy_url must be an http or https URL'
  return undefined
}

/** The client the arguments describe. Contradictions show as a failure of every request. */
export function createHttpClient(args: HttpClientArguments, context: HttpClientContext): HttpClient {
  return new ConfiguredClient(args, context)
}

/** What may be sent along to a server the configuration does not name. */
const harmlessHeaders = /^(accept|accept-encoding|content-type|content-encoding|user-agent|x-prometheus-.*)$/i

class ConfiguredClient implements HttpClient {
  readonly #args: HttpClientArguments
  readonly #context: HttpClientContext
  readonly #clock: Clock
  readonly #read: ReadText
  readonly #conflict: string | undefined
  readonly #transports = new Map<string, HttpTransport>()
  /** Origins found to speak HTTP/2 only. */
  readonly #http2Only = new Set<string>()
  readonly #tokens: TokenSource | undefined

  constructor(args: HttpClientArguments, context: HttpClientContext) {
    this.#args = args
    this.#context = context
    this.#clock = context.clock ?? systemClock
    this.#read = context.readText ?? readTextFile
    this.#conflict = httpArgumentsConflict(args)
    this.#tokens = args.oauth2 === undefined ? undefined : this.#tokenSource(args.oauth2)
  }

  async send(request: HttpRequest): Promise<HttpResponse | TransportFailure> {
    const result = await this.#follow(request, (transport, hop) => transport.request(hop))
    return result as HttpResponse | TransportFailure
  }

  async stream(request: StreamRequest): Promise<HttpResponse | StreamEnd | TransportFailure> {
    return this.#follow(request, (transport, hop) => transport.stream(hop as StreamRequest))
  }

  close(): void {
    for (const transport of this.#transports.values()) transport.close()
    this.#transports.clear()
    this.#tokens?.close()
  }

  async #follow(
    request: HttpRequest | StreamRequest,
    carry: (
      transport: HttpTransport,
      hop: HttpRequest | StreamRequest,
    ) => Promise<HttpResponse | StreamEnd | TransportFailure>,
  ): Promise<HttpResponse | StreamEnd | TransportFailure> {
    if (this.#conflict !== undefined)
      return failure('credentials', this.#conflict, 'Correct the arguments of the component.')
    const authorization = await this.#authorization()
    if (authorization !== undefined && 'kind' in authorization) return authorization
    const deadline = this.#clock.monotonic() + (request.timeoutMs ?? defaultTimeoutMs)
    let { url } = request
    let foreign = false
    for (let hop = 0; ; hop++) {
      const headers = this.#headers(request, url, foreign, authorization?.header)
      const left = Math.max(deadline - this.#clock.monotonic(), 0)
      const sent = { ...request, url, headers, timeoutMs: left, ...(hop > 0 && { path: undefined }) }
      let result = await carry(this.#transport(url, foreign), sent)
      if (result.kind === 'failure' && result.code === 'no_protocol' && this.#args.enable_http2 !== false) {
        this.#http2Only.add(new URL(url).origin)
        result = await carry(this.#transport(url, foreign), sent)
      }
      if (result.kind !== 'response') return result
      if (result.status === 401 && authorization !== undefined) this.#tokens?.forget(authorization.header)
      if (this.#args.follow_redirects === false || !/^https?:/.test(url)) return result
      const next = nextHop(
        request.method,
        hop === 0 && request.path !== undefined ? new URL(request.path, url).href : url,
        result,
      )
      if (next === undefined) return result
      if (next.kind === 'failure') return next
      if (hop >= mostRedirects) {
        return failure(
          'redirect',
          `${redactUrl(request.url)}: it redirects more than ${mostRedirects} times`,
          'Set the URL to the final address.',
        )
      }
      url = next.url
      foreign ||= next.foreign
    }
  }

  #headers(
    request: HttpRequest | StreamRequest,
    url: string,
    foreign: boolean,
    authorization: string | undefined,
  ): [string, string][] {
    const headers: [string, string][] = []
    for (const [name, value] of request.headers ?? []) {
      if (!foreign || harmlessHeaders.test(name)) headers.push([name, value])
    }
    const has = (wanted: string): boolean => headers.some(([name]) => name.toLowerCase() === wanted)
    if (!has('user-agent')) headers.push(['User-Agent', this.#context.userAgent])
    if (foreign) return headers
    for (const [name, values] of this.#args.http_headers ?? []) {
      for (const value of values) headers.push([name, value.reveal()])
    }
    const own = authorization ?? userInfo(url)
    if (own !== undefined && !has('authorization')) headers.push(['Authorization', own])
    return headers
  }

  async #authorization(): Promise<{ readonly header: string } | TransportFailure | undefined> {
    return this.#tokens === undefined ? staticAuthorization(this.#args, this.#read) : this.#tokens.authorization()
  }

  #transport(url: string, foreign: boolean): HttpTransport {
    let parsed: URL | undefined
    try {
      parsed = new URL(url)
    } catch {
      // The transport says what is wrong with it.
    }
    const web = parsed !== undefined && /^https?:$/.test(parsed.protocol) ? parsed : undefined
    const proxy = web && chooseProxy(web, this.#args, this.#context.environment ?? process.env)
    const http2 = web !== undefined && this.#http2Only.has(web.origin)
    const key = `${proxy ?? ''} ${http2 ? 'h2' : ''} ${foreign ? 'foreign' : ''}`
    let transport = this.#transports.get(key)
    if (transport === undefined) {
      transport = proxy === undefined && !http2 ? this.#direct(foreign) : this.#indirect(proxy, http2, foreign)
      this.#transports.set(key, transport)
    }
    return transport
  }

  #direct(foreign: boolean): HttpTransport {
    return new SocketTransport({
      clock: this.#clock,
      connector: this.#context.connector ?? systemConnector(foreign ? guardedLookup : undefined),
      tls: () => this.#tls(foreign),
    })
  }

  #indirect(proxy: string | undefined, http2: boolean, foreign: boolean): HttpTransport {
    const proxyHeaders: Record<string, string> = {}
    for (const [name, values] of this.#args.proxy_connect_header ?? []) {
      proxyHeaders[name] = values.map((value) => value.reveal()).join(', ')
    }
    return new UndiciTransport({ clock: this.#clock, proxy, proxyHeaders, http2, tls: () => this.#tls(foreign) })
  }

  async #tls(foreign: boolean): Promise<TlsClientOptions | TransportFailure> {
    const tls = await (this.#context.tls?.() ?? resolveTlsConfig(this.#args.tls_config, this.#read))
    if ('kind' in tls || !foreign) return tls
    return { ...tls, cert: undefined, key: undefined, servername: undefined }
  }

  #tokenSource(args: OAuth2Arguments): TokenSource {
    const plain = new ConfiguredClient(
      {
        tls_config: args.tls_config,
        proxy_url: args.proxy_url,
        no_proxy: args.no_proxy,
        proxy_from_environment: args.proxy_from_environment,
        proxy_connect_header: args.proxy_connect_header,
        follow_redirects: false,
      },
      { ...this.#context, tls: undefined },
    )
    const transport: HttpTransport = {
      request: (request) => plain.send(request),
      stream: (request) => plain.stream(request),
      close: () => plain.close(),
    }
    return new TokenSource(args, transport, this.#clock, this.#read, this.#context.userAgent)
  }
}

/** Credentials written into the URL itself. */
function userInfo(text: string): string | undefined {
  if (!text.includes('@')) return undefined
  try {
    const { username, password } = new URL(text)
    if (username === '' && password === '') return undefined
    return basicHeader(decodeURIComponent(username), decodeURIComponent(password))
  } catch {
    return undefined
  }
}
