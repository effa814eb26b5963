// Unary gRPC over node:http2, messages as raw bytes: the caller decodes or does not. Follows the "gRPC over HTTP2" protocol
// description. The peer's windows are widened to 1 MiB, which halves the cost of large messages.
import { createSecureServer, createServer } from 'node:http2'
import type { IncomingHttpHeaders, SecureServerOptions, ServerHttp2Session, ServerHttp2Stream } from 'node:http2'
import type { Server, Socket } from 'node:net'
import type { Clock } from '../../runtime/clock.ts'
import { BufferPool } from '../buffer-pool.ts'
import { ByteBudget } from '../byte-budget.ts'
import { limitConnections } from '../connection-limits.ts'
import type { ConnectionLimits } from '../connection-limits.ts'
import { tlsRefusal } from '../tls-refusal.ts'
import { answerHttp1, createHttp2Port } from './http2-port.ts'
import type { Stranger } from './http2-port.ts'
import { serveCall } from './server-call.ts'
import type { CallOptions } from './server-call.ts'

export type { GrpcAnswer, GrpcCall, Misfortune } from './server-call.ts'

export interface GrpcServerOptions extends Omit<CallOptions, 'budget' | 'pool'> {
  readonly clock: Clock
  /** Bytes of messages held over all connections; beyond it calls are refused as UNAVAILABLE. */
  readonly maxHeldBytes: number
  readonly maxConcurrentStreams?: number
  readonly connections: ConnectionLimits
  /** TLS material; absent means clear text. */
  readonly tls?: SecureServerOptions
  /** What is told to clients that speak HTTP, but not gRPC. */
  readonly advice: string
  /** Told of connections that speak something else, or failed to agree on TLS for the reason given. */
  readonly onStranger: (stranger: Stranger, reason?: string) => void
}

/** A server that does not listen yet. */
export interface GrpcServer {
  readonly server: Server
  /** Tells all clients to make no more calls on their connections, which end with the last call under way. */
  goAway(): void
}

const windowBytes = 1024 * 1024
const defaultStreams = 256
/** Memory kept for the next messages. */
const pooledBytes = 4 * 1024 * 1024
/** How long a connection may take until its client has introduced itself. */
const headMs = 10_000

/** Makes the server; the caller listens and closes. */
export function createGrpcServer(options: GrpcServerOptions): GrpcServer {
  const { clock, advice, onStranger } = options
  const settings = {
    settings: {
      initialWindowSize: windowBytes,
      maxConcurrentStreams: options.maxConcurrentStreams ?? defaultStreams,
      maxHeaderListSize: 16 * 1024,
      enablePush: false,
    },
    // Node counts buffered data against this limit (MB) and kills sessions; `maxHeldBytes` is the bound that matters.
    maxSessionMemory: 1024,
  }
  const http2 = options.tls
    ? createSecureServer({ ...settings, handshakeTimeout: headMs, ...options.tls })
    : createServer(settings)
  const sessions = new Set<ServerHttp2Session>()
  const callOptions: CallOptions = {
    ...options,
    budget: new ByteBudget(options.maxHeldBytes),
    pool: new BufferPool(pooledBytes),
  }
  http2.on('session', (session: ServerHttp2Session) => {
    sessions.add(session)
    const deadline = clock.after(headMs, () => session.destroy())
    session.once('remoteSettings', () => deadline.cancel())
    session.once('close', () => {
      deadline.cancel()
      sessions.delete(session)
    })
    session.setLocalWindowSize(windowBytes)
  })
  http2.on('sessionError', () => undefined)
  http2.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    stream.on('error', () => undefined)
    serveCall(stream, headers, callOptions)
  })
  http2.on('unknownProtocol', (socket: Socket) => {
    onStranger('http1')
    answerHttp1(socket, advice, clock)
  })
  http2.on('tlsClientError', (error: Error) => onStranger('tls', tlsRefusal(error)))
  const server = options.tls
    ? http2
    : createHttp2Port({ clock, headMs, advice, onStranger, onHttp2: (socket) => http2.emit('connection', socket) })
  limitConnections(server, options.connections)
  return {
    server,
    goAway() {
      for (const session of sessions) session.close()
    },
  }
}
