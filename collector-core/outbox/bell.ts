import type { Clock } from '../runtime/clock.ts'

/** Lets loops sleep until something happens: `ring` wakes everyone who waits. */
export class Bell {
  private waiting: (() => void)[] = []

  ring(): void {
    const woken = this.waiting
    this.waiting = []
    for (const wake of woken) wake()
  }

  /** Resolves at the next ring, when `stop` aborts, or after `timeoutMs`, whichever comes first. */
  heard(clock: Clock, stop: AbortSignal, timeoutMs?: number): Promise<void> {
    return new Promise((resolve) => {
      if (stop.aborted) {
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
