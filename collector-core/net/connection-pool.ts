import type { Clock, Timer } from '../runtime/clock.ts'
import { failure } from './failure.ts'
import type { TransportFailure } from './failure.ts'
import { HttpConnection } from './http-connection.ts'
import type { OpenSocket } from './http-connection.ts'
import type { HttpTarget } from './http-target.ts'

export interface PoolLimits {
  /** Connections to one origin at a time; further requests wait. */
  readonly connectionsPerOrigin: number
  /** Requests that may wait for one origin; further ones fail at once. */
  readonly waitingPerOrigin: number
  /** How long an unused connection is kept. */
  readonly idleMs: number
  /** How long connecting may take, TLS included. */
  readonly connectMs: number
}

export const defaultPoolLimits: PoolLimits = {
  connectionsPerOrigin: 32,
  waitingPerOrigin: 1000,
  idleMs: 55_000,
  connectMs: 10_000,
}

/** Servers close idle connections at about the time they announce; ours go a little earlier. */
const idleMarginMs = 1000

type Hand = (connection: HttpConnection | TransportFailure) => void

interface Origin {
  readonly idle: HttpConnection[]
  readonly open: Set<HttpConnection>
  readonly waiting: Set<{ readonly hand: Hand; readonly connect: () => void }>
}

/** A request for a connection; `cancel` gives it up, with whatever was being opened for it. */
export interface PendingConnection {
  readonly connection: Promise<HttpConnection | TransportFailure>
  cancel(reason: TransportFailure): void
}

/** Keep-alive connections by origin, the most recently used first. */
export class ConnectionPool {
  readonly #clock: Clock
  readonly #limits: PoolLimits
  readonly #origins = new Map<string, Origin>()
  #sweep: Timer | undefined

  constructor(clock: Clock, limits: PoolLimits) {
    this.#clock = clock
    this.#limits = limits
  }

  /** An idle connection, if there is one. */
  takeIdle(target: HttpTarget): HttpConnection | undefined {
    const origin = this.#origins.get(target.key)
    if (origin === undefined) return undefined
    const now = this.#clock.monotonic()
    for (;;) {
      const connection = origin.idle.pop()
      if (connection === undefined) return undefined
      if (!connection.dead && now - connection.idleSince < connection.idleLimitMs) {
        connection.hold(true)
        return connection
      }
      this.#drop(target.key, connection)
    }
  }

  /** A new connection, or where that would be one too many the next that is given back. */
  acquire(target: HttpTarget, open: OpenSocket): PendingConnection {
    const origin = this.#origin(target.key)
    if (origin.open.size >= this.#limits.connectionsPerOrigin) {
      const unused = origin.idle.shift()
      if (unused !== undefined) this.#drop(target.key, unused)
      else return this.#wait(target, origin, open)
    }
    return this.#connect(target, open)
  }

  /** Gives a connection back after an exchange. */
  release(connection: HttpConnection, keepAliveMs: number | undefined): void {
    const origin = this.#origins.get(connection.key)
    const idleMs = Math.min(this.#limits.idleMs, (keepAliveMs ?? Infinity) - idleMarginMs)
    if (connection.dead || idleMs <= 0 || origin === undefined) {
      this.#drop(connection.key, connection)
      return
    }
    const next = firstOf(origin.waiting)
    if (next !== undefined) {
      origin.waiting.delete(next)
      next.hand(connection)
      return
    }
    connection.idleSince = this.#clock.monotonic()
    connection.idleLimitMs = idleMs
    connection.hold(false)
    origin.idle.push(connection)
    this.#sweep ??= this.#clock.after(this.#limits.idleMs / 4, () => this.#dropUnused())
  }

  /** Ends every connection. */
  close(): void {
    this.#sweep?.cancel()
    this.#sweep = undefined
    for (const origin of this.#origins.values()) {
      for (const connection of origin.open) connection.destroy()
    }
    this.#origins.clear()
  }

  #origin(key: string): Origin {
    let origin = this.#origins.get(key)
    if (origin === undefined) {
      origin = { idle: [], open: new Set(), waiting: new Set() }
      this.#origins.set(key, origin)
    }
    return origin
  }

  #connect(target: HttpTarget, open: OpenSocket): PendingConnection {
    let cancel: PendingConnection['cancel'] = () => undefined
    const connection = new Promise<HttpConnection | TransportFailure>((resolve) => {
      const { connectMs } = this.#limits
      const timer = this.#clock.after(connectMs, () => {
        cancel(
          failure(
            'timeout',
            `${target.display}: no connection within ${connectMs / 1000} s`,
            'Check that it is running and not overloaded; a firewall may also be dropping the packets.',
          ),
        )
      })
      const created: HttpConnection = new HttpConnection(target.key, target.display, open, (failed) => {
        timer.cancel()
        if (failed !== undefined) this.#drop(target.key, created)
        resolve(failed ?? created)
      })
      created.onIdleEnd = () => this.#drop(target.key, created)
      this.#origin(target.key).open.add(created)
      cancel = (reason) => created.destroy(reason)
    })
    return { connection, cancel: (reason) => cancel(reason) }
  }

  #wait(target: HttpTarget, origin: Origin, open: OpenSocket): PendingConnection {
    if (origin.waiting.size >= this.#limits.waitingPerOrigin) {
      const refused = failure(
        'overloaded',
        `${target.display}: ${origin.waiting.size} requests are already waiting for it`,
        'Wait until it answers again, or send to it less often.',
      )
      return { connection: Promise.resolve(refused), cancel: () => undefined }
    }
    let cancel: PendingConnection['cancel'] = () => undefined
    const connection = new Promise<HttpConnection | TransportFailure>((resolve) => {
      const place = {
        hand: resolve,
        connect: () => {
          const pending = this.#connect(target, open)
          cancel = pending.cancel
          void pending.connection.then(resolve)
        },
      }
      origin.waiting.add(place)
      cancel = (reason) => {
        origin.waiting.delete(place)
        resolve(reason)
      }
    })
    return { connection, cancel: (reason) => cancel(reason) }
  }

  #drop(key: string, connection: HttpConnection): void {
    if (!connection.dead) connection.destroy()
    const origin = this.#origins.get(key)
    if (origin === undefined || !origin.open.delete(connection)) return
    const index = origin.idle.indexOf(connection)
    if (index !== -1) origin.idle.splice(index, 1)
    const next = firstOf(origin.waiting)
    if (next !== undefined) {
      origin.waiting.delete(next)
      next.connect()
    } else if (origin.open.size === 0) {
      this.#origins.delete(key)
    }
  }

  #dropUnused(): void {
    this.#sweep = undefined
    const now = this.#clock.monotonic()
    let left = 0
    for (const [key, origin] of this.#origins) {
      for (const connection of [...origin.idle]) {
        if (now - connection.idleSince >= connection.idleLimitMs) this.#drop(key, connection)
        else left++
      }
    }
    if (left > 0) this.#sweep = this.#clock.after(this.#limits.idleMs / 4, () => this.#dropUnused())
  }
}

function firstOf<T>(set: ReadonlySet<T>): T | undefined {
  for (const item of set) return item
  return undefined
}
