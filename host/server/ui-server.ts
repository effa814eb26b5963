// Browser mode: the page and one WebSocket, for browsers of this machine's user. Every request and every upgrade has to
// name a loopback host, come from no other page, and carry the cookie that the printed address gives.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { pageHeaders } from '../../collector-core/http-api/page-headers.ts'
import type { StaticFiles } from '../../collector-core/http-api/static-files.ts'
import { checkHost, checkOrigin, loopbackHosts, ownOrigins } from '../../collector-core/net/host-check.ts'
import type { HostPolicy } from '../../collector-core/net/host-check.ts'
import { createBoundedServer, listen } from '../../collector-core/net/server.ts'
import type { ListenAddress, Listening } from '../../collector-core/net/server.ts'
import { hostMark, largestMessageBytes, sessionPath, socketPath, windowParameter } from '../contract/transport.ts'
import type { SessionOptions } from '../session/session.ts'
import type { Access } from './access.ts'
import { serveWindow } from './window-socket.ts'

export interface UiServerOptions {
  readonly access: Access
  /** The built page; `/` is its document. */
  readonly page: StaticFiles
  readonly session: Omit<SessionOptions, 'send' | 'asker'>
}

const mostWindows = 32
const closeGraceMs = 200

/** A refusal of a request, with words for the person who may read it. */
interface Refusal {
  readonly status: number
  readonly words: string
}

const letIn = 'Open the address that "weir ui" printed when it started; it ends in a token.'

export class UiServer {
  private readonly options: UiServerOptions
  private readonly page: StaticFiles
  private readonly server = createBoundedServer((request, response) => this.serve(request, response))
  private readonly sockets = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload: largestMessageBytes,
    perMessageDeflate: false,
  })
  private policy: HostPolicy = loopbackHosts(0)
  private listening: Listening | undefined

  constructor(options: UiServerOptions) {
    this.options = options
    this.page = markPage(options.page)
    this.server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head))
  }

  /** Starts listening; the error says who holds the port. Only loopback addresses are served. */
  async listen(address: ListenAddress): Promise<Listening> {
    const outcome = await listen(this.server, address)
    if (outcome instanceof Error) throw outcome
    this.listening = outcome
    this.policy = loopbackHosts(outcome.port)
    return outcome
  }

  async close(): Promise<void> {
    for (const socket of this.sockets.clients) socket.terminate()
    await this.listening?.close(closeGraceMs)
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    request.resume()
    for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value)
    const target = request.url ?? '/'
    const stranger = this.stranger(request)
    if (stranger !== undefined) return refuse(response, stranger)
    if (!URL.canParse(target, 'http://weir'))
      return refuse(response, { status: 400, words: 'The path cannot be read.' })
    if (request.method !== 'GET') return refuse(response, { status: 405, words: 'This takes GET only.' })
    const { pathname, searchParams } = new URL(target, 'http://weir')
    const token = searchParams.get('token')
    if (pathname === '/' && token !== null && this.options.access.opensWith(token)) {
      response.setHeader('Set-Cookie', this.options.access.cookie)
      response.writeHead(303, { Location: '/', 'Content-Length': 0 }).end()
      return
    }
    if (!this.options.access.lets(request.headers.cookie)) return refuse(response, { status: 401, words: letIn })
    if (pathname === sessionPath) {
      response.writeHead(204).end()
      return
    }
    const file = this.page.get(decode(pathname))
    if (file === undefined) return refuse(response, { status: 404, words: 'There is nothing here.' })
    response.setHeader('Cache-Control', file.cacheControl)
    response.writeHead(200, { 'Content-Type': file.contentType, 'Content-Length': file.body.length })
    response.end(file.body)
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    const target = request.url ?? ''
    const url = URL.canParse(target, 'http://weir') ? new URL(target, 'http://weir') : undefined
    const { origin } = request.headers
    const refusal =
      this.stranger(request) ??
      // A browser always says where a socket is opened from.
      (origin === undefined ? { status: 403, words: 'A socket needs an Origin.' } : undefined) ??
      (this.options.access.lets(request.headers.cookie) ? undefined : { status: 401, words: letIn }) ??
      (url?.pathname === socketPath ? undefined : { status: 404, words: 'There is no socket here.' }) ??
      (this.sockets.clients.size < mostWindows
        ? undefined
        : { status: 503, words: `Weir serves ${mostWindows} windows at a time. Close one.` })
    if (refusal !== undefined) {
      socket.end(
        `HTTP/1.1 ${refusal.status} Refused\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${refusal.words}\n`,
      )
      return
    }
    const window = url?.searchParams.get(windowParameter)?.slice(0, 64) ?? ''
    this.sockets.handleUpgrade(request, socket, head, (open) => {
      serveWindow(open, { ...this.options.session, asker: { window } })
    })
  }

  /** Why a request is not one of this server's own pages' or its user's, if it is not. */
  private stranger(request: IncomingMessage): Refusal | undefined {
    const host = checkHost(request.rawHeaders, request.url ?? '', this.policy)
    const verdict = host.allowed ? checkOrigin(request.rawHeaders, ownOrigins(this.policy)) : host
    return verdict.allowed ? undefined : { status: verdict.status, words: `Refused: ${verdict.reason}.` }
  }
}

function refuse(response: ServerResponse, { status, words }: Refusal): void {
  const body = `${words}\n`
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  })
  response.end(body)
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return ''
  }
}

/** The document says that a host serves it; see `hostMark`. */
function markPage(page: StaticFiles): StaticFiles {
  const document = page.get('/')
  if (document === undefined) return page
  const html = Buffer.from(document.body).toString('utf8')
  const marked = html.replace('</head>', `  <meta name="${hostMark}" content="socket" />\n  </head>`)
  return new Map([...page, ['/', { ...document, body: Buffer.from(marked) }]])
}
