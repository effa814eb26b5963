import type { Clock, Timer } from '../runtime/clock.ts'

interface Pending {
  at: number
  order: number
  call: () => void
}

/** A clock that moves only when told to. `advance` runs due timers in order and lets promises settle in between. */
export class FakeClock implements Clock {
  private wall: number
  private steady = 0
  private order = 0
  private pending: Pending[] = []

  constructor(startMs = 1_700_000_000_000) {
    this.wall = startMs
  }

  now(): number {
    return this.wall
  }

  monotonic(): number {
    return this.steady
  }

  after(delayMs: number, call: () => void): Timer {
    const entry: Pending = { at: this.steady + Math.max(delayMs, 0), order: this.order++, call }
    this.pending.push(entry)
    return { cancel: () => void (this.pending = this.pending.filter((other) => other !== entry)) }
  }

  sleep(delayMs: number, stop?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (stop?.aborted) return resolve()
      const done = (): void => {
        timer.cancel()
        stop?.removeEventListener('abort', done)
        resolve()
      }
      const timer = this.after(delayMs, done)
      stop?.addEventListener('abort', done)
    })
  }

  /** How many timers have not run: what looks at the real disk in between has come to its next pause when its timer is here. */
  get waiting(): number {
    return this.pending.length
  }

  /** Moves both clocks forward by `ms`. */
  async advance(ms: number): Promise<void> {
    const end = this.steady + ms
    await settle()
    for (;;) {
      const due = this.pending
        .filter((entry) => entry.at <= end)
        .sort((a, b) => a.at - b.at || a.order - b.order)
        .at(0)
      if (due === undefined) break
      this.pending = this.pending.filter((entry) => entry !== due)
      this.moveTo(due.at)
      due.call()
      await settle()
    }
    this.moveTo(end)
    await settle()
  }

  /** Steps the wall clock only, as an administrator or NTP would. */
  stepWall(ms: number): void {
    this.wall += ms
  }

  private moveTo(at: number): void {
    this.wall += at - this.steady
    this.steady = at
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve))
}
