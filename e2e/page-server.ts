// Serves captured pages, to every client the same sequence: its n-th request of a path gets the n-th page, later ones the
// last. So two scrapers that ask at different times see the same values.
import { BackendServer } from './backend-server.ts'

/** A page of text. */
export interface TextPage {
  readonly contentType: string
  readonly body: string
}

/** A page, or a status without one. */
export type Page = TextPage | { readonly contentType: string; readonly body: Uint8Array } | { readonly status: number }

export class PageServer {
  backend!: BackendServer
  private readonly served = new Map<string, number>()

  /** Clients are told apart by the first word of their User-Agent. */
  static async start(pages: Readonly<Partial<Record<string, readonly Page[]>>>): Promise<PageServer> {
    const server = new PageServer()
    server.backend = await BackendServer.start((request, response) => {
      const path = request.url ?? ''
      const sequence = pages[path]
      if (sequence === undefined) {
        response.writeHead(404).end()
        return
      }
      const key = `${clientOf(request.headers['user-agent'] ?? '')} ${path}`
      const turn = server.served.get(key) ?? 0
      server.served.set(key, turn + 1)
      const page = sequence[Math.min(turn, sequence.length - 1)]
      if ('status' in page) response.writeHead(page.status).end()
      else response.writeHead(200, { 'Content-Type': page.contentType }).end(page.body)
    })
    return server
  }

  get address(): string {
    return `127.0.0.1:${this.backend.port}`
  }

  /** How many requests a client made of a path. */
  turns(client: string, path: string): number {
    return this.served.get(`${client} ${path}`) ?? 0
  }
}

/** Takes a page of a running program as it is now. */
export async function capture(url: string, accept: string): Promise<TextPage> {
  const response = await fetch(url, { headers: { Accept: accept } })
  return { contentType: response.headers.get('content-type') ?? '', body: await response.text() }
}

function clientOf(userAgent: string): string {
  return userAgent.split('/')[0]
}
