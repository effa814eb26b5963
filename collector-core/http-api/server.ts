import type { IncomingMessage, ServerResponse } from 'node:http'
import type { DefinitionArguments } from '../schema/definition.ts'
import type { http } from '../config-blocks/http.ts'
import { checkHost, checkOrigin, loopbackHosts, ownOrigins } from '../net/host-check.ts'
import type { HostPolicy } from '../net/host-check.ts'
import { createBoundedServer, listen } from '../net/server.ts'
import type { ListenAddress, Listening } from '../net/server.ts'
import type { Logger } from '../runtime/logger.ts'
import { basicAuthAllows } from './basic-auth.ts'
import { pageHeaders } from './page-headers.ts'
import { answer } from './routes.ts'
import type { ApiContext, ApiResponse, ApiStream } from './routes.ts'

type Auth = DefinitionArguments<typeof http>['auth']

/** Streams that are served at the same time. */
const mostStreams = 64

/** How long requests may go on once the server closes, milliseconds. */
const closeGraceMs = 200

export interface ApiServerOptions {
  readonly log: Logger
  /** Rather than fail when the port is taken, say who holds it and use any free one. */
  readonly freePortIfTaken?: boolean
}

/**
 * Serves the collector's HTTP interface. Whatever address it listens on, only requests that name a loopback host and come
 * from no other page are answered.
 */
export class ApiServer {
  private readonly wanted: ListenAddress
  private readonly log: Logger
  private readonly freePortIfTaken: boolean
  private readonly server = createBoundedServer((request, response) => void this.serve(request, response))
  private readonly streams = new Set<ServerResponse>()
  private listening: Listening | undefined
  private policy: HostPolicy = loopbackHosts(0)
  private auth: Auth = undefined
  private liveDebugging = false
  private context: ApiContext | undefined

  constructor(wanted: ListenAddress, { log, freePortIfTaken = false }: ApiServerOptions) {
    this.wanted = wanted
    this.log = log
    this.freePortIfTaken = freePortIfTaken
  }

  /** `host:port` as programs on this machine can dial it. */
  get address(): string {
    const { host, port } = this.listening ?? this.wanted
    if (host === '' || host === '0.0.0.0' || host === '::') return `127.0.0.1:${port}`
    return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  }

  /** Starts listening; throws the `WeirError` that says why it cannot. */
  async listen(context: Omit<ApiContext, 'liveDebugging'>): Promise<void> {
    this.context = { ...context, liveDebugging: () => this.liveDebugging }
    const first = await listen(this.server, this.wanted)
    const elsewhere = first instanceof Error && first.code === 'port_in_use' && this.freePortIfTaken
    if (elsewhere) this.log.warn('using a free port instead', { reason: first.message })
    const outcome = elsewhere ? await listen(this.server, { ...this.wanted, port: 0 }) : first
    if (outcome instanceof Error) throw outcome
    this.listening = outcome
    this.policy = loopbackHosts(outcome.port)
    if (outcome.host !== '127.0.0.1' && outcome.host !== '::1') {
      this.log.warn('the HTTP server listens beyond this machine; requests still have to name a loopback host', {
        address: outcome.host,
      })
    }
  }

  /** Lets components be watched from now on, or no longer. */
  allowLiveDebugging(allowed: boolean): void {
    this.liveDebugging = allowed
  }

  /** Asks for credentials from now on, or no longer. */
  protect(auth: Auth): void {
    this.auth = auth
  }

  async close(): Promise<void> {
    for (const stream of this.streams) stream.end()
    await this.listening?.close(closeGraceMs)
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume()
    const host = checkHost(request.rawHeaders, request.url ?? '', this.policy)
    const verdict = host.allowed ? checkOrigin(request.rawHeaders, ownOrigins(this.policy)) : host
    if (!verdict.allowed) {
      this.log.warn('a request was refused', { reason: verdict.reason })
      response.writeHead(verdict.status, { 'Content-Length': 0 })
      response.end()
      return
    }
    for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value)
    const target = parseTarget(request.url ?? '/')
    if (target === undefined) {
      send(response, { status: 400, contentType: 'text/plain', body: 'the path cannot be read\n' })
      return
    }
    const { path, query } = target
    if (this.auth !== undefined && !basicAuthAllows(this.auth, path, request.headers.authorization)) {
      response.setHeader('WWW-Authenticate', 'Basic realm="Restricted"')
      send(response, { status: 401, contentType: 'text/plain', body: 'credentials needed\n' })
      return
    }
    try {
      const result = await answer({ method: request.method ?? 'GET', path, query }, this.context!)
      if ('next' in result) this.stream(response, result)
      else send(response, result)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      this.log.error('a request failed', { path, error: message })
      send(response, { status: 500, contentType: 'text/plain', body: `${message}\n` })
    }
  }

  /** Writes on until the client leaves; a client that reads too slowly misses a turn instead of filling memory. */
  private stream(response: ServerResponse, stream: ApiStream): void {
    if (this.streams.size >= mostStreams) {
      stream.close?.()
      const body = `${mostStreams} streams are open already: close one\n`
      send(response, { status: 503, contentType: 'text/plain', body })
      return
    }
    response.writeHead(200, { 'Content-Type': stream.contentType })
    this.streams.add(response)
    const turn = (): void => {
      if (response.writableNeedDrain) return
      const next = stream.next()
      if (next === undefined) response.end()
      else response.write(next)
    }
    const timer = setInterval(turn, stream.everyMs)
    response.on('close', () => {
      clearInterval(timer)
      this.streams.delete(response)
      stream.close?.()
    })
    turn()
  }
}

/** The decoded path and the query of a request target; undefined when it is no path or its escapes are broken. */
function parseTarget(target: string): { readonly path: string; readonly query: URLSearchParams } | undefined {
  try {
    const { pathname, searchParams, host } = new URL(target, 'http://weir')
    return host === 'weir' ? { path: decodeURIComponent(pathname), query: searchParams } : undefined
  } catch {
    return undefined
  }
}

function send(response: ServerResponse, { status, contentType, body, cacheControl }: ApiResponse): void {
  if (cacheControl !== undefined) response.setHeader('Cache-Control', cacheControl)
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
}
