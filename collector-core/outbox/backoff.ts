/** How the outbox waits between tries; absent limits mean for ever. */
export interface RetryOptions {
  readonly minBackoffMs: number
  readonly maxBackoffMs: number
  /** Growth from one wait to the next; 2 when absent. */
  readonly multiplier?: number
  /**
   * `none`: the wait itself; `up`: between it and twice it, at most the maximum; `both`: between half and one and a half of
   * it; a number: up to that share of it more or less.
   */
  readonly jitter: 'none' | 'up' | 'both' | number
  /** Time since the first try after which a request is given up. */
  readonly maxElapsedMs?: number
  /** Sends after which a request is given up. */
  readonly maxAttempts?: number
  /** Age at which fragments are given up. */
  readonly maxAgeMs?: number
}

/** The longest a server's Retry-After is followed. */
export const longestServerDelayMs = 5 * 60_000

/** The waits between the tries of one request. */
export class Backoff {
  private readonly random: () => number
  private current: number | undefined

  constructor(random: () => number) {
    this.random = random
  }

  /** The next wait. A server's own delay takes its place, at least the smallest wait and at most five minutes. */
  next(options: RetryOptions, serverDelayMs?: number): number {
    const { minBackoffMs, maxBackoffMs, multiplier = 2 } = options
    if (serverDelayMs !== undefined && serverDelayMs > 0) {
      const delay = Math.max(Math.min(serverDelayMs, longestServerDelayMs), minBackoffMs)
      this.current = Math.min(delay * multiplier, maxBackoffMs)
      return delay
    }
    const base = Math.min(Math.max(this.current ?? minBackoffMs, 1), maxBackoffMs)
    this.current = Math.min(base * multiplier, maxBackoffMs)
    return this.spread(base, options)
  }

  private spread(base: number, { jitter, maxBackoffMs }: RetryOptions): number {
    if (jitter === 'up') return Math.min(base * (1 + this.random()), maxBackoffMs)
    if (jitter === 'none') return base
    const share = jitter === 'both' ? 0.5 : jitter
    return base * (1 - share + 2 * share * this.random())
  }
}
