import type { Clock, Timer } from '../runtime/clock.ts'
import type { LogFields, Logger } from '../runtime/logger.ts'

const gatherMs = 10_000
/** Different reasons told apart within that time. */
const mostKinds = 20

/** Items given up for one reason in the server's words, or in ours. */
interface Loss {
  readonly reason: string
  readonly detail: string
  items: number
  requests: number
}

/** Logs what is given up: the first loss of a kind at once, those that follow within ten seconds in one line. */
export class LossLog {
  private readonly log: Logger
  private readonly clock: Clock
  private readonly fields: LogFields
  private readonly losses = new Map<string, Loss>()
  private timer: Timer | undefined

  /** `fields` stand in every line. */
  constructor(log: Logger, clock: Clock, fields: LogFields) {
    this.log = log
    this.clock = clock
    this.fields = fields
  }

  note(items: number, reason: string, detail: string): void {
    const key = this.losses.size < mostKinds ? `${reason}\u0000${detail}` : reason
    const known = this.losses.get(key)
    if (known !== undefined) {
      known.items += items
      known.requests++
      return
    }
    this.log.error('items were not delivered and are given up', { ...this.fields, items, reason, detail })
    this.losses.set(key, { reason, detail, items: 0, requests: 0 })
    this.timer ??= this.clock.after(gatherMs, () => this.flush())
  }

  /** Logs what has been gathered. */
  flush(): void {
    this.timer?.cancel()
    this.timer = undefined
    for (const { reason, detail, items, requests } of this.losses.values()) {
      if (requests === 0) continue
      this.log.error('more items were given up', { ...this.fields, items, requests, reason, detail })
    }
    this.losses.clear()
  }
}
