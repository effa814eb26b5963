// The sending side of an outbox: takes fragments in hand, oldest first, freezes requests of them, delivers those, moves on.
import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logger.ts'
import type { Bell } from './bell.ts'
import type { Delivery, DeliverySignals } from './delivery.ts'
import { errorText } from './file-system.ts'
import type { StoredFragment } from './fragment.ts'
import type { FrozenRequest, Hand, HandLimits } from './hand.ts'
import type { LogReader } from './log-reader.ts'
import type { OutboxSettings } from './outbox-options.ts'
import type { Progress } from './progress.ts'

export interface DrainOptions {
  readonly reader: LogReader
  readonly progress: Progress
  readonly hand: Hand
  readonly delivery: Delivery
  readonly settings: () => OutboxSettings
  readonly clock: Clock
  readonly log: Logger
  /** Rings when fragments became durable or settings changed. */
  readonly news: Bell
}

const diskRetryMs = 1_000
const mostReadAheadBytes = 8 * 1024 * 1024
/** Waits beside requests under way: while they get through, and while they do not. */
const besideMs = { well: 20, badly: 1_000 }

/** Sends what the log holds. */
export class Drain {
  /** What the disk said when it could not be read; undefined while it can. */
  diskError: string | undefined
  private readonly options: DrainOptions
  private readonly running = new Set<Promise<void>>()
  private interrupted = false

  constructor(options: DrainOptions) {
    this.options = options
  }

  /** Enqueue time of the oldest fragment in hand. */
  get oldestAt(): number | undefined {
    return (this.options.hand.oldest ?? this.options.reader.upcoming)?.enqueuedAt
  }

  /** Sends until `signals.wait` aborts, then everything that is left until `signals.cut` aborts or a try fails. */
  async run(signals: DeliverySignals): Promise<void> {
    const { clock, news } = this.options
    for (;;) {
      const heard = news.rings
      const over = signals.cut.aborted || this.interrupted
      const wakeAt = over ? undefined : await this.sendWhatIsDue(signals)
      if (this.running.size > 0 && (over || signals.wait.aborted)) await Promise.race(this.running)
      else if (over || signals.wait.aborted) return
      else await news.heard(clock, signals.wait, wakeAt && Math.max(wakeAt - clock.monotonic(), 0), heard)
    }
  }

  /** Starts what may be started, and says when to look again if nothing happens. */
  private async sendWhatIsDue(signals: DeliverySignals): Promise<number | undefined> {
    const { hand, progress, clock, log } = this.options
    try {
      for (;;) {
        const limits = this.limits()
        const flush = !(await this.fill(limits)) || signals.wait.aborted
        this.diskError = undefined
        const { requests, wakeAt } = hand.choose(limits, limits.parallel - hand.underWay, clock.monotonic(), flush)
        if (requests.length === 0) return wakeAt
        // What may be sent in any order may be cut anew after a power cut.
        await (requests.every(({ lanes }) => lanes === 0) ? progress.note() : progress.save())
        for (const request of requests) this.start(request, signals)
      }
    } catch (error) {
      this.diskError = errorText(error)
      log.error('could not read the queue, trying again', { error: this.diskError })
      return clock.monotonic() + diskRetryMs
    }
  }

  private limits(): HandLimits {
    const settings = this.options.settings()
    return {
      batch: settings.batch,
      parallel: settings.parallel?.() ?? 1,
      readAheadItems: settings.readAheadItems?.() ?? Infinity,
      besideMs: this.options.delivery.state === 'sending' ? besideMs.well : besideMs.badly,
      readAheadBytes: Math.min(mostReadAheadBytes, settings.maxBytes / 16),
    }
  }

  /** Takes fragments in hand; false when there are more than it wants. */
  private async fill(limits: HandLimits): Promise<boolean> {
    const { hand, reader, progress, clock } = this.options
    for (;;) {
      const fragment = await reader.peek()
      // What was next may have been lost, or dropped to make room.
      if (hand.isEmpty && reader.position.sequence > progress.acked.sequence) {
        await progress.acknowledge(reader.position, { segment: -1, offset: 0 })
      }
      if (fragment === undefined) return true
      if (this.spansHole(fragment) || !hand.wants(fragment, limits)) return false
      const taken = reader.take()
      const age = Math.min(Math.max(clock.now() - fragment.enqueuedAt, 0), limits.batch.maxAgeMs)
      if (taken !== undefined) hand.add(taken, clock.monotonic() - age)
    }
  }

  /** What is in hand never spans a stretch that was dropped. */
  private spansHole(fragment: StoredFragment): boolean {
    const { from } = this.options.progress.hole
    const oldest = this.options.hand.oldest
    return oldest !== undefined && oldest.sequence < from.sequence && fragment.sequence >= from.sequence
  }

  private start(request: FrozenRequest, signals: DeliverySignals): void {
    const ended = this.deliver(request, signals).finally(() => {
      this.running.delete(ended)
      this.options.news.ring()
    })
    this.running.add(ended)
  }

  private async deliver(request: FrozenRequest, signals: DeliverySignals): Promise<void> {
    const { delivery, hand, progress } = this.options
    const { fragments, items } = request
    const newestAt = fragments[fragments.length - 1].enqueuedAt
    if (!(await delivery.deliver({ fragments, items, attempt: 0 }, newestAt, signals))) {
      this.interrupted = true
      return
    }
    const reached = hand.finish(request)
    await progress.acknowledge(reached?.position ?? progress.acked, reached?.place ?? progress.place)
  }
}
