/** A pending call; `cancel` is idempotent. */
export interface Timer {
  cancel(): void
}

/**
 * Wall and monotonic time in milliseconds. Delays run on monotonic time, so a step of the wall clock neither fires nor
 * stalls them.
 */
export interface Clock {
  /** Wall time, milliseconds since the epoch. */
  now(): number
  /** Milliseconds since some fixed moment; never goes back. */
  monotonic(): number
  after(delayMs: number, call: () => void): Timer
  /** Resolves after the delay, or at once when `stop` aborts. */
  sleep(delayMs: number, stop?: AbortSignal): Promise<void>
}

const longestTimer = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, call) {
    const handle = setTimeout(call, Math.min(Math.max(delayMs, 0), longestTimer))
    return { cancel: () => clearTimeout(handle) }
  },
  sleep(delayMs, stop) {
    return new Promise((resolve) => {
      if (stop?.aborted) return resolve()
      const done = (): void => {
        clearTimeout(handle)
        stop?.removeEventListener('abort', done)
        resolve()
      }
      const handle = setTimeout(done, Math.min(Math.max(delayMs, 0), longestTimer))
      stop?.addEventListener('abort', done, { once: true })
    })
  },
}
