import type { Clock, Timer } from '../runtime/clock.ts'
import type { LogBatch } from '../signal/log-batch.ts'
import type { Acceptance, Receiver } from '../signal/receiver.ts'

/** A batch on its way, and the position that is reached once it, and all before it, have arrived. */
export interface Parcel<P> {
  /** Undefined when there is only a position to report (lines that were left out on purpose). */
  readonly batch: LogBatch | undefined
  readonly items: number
  readonly bytes: number
  readonly position: P
  /** Called when the batch's bytes are no longer needed. */
  release(): void
}

export interface DeliveryOptions<P> {
  /** Asked for every hand-over, so that it may change. */
  readonly receiver: () => Receiver<'logs'>
  readonly clock: Clock
  readonly random: () => number
  /** Bytes that may be handed over and not yet accepted; one parcel is always allowed. Asked each time. */
  readonly windowBytes: () => number
  /** Everything up to this position has been accepted (or given up and counted). */
  readonly onPosition: (position: P) => void
  /** The receiver will never take these lines. */
  readonly onRejected: (items: number, reason: string) => void
  readonly onRefused?: (reason: string) => void
}

interface Pending<P> {
  readonly parcel: Parcel<P>
  state: 'held' | 'offered' | 'refused' | 'settled'
}

const firstRetryMs = 250
const longestRetryMs = 5_000

/**
 * Hands batches over in order with several under way at once, offers refused ones again until they are taken, and
 * reports how far the unbroken row of accepted batches reaches. Nothing new is offered while a refused batch waits.
 */
export class Delivery<P> {
  private readonly options: DeliveryOptions<P>
  private readonly pending: Pending<P>[] = []
  private readonly waiters: (() => void)[] = []
  private bytes = 0
  private refusals = 0
  private recovering = false
  private timer: Timer | undefined
  private stopped = false

  constructor(options: DeliveryOptions<P>) {
    this.options = options
  }

  /** Takes a parcel; never refuses. The caller stops reading while `full`. */
  offer(parcel: Parcel<P>): void {
    const entry: Pending<P> = { parcel, state: 'held' }
    this.pending.push(entry)
    this.bytes += parcel.bytes
    if (!this.recovering && !this.stopped) this.send(entry)
  }

  get full(): boolean {
    return this.bytes >= this.options.windowBytes()
  }

  get unacknowledgedBytes(): number {
    return this.bytes
  }

  /** Resolves when there is room again, or at once after `stop`. */
  async room(): Promise<void> {
    while (this.full && !this.stopped) await this.change()
  }

  /** Resolves when everything offered has settled, or, after `stop`, when nothing is in the receiver's hands any more. */
  async drained(): Promise<void> {
    while (this.stopped ? this.pending.some(({ state }) => state === 'offered') : this.pending.length > 0) {
      await this.change()
    }
  }

  /** Offers nothing any more; what was not accepted is left for the next run, which starts at the reported position. */
  stop(): void {
    this.stopped = true
    this.timer?.cancel()
    this.wake()
  }

  private send(entry: Pending<P>): void {
    const { batch, items } = entry.parcel
    entry.state = 'offered'
    if (batch === undefined || items === 0) {
      this.settle(entry)
      return
    }
    void this.options
      .receiver()
      .accept(batch)
      .then((acceptance) => this.answered(entry, acceptance))
  }

  private answered(entry: Pending<P>, acceptance: Acceptance): void {
    if (acceptance.kind === 'accepted') {
      this.refusals = 0
      this.settle(entry)
      this.sendNext()
    } else if (acceptance.retryable) {
      entry.state = 'refused'
      this.recovering = true
      this.options.onRefused?.(acceptance.reason)
      this.retryLater(acceptance.retryAfterMs)
    } else {
      this.options.onRejected(entry.parcel.items, acceptance.reason)
      this.settle(entry)
      this.sendNext()
    }
    this.wake()
  }

  private retryLater(retryAfterMs: number | undefined): void {
    if (this.timer || this.stopped) return
    const backoff = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(this.refusals++, 10))
    const delay = Math.max(retryAfterMs ?? 0, backoff * (0.5 + this.options.random() / 2))
    this.timer = this.options.clock.after(delay, () => {
      this.timer = undefined
      this.sendNext()
    })
  }

  /** After a refusal batches go one by one, the oldest first, until none that was refused or held back is left. */
  private sendNext(): void {
    if (!this.recovering || this.timer || this.stopped) return
    const next = this.pending.find(({ state }) => state === 'refused' || state === 'held')
    if (next === undefined) this.recovering = false
    else if (!this.pending.some(({ state }) => state === 'offered')) this.send(next)
  }

  private settle(entry: Pending<P>): void {
    entry.state = 'settled'
    entry.parcel.release()
    let reached: Parcel<P> | undefined
    while (this.pending.length > 0 && this.pending[0].state === 'settled') {
      reached = this.pending.shift()!.parcel
      this.bytes -= reached.bytes
    }
    if (reached) {
      this.options.onPosition(reached.position)
      this.wake()
    }
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.waiters.push(resolve))
  }

  private wake(): void {
    for (const resolve of this.waiters.splice(0)) resolve()
  }
}
