import { createServer } from 'node:http'
import type { IncomingHttpHeaders, RequestListener, Server } from 'node:http'
import type { Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { freePort } from './free-port.ts'

/** One request as a backend saw it, `at` milliseconds since 1970. */
export interface SeenRequest {
  readonly at: number
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** An HTTP server on a port that stays the same while it goes down and comes back. */
export class BackendServer {
  readonly port: number
  private readonly listener: RequestListener
  private server: Server | undefined
  private readonly sockets = new Set<Socket>()

  constructor(port: number, listener: RequestListener) {
    this.port = port
    this.listener = listener
  }

  /** Starts listening; stops when the test ends. */
  static async start(listener: RequestListener, port?: number): Promise<BackendServer> {
    const backend = new BackendServer(port ?? (await freePort()), listener)
    await backend.up()
    onTestFinished(() => backend.down())
    return backend
  }

  up(): Promise<void> {
    const server = createServer(this.listener)
    this.server = server
    server.on('connection', (socket) => {
      this.sockets.add(socket)
      socket.once('close', () => this.sockets.delete(socket))
    })
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(this.port, '127.0.0.1', resolve)
    })
  }

  /** Closes the port and every connection: further attempts are refused by the system. */
  async down(): Promise<void> {
    const { server } = this
    this.server = undefined
    if (server === undefined) return
    for (const socket of this.sockets) socket.destroy()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
}

/** Reads a request's body whole. */
export async function bodyOf(request: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}
