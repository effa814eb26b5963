// Listening, the same way for every server of ours: bounded before the first byte is read, and with a useful answer when
// the port is taken.
import { lstat, unlink } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import type { Server, Socket } from 'node:net'
import { WeirError } from '../weir-error.ts'
import { defaultConnectionLimits, limitConnections } from './connection-limits.ts'
import type { ConnectionLimits, OnRefused } from './connection-limits.ts'
import { portHolder } from './port-holder.ts'
import type { PortHolder } from './port-holder.ts'

/** Limits of an HTTP server; times in milliseconds. */
export interface ServerLimits extends ConnectionLimits {
  readonly headBytes: number
  readonly headMs: number
  /** For a whole request, body included. */
  readonly requestMs: number
  readonly idleMs: number
}

export const defaultServerLimits: ServerLimits = {
  ...defaultConnectionLimits,
  headBytes: 16 * 1024,
  headMs: 5_000,
  requestMs: 30_000,
  idleMs: 60_000,
}

export interface BoundedServerOptions {
  readonly limits?: Partial<ServerLimits>
  readonly onRefused?: OnRefused
  /** Speaks TLS when given. */
  readonly tls?: https.ServerOptions
}

/** An HTTP/1.1 server that holds to its limits. Requests beyond a limit are answered by Node with 408, 431 or 400. */
export function createBoundedServer(
  handler: http.RequestListener,
  options: BoundedServerOptions = {},
): http.Server | https.Server {
  const limits = { ...defaultServerLimits, ...options.limits }
  const settings = {
    maxHeaderSize: limits.headBytes,
    headersTimeout: limits.headMs,
    requestTimeout: Math.max(limits.requestMs, limits.headMs),
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: Math.min(1000, limits.headMs),
    requireHostHeader: false,
    insecureHTTPParser: false,
  }
  const server =
    options.tls === undefined
      ? http.createServer(settings, handler)
      : https.createServer({ ...settings, handshakeTimeout: limits.headMs, ...options.tls }, handler)
  server.maxHeadersCount = 200
  server.maxRequestsPerSocket = 0
  server.on('connection', (socket: Socket) => socket.on('error', () => undefined))
  limitConnections(server, limits, options.onRefused)
  return server
}

export interface ListenAddress {
  readonly host: string
  readonly port: number
  /** Takes no IPv4 connections on an IPv6 address. */
  readonly ipv6Only?: boolean
}

interface Closable {
  /** Stops accepting, lets running requests finish, and cuts what is left after `graceMs`. */
  close(graceMs: number): Promise<void>
}

/** A server that listens. */
export interface Listening extends Closable {
  readonly kind: 'listening'
  readonly host: string
  /** The port in use, also where 0 was asked for. */
  readonly port: number
}

/** A server that listens on a socket file. */
export interface ListeningOnFile extends Closable {
  readonly kind: 'listening'
  readonly path: string
}

/** Reads `host:port`, `:port` (all interfaces) or `[::1]:port`; undefined when it is none of them. */
export function parseListenAddress(text: string): ListenAddress | undefined {
  const parts = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]\s]*)):(\d{1,5})$/.exec(text)
  if (parts === null || Number(parts[3]) > 65535) return undefined
  return { host: parts[text.startsWith('[') ? 1 : 2], port: Number(parts[3]) }
}

/** Starts listening; an empty host means all interfaces. The error says who holds the port where that can be told. */
export async function listen(
  server: Server,
  address: ListenAddress,
  findHolder: (port: number) => Promise<PortHolder | undefined> = portHolder,
): Promise<Listening | WeirError> {
  const sockets = socketsOf(server)
  const failed = await bind(server, address.host === '' ? { port: address.port } : address)
  if (failed !== undefined) return explain(failed, address, findHolder)
  const bound = server.address() as net.AddressInfo
  return {
    kind: 'listening',
    host: bound.address,
    port: bound.port,
    close: (graceMs) => closeServer(server, sockets, graceMs),
  }
}

/** Starts listening on a socket file; one that a killed process left behind is replaced. */
export async function listenOnFile(server: Server, path: string): Promise<ListeningOnFile | WeirError> {
  const sockets = socketsOf(server)
  let failed = await bind(server, { path })
  if (failed?.code === 'EADDRINUSE' && (await isAbandoned(path))) {
    await unlink(path)
    failed = await bind(server, { path })
  }
  if (failed === undefined)
    return { kind: 'listening', path, close: (graceMs) => closeServer(server, sockets, graceMs) }
  return failed.code === 'EADDRINUSE'
    ? new WeirError('socket_in_use', `${path} is in use by another process, or is no socket`, 'Choose another path.')
    : new WeirError(
        'listen_failed',
        `cannot listen on ${path}: ${failed.message}`,
        'Check that its folder exists and may be written to.',
      )
}

/** Whether a socket file is there that nobody listens on. */
async function isAbandoned(path: string): Promise<boolean> {
  const status = await lstat(path).catch(() => undefined)
  if (status?.isSocket() !== true) return false
  return new Promise((resolve) => {
    const probe = net.connect(path, () => {
      probe.destroy()
      resolve(false)
    })
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'))
  })
}

/** The connections of a server, kept current. */
function socketsOf(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return sockets
}

/** What went wrong, if anything. */
function bind(server: Server, where: net.ListenOptions): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException): void => resolve(error)
    server.once('error', onError)
    server.listen({ ...where, exclusive: true }, () => {
      server.off('error', onError)
      resolve(undefined)
    })
  })
}

const idleSweepMs = 20

async function closeServer(server: Server, sockets: ReadonlySet<Socket>, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // A connection becomes idle, and may go, when the request on it is answered.
  const sweep = setInterval(() => {
    if (server instanceof http.Server || server instanceof https.Server) server.closeIdleConnections()
  }, idleSweepMs)
  const cut = setTimeout(() => {
    for (const socket of sockets) socket.destroy()
  }, graceMs)
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
}

async function explain(
  error: NodeJS.ErrnoException,
  { host, port }: ListenAddress,
  findHolder: (port: number) => Promise<PortHolder | undefined>,
): Promise<WeirError> {
  const where = `${host.includes(':') ? `[${host}]` : host}:${port}`
  switch (error.code) {
    case 'EADDRINUSE': {
      const holder = await findHolder(port)
      const by = holder === undefined ? 'another process' : `${holder.command} (pid ${holder.pid})`
      return new WeirError(
        'port_in_use',
        `cannot listen on ${where}: the port is in use by ${by}`,
        'Stop it, or choose another port (0 picks a free one).',
      )
    }
    case 'EACCES':
      return new WeirError(
        'port_forbidden',
        `cannot listen on ${where}: this user may not use the port`,
        'Choose a port of 1024 or above.',
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new WeirError(
        'address_unavailable',
        `cannot listen on ${where}: this machine has no such address`,
        'Use 127.0.0.1, or 0.0.0.0 for all interfaces.',
      )
    default:
      return new WeirError(
        'listen_failed',
        `cannot listen on ${where}: ${error.code ?? error.name}`,
        'Check the address.',
        { cause: error },
      )
  }
}
