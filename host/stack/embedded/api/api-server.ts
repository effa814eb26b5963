// One HTTP port of the embedded backend: only local hosts are answered, no page of another origin, bodies are bounded.
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { inflateBody } from '../../../../collector-core/net/body.ts'
import { ByteBudget } from '../../../../collector-core/net/byte-budget.ts'
import { checkHost, checkOrigin, loopbackHosts } from '../../../../collector-core/net/host-check.ts'
import type { HostPolicy } from '../../../../collector-core/net/host-check.ts'
import { readBody } from '../../../../collector-core/net/read-body.ts'
import { createBoundedServer, listen } from '../../../../collector-core/net/server.ts'
import type { ListenAddress, Listening } from '../../../../collector-core/net/server.ts'
import { WeirError } from '../../../../collector-core/weir-error.ts'
import { json, text } from './api-request.ts'
import type { ApiAnswer, Route } from './api-request.ts'
import { answerOfError } from './error-answer.ts'
import type { ErrorShape } from './error-answer.ts'

const formBytes = 1024 * 1024
const dataBytes = 32 * 1024 * 1024
/** Requests under way may hold this much in all. */
const heldBytes = 256 * 1024 * 1024
const closeGraceMs = 2_000

export interface ApiServerOptions {
  readonly name: string
  readonly listen: ListenAddress
  readonly routes: readonly Route[]
  readonly errors: ErrorShape
  /** Takes over connections that ask for a websocket, after their host is checked. */
  readonly onUpgrade?: Parameters<Server['on']>[1]
}

/** A port that answers one API. */
export class ApiServer {
  private readonly options: ApiServerOptions
  private readonly budget = new ByteBudget(heldBytes)
  private listening: Listening | undefined

  private constructor(options: ApiServerOptions) {
    this.options = options
  }

  /** Starts listening; throws a `WeirError` when the port cannot be had. */
  static async start(options: ApiServerOptions): Promise<ApiServer> {
    const api = new ApiServer(options)
    const server = createBoundedServer((request, response) => void api.serve(request, response), {
      // Senders and the backend share a machine: when it is busy, a slow request is no attack.
      limits: { headMs: 30_000, requestMs: 120_000 },
    })
    if (options.onUpgrade !== undefined) {
      const upgrade = options.onUpgrade
      server.on('upgrade', (request: IncomingMessage, socket, head) => {
        if (api.refusal(request) === undefined) upgrade(request, socket, head)
        else socket.destroy()
      })
    }
    const listening = await listen(server, options.listen)
    if (listening instanceof WeirError) throw listening
    api.listening = listening
    return api
  }

  /** `host:port` in use. */
  get address(): string {
    const { host, port } = this.listening!
    return `${host.includes(':') ? `[${host}]` : host}:${port}`
  }

  async close(): Promise<void> {
    await this.listening?.close(closeGraceMs)
  }

  private get policy(): HostPolicy {
    return loopbackHosts(this.listening?.port ?? 0)
  }

  private refusal(request: IncomingMessage): { readonly status: number; readonly reason: string } | undefined {
    const host = checkHost(request.rawHeaders, request.url ?? '', this.policy)
    if (!host.allowed) return host
    const origin = checkOrigin(request.rawHeaders, new Set())
    return origin.allowed ? undefined : origin
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const account = this.budget.open()
    response.once('close', () => account.close())
    const refused = this.refusal(request)
    if (refused !== undefined) {
      send(response, { status: refused.status, contentType: 'text/plain', body: '' })
      return
    }
    try {
      send(response, await this.answer(request, (bytes) => account.take(bytes)))
    } catch (error) {
      if (request.destroyed && !request.complete) return
      send(response, answerOfError(error, this.options.errors))
    } finally {
      account.close()
    }
  }

  private async answer(request: IncomingMessage, hold: (bytes: number) => boolean): Promise<ApiAnswer> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://backend')
    const { name, routes } = this.options
    const found = routes.flatMap((route) => {
      const match = route.pattern.exec(pathname)
      return match === null ? [] : [{ route, match }]
    })
    if (found.length === 0) {
      return text(`there is nothing at ${pathname}: this is ${name} of the embedded backend`, 404)
    }
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET')
    const chosen = found.find(({ route }) => (route.methods as readonly string[]).includes(method))
    if (chosen === undefined)
      return text(`${pathname} takes ${found[0].route.methods.join(' or ')}, not ${method}`, 405)
    const { route, match } = chosen
    const body = await readBody(request, route.takesData === true ? dataBytes : formBytes)
    if ('kind' in body) return json({ status: 'error', error: body.message }, body.status)
    if (!hold(body.length)) return text('too many unfinished requests are held already; try again later', 503)
    const coding = (request.headers['content-encoding'] ?? '').trim().toLowerCase()
    // A snappy block is what the handlers of pushes read; other codings come off here.
    const inflated = coding === 'snappy' ? body : await inflateBody(body, coding, { maxBytes: dataBytes * 2 })
    if ('kind' in inflated) return text(inflated.message, inflated.status)
    if (inflated !== body && !hold(inflated.length))
      return text('too many unfinished requests are held already; try again later', 503)
    const form = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')
    const params = new URLSearchParams(searchParams)
    if (form)
      for (const [key, value] of new URLSearchParams(Buffer.from(inflated).toString())) params.append(key, value)
    return route.answer({
      method,
      path: pathname,
      params,
      headers: request.headers,
      groups: match
        .slice(1)
        .map((group?: string) => group ?? '')
        .map((group) => decodeURIComponent(group)),
      body: form ? new Uint8Array(0) : inflated,
    })
  }
}

function send(response: ServerResponse, { status, contentType, body, headers }: ApiAnswer): void {
  if (response.destroyed || response.headersSent) return
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  response.writeHead(status, {
    ...(contentType !== '' && { 'Content-Type': contentType }),
    ...(status !== 204 && { 'Content-Length': bytes.length }),
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  })
  response.end(status === 204 || response.req.method === 'HEAD' ? undefined : bytes)
}
