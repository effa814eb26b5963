// The sending side of an outbox: gathers fragments, oldest first, freezes them as a request, delivers it, moves on.
import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logger.ts'
import type { Bell } from './bell.ts'
import type { Delivery, DeliverySignals } from './delivery.ts'
import { errorText } from './file-system.ts'
import { after } from './fragment.ts'
import type { StoredFragment } from './fragment.ts'
import type { LogReader } from './log-reader.ts'
import type { OutboxSettings } from './outbox-options.ts'
import type { Progress } from './progress.ts'

export interface DrainOptions {
  readonly reader: LogReader
  readonly progress: Progress
  readonly delivery: Delivery
  readonly settings: () => OutboxSettings
  readonly clock: Clock
  readonly log: Logger
  /** Rings when fragments became durable or settings changed. */
  readonly news: Bell
}

const diskRetryMs = 1_000
const maxFragments = 20_000

/** Sends what the log holds, one request at a time. */
export class Drain {
  /** What the disk said when it could not be read; undefined while it can. */
  diskError: string | undefined
  private readonly options: DrainOptions
  private gathered: StoredFragment[] = []
  private items = 0
  private size = 0

  constructor(options: DrainOptions) {
    this.options = options
  }

  /** Enqueue time of the oldest fragment in hand. */
  get oldestAt(): number | undefined {
    return (this.gathered.at(0) ?? this.options.reader.upcoming)?.enqueuedAt
  }

  /** Sends until `signals.wait` aborts, then everything that is left until `signals.cut` aborts or a try fails. */
  async run(signals: DeliverySignals): Promise<void> {
    const { clock, log } = this.options
    while (!signals.cut.aborted) {
      try {
        const more = await this.sendNext(signals)
        this.diskError = undefined
        if (!more) return
      } catch (error) {
        this.diskError = errorText(error)
        log.error('could not read the queue, trying again', { error: this.diskError })
        if (signals.wait.aborted) return
        await clock.sleep(diskRetryMs, signals.wait)
      }
    }
  }

  /** False when there is nothing left to do before the stop. */
  private async sendNext(signals: DeliverySignals): Promise<boolean> {
    const { progress, delivery, reader } = this.options
    if (!(await this.gather(signals.wait))) return false
    const fragments = this.gathered
    const last = fragments.at(-1)
    if (last === undefined) {
      // A frozen request none of whose fragments can be read any more.
      await progress.acknowledge(reader.position, { segment: -1, offset: 0 })
      return true
    }
    const end = after(last)
    if (progress.sealed < end.sequence) await progress.seal(end.sequence)
    const request = { fragments, items: this.items, attempt: 0 }
    if (!(await delivery.deliver(request, last.enqueuedAt, signals))) return false
    this.gathered = []
    this.items = 0
    this.size = 0
    await progress.acknowledge(end, { segment: last.segment, offset: last.end })
    return true
  }

  /** Fills `gathered` with the next request; false when the outbox stops and nothing is left. */
  private async gather(stop: AbortSignal): Promise<boolean> {
    const { progress, settings, clock, news, reader } = this.options
    const frozen = progress.sealed > progress.acked.sequence ? progress.sealed : undefined
    let deadline: number | undefined
    for (;;) {
      const fragment = await reader.peek()
      if (frozen !== undefined) {
        if (fragment === undefined || fragment.sequence >= frozen) return true
        this.take()
        continue
      }
      const { batch } = settings()
      if (fragment !== undefined && this.fits(fragment)) {
        this.take()
        const age = Math.min(Math.max(clock.now() - fragment.enqueuedAt, 0), batch.maxAgeMs)
        deadline ??= clock.monotonic() + batch.maxAgeMs - age
        continue
      }
      if (fragment !== undefined || this.isFull()) return true
      if (stop.aborted) return this.gathered.length > 0
      if (deadline === undefined) await news.heard(clock, stop)
      else if (clock.monotonic() >= deadline) return true
      else await news.heard(clock, stop, deadline - clock.monotonic())
    }
  }

  private take(): void {
    const fragment = this.options.reader.take()
    if (fragment === undefined) return
    this.gathered.push(fragment)
    this.items += fragment.items
    this.size += fragment.size
  }

  /** Whether a fragment may join; a request never spans a stretch that was dropped. */
  private fits(fragment: StoredFragment): boolean {
    const last = this.gathered.at(-1)
    if (last === undefined) return true
    const { from } = this.options.progress.hole
    if (last.sequence < from.sequence && fragment.sequence >= from.sequence) return false
    const { maxItems, maxSize } = this.options.settings().batch
    if (this.gathered.length >= maxFragments) return false
    return this.items + fragment.items <= maxItems && this.size + fragment.size <= maxSize
  }

  private isFull(): boolean {
    const { maxItems, maxSize } = this.options.settings().batch
    return this.items >= maxItems || this.size >= maxSize
  }
}
