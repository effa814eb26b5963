import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DefinitionArguments } from '../schema/definition.ts'
import type { http } from '../config-blocks/http.ts'
import type { Logger } from '../runtime/logger.ts'
import { basicAuthAllows } from './basic-auth.ts'
import type { ListenAddress } from './listen-address.ts'
import { answer } from './routes.ts'
import type { ApiContext, ApiResponse, ApiStream } from './routes.ts'

type Auth = DefinitionArguments<typeof http>['auth']

/** Serves the collector's HTTP interface. Requests from other hosts' pages or under foreign names are refused. */
export class ApiServer {
  private readonly wanted: ListenAddress
  private readonly log: Logger
  private readonly server: Server
  private readonly streams = new Set<ServerResponse>()
  private auth: Auth = undefined
  private context: ApiContext | undefined

  constructor(wanted: ListenAddress, { log }: { log: Logger }) {
    this.wanted = wanted
    this.log = log
    this.server = createServer({ maxHeaderSize: 16 * 1024, headersTimeout: 5_000, requestTimeout: 30_000 })
    this.server.maxConnections = 256
    this.server.on(
      'request',
      (request: IncomingMessage, response: ServerResponse) => void this.serve(request, response),
    )
  }

  /** `host:port` as others can dial it. */
  get address(): string {
    const bound = this.server.address() as AddressInfo | null
    const port = bound?.port ?? this.wanted.port
    const host = this.wanted.host === '0.0.0.0' || this.wanted.host === '::' ? '127.0.0.1' : this.wanted.host
    return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  }

  /** Starts listening; a taken port is a `WeirError` that names its holder where that can be known. */
  async listen(context: ApiContext): Promise<void> {
    this.context = context
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(this.wanted.port, this.wanted.host, () => resolve())
    })
    if (this.wanted.host !== '127.0.0.1' && this.wanted.host !== 'localhost' && this.wanted.host !== '::1') {
      this.log.warn('the HTTP server listens beyond this machine; requests still have to name a loopback host', {
        address: this.wanted.host,
      })
    }
  }

  /** Asks for credentials from now on, or no longer. */
  protect(auth: Auth): void {
    this.auth = auth
  }

  async close(): Promise<void> {
    for (const stream of this.streams) stream.end()
    this.server.closeAllConnections()
    if (this.server.listening) await new Promise<void>((resolve) => this.server.close(() => resolve()))
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume()
    response.setHeader('X-Content-Type-Options', 'nosniff')
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    )
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://weir')
    if (this.auth !== undefined && !basicAuthAllows(this.auth, pathname, request.headers.authorization)) {
      response.setHeader('WWW-Authenticate', 'Basic realm="Restricted"')
      return send(response, { status: 401, contentType: 'text/plain', body: 'credentials needed\n' })
    }
    try {
      const path = decodeURIComponent(pathname)
      const result = await answer({ method: request.method ?? 'GET', path, query: searchParams }, this.context!)
      if ('next' in result) this.stream(response, result)
      else send(response, result)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      this.log.error('a request failed', { path: pathname, error: message })
      send(response, { status: 500, contentType: 'text/plain', body: `${message}\n` })
    }
  }

  /** Writes on until the client leaves; a client that reads too slowly misses a turn instead of filling memory. */
  private stream(response: ServerResponse, stream: ApiStream): void {
    response.writeHead(200, { 'Content-Type': stream.contentType })
    response.write(stream.next())
    this.streams.add(response)
    const timer = setInterval(() => {
      if (!response.writableNeedDrain) response.write(stream.next())
    }, stream.everyMs)
    response.on('close', () => {
      clearInterval(timer)
      this.streams.delete(response)
    })
  }
}

function send(response: ServerResponse, { status, contentType, body }: ApiResponse): void {
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
}
