// Servers on this machine for tests: real sockets, scripted answers, everything closed at the end.
import type http from 'node:http'
import net from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { SocketTransport } from './http-client.ts'
import type { TransportOptions } from './http-client.ts'

export class Loopback {
  readonly #cleanups: (() => void)[] = []

  /** Runs when the test is over. */
  after(clean: () => void): void {
    this.#cleanups.push(clean)
  }

  close(): void {
    for (const clean of this.#cleanups.splice(0).reverse()) clean()
  }

  transport(options: TransportOptions = {}): SocketTransport {
    const created = new SocketTransport(options)
    this.after(() => created.close())
    return created
  }

  /** Starts a server on a free port, or on a socket file, and gives its address. */
  async listen(server: net.Server | http.Server, path?: string): Promise<string> {
    const sockets = new Set<Socket>()
    server.on('connection', (socket: Socket) => sockets.add(socket))
    this.after(() => {
      server.close()
      for (const socket of sockets) socket.destroy()
    })
    await new Promise<void>((resolve) => {
      if (path !== undefined) server.listen(path, resolve)
      else server.listen(0, '127.0.0.1', resolve)
    })
    return path ?? `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  /** A server that calls `answer` for every request head, counting from 1, and counts what it saw. */
  async scripted(answer: (request: number, socket: Socket, connection: number) => void) {
    const seen = { requests: 0, connections: 0, received: '' }
    const server = net.createServer((socket) => {
      const connection = ++seen.connections
      socket.on('error', () => undefined)
      socket.on('data', (data) => {
        seen.received += data.toString('latin1')
        if (data.includes('\r\n\r\n')) answer(++seen.requests, socket, connection)
      })
    })
    return { url: await this.listen(server), seen }
  }
}
