import type { Server, Socket } from 'node:net'

export interface ConnectionLimits {
  /** Connections at a time; further ones are closed at once. */
  readonly connections: number
  /** Of them from one address. */
  readonly connectionsPerAddress: number
}

export const defaultConnectionLimits: ConnectionLimits = { connections: 1000, connectionsPerAddress: 500 }

/** Counts what was turned away. */
export type OnRefused = (reason: 'too_many_connections' | 'too_many_from_address', address: string) => void

/** Holds a server to its limits, whatever protocol it speaks; call before it listens. */
export function limitConnections(
  server: Server,
  limits: ConnectionLimits,
  onRefused: OnRefused = () => undefined,
): void {
  server.maxConnections = limits.connections
  server.on('drop', (data) => onRefused('too_many_connections', data?.remoteAddress ?? ''))
  const open = new Map<string, number>()
  server.prependListener('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    const count = (open.get(address) ?? 0) + 1
    if (count > limits.connectionsPerAddress) {
      onRefused('too_many_from_address', address)
      socket.destroy()
      return
    }
    open.set(address, count)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left === 0) open.delete(address)
      else open.set(address, left)
    })
  })
}
