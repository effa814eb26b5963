import type { Clock } from '../runtime/clock.ts'

/** Lets loops sleep until something happens: `ring` wakes everyone who waits. */
export class Bell {
  /** How often it rang so far. */
  rings = 0
  private waiting: (() => void)[] = []

  ring(): void {
    this.rings++
    const woken = this.waiting
    this.waiting = []
    for (const wake of woken) wake()
  }

  /**
   * Resolves at the next ring, when `stop` aborts, or after `timeoutMs`, whichever comes first; at once when it rang since
   * it had rung `since` times.
   */
  heard(clock: Clock, stop: AbortSignal, timeoutMs?: number, since = this.rings): Promise<void> {
    return new Promise((resolve) => {
      if (stop.aborted || this.rings !== since) {
        resolve()
        return
      }
      const timer = timeoutMs === undefined ? undefined : clock.after(timeoutMs, () => wake())
      const wake = (): void => {
        timer?.cancel()
        stop.removeEventListener('abort', wake)
        this.waiting = this.waiting.filter((other) => other !== wake)
        resolve()
      }
      stop.addEventListener('abort', wake, { once: true })
      this.waiting.push(wake)
    })
  }
}
