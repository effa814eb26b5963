import net from 'node:net'
import tls from 'node:tls'
import type { LookupFunction } from 'node:net'
import type { OpenSocket } from './http-connection.ts'
import type { HttpTarget } from './http-target.ts'
import type { TlsClientOptions } from './tls-options.ts'

/** Ways to reach a target; the network as the transport sees it. */
export type Connector = (target: HttpTarget, tls: TlsClientOptions | undefined) => OpenSocket

const keepAliveDelayMs = 15_000

/** Connects with the operating system's sockets; `lookup` replaces its name resolution. */
export function systemConnector(lookup?: LookupFunction): Connector {
  return (target, tlsOptions) => (onRead, onOpen) => {
    const where =
      target.socketPath === undefined ? { host: target.host, port: target.port } : { path: target.socketPath }
    const options = { ...where, lookup, onread: onRead, noDelay: true, keepAlive: true }
    if (!target.secure) {
      const socket = net.connect({ ...options, keepAliveInitialDelay: keepAliveDelayMs })
      socket.once('connect', onOpen)
      return socket
    }
    const servername = tlsOptions?.servername ?? (net.isIP(target.host) === 0 ? target.host : '')
    const socket = tls.connect({
      ...options,
      ...tlsOptions,
      servername,
      ALPNProtocols: ['http/1.1'],
    } as tls.ConnectionOptions)
    socket.once('secureConnect', () => {
      socket.setKeepAlive(true, keepAliveDelayMs)
      onOpen()
    })
    return socket
  }
}
