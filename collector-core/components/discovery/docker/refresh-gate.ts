import type { Clock } from '../../../runtime/clock.ts'

/** Two runs are at least this far apart, and so far that they take a fifth of the time at most. */
const betweenRunsMs = 200
/** A failed run is tried again after this time even if nobody asks. */
const afterFailureMs = 5_000

/** Runs `call` once per burst of requests, never twice at the same time; after a quiet time at once. */
export class RefreshGate {
  private readonly clock: Clock
  private readonly stop: AbortSignal
  private readonly call: () => Promise<'done' | 'failed'>
  private wanted = false
  private running = false
  private work: Promise<void> = Promise.resolve()

  constructor(clock: Clock, stop: AbortSignal, call: () => Promise<'done' | 'failed'>) {
    this.clock = clock
    this.stop = stop
    this.call = call
  }

  request(): void {
    this.wanted = true
    if (this.running) return
    this.running = true
    this.work = this.runAll()
  }

  /** Resolves when nothing is running; with `stop` aborted that is soon. */
  async idle(): Promise<void> {
    await this.work
  }

  private async runAll(): Promise<void> {
    while (this.wanted && !this.stop.aborted) {
      this.wanted = false
      const started = this.clock.monotonic()
      const outcome = await this.call()
      if (outcome === 'failed') this.wanted = true
      const pause = Math.max(betweenRunsMs, 4 * (this.clock.monotonic() - started))
      await this.clock.sleep(outcome === 'failed' ? afterFailureMs : pause, this.stop)
    }
    this.running = false
  }
}
