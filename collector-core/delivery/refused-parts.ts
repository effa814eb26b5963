import type { Outcome } from '../net/http-outcome.ts'
import type { OutboxRequest } from '../outbox/outbox-options.ts'

/** Refusals on end after which parts are no longer looked at: finding one bad item takes fewer. */
const mostRefusals = 40

/** Bounds the search for the items a server does not take; one that takes nothing would have no end of them. */
export class RefusedParts {
  private refusals = 0
  private readonly searched = new WeakSet<OutboxRequest['fragments']>()

  /** Notes what became of a request or a part of one. */
  note({ fragments }: OutboxRequest, outcome: Outcome): void {
    if (outcome.kind === 'delivered') this.refusals = 0
    if (outcome.kind !== 'rejected' || outcome.split !== 'bisect') return
    this.refusals++
    this.searched.add(fragments)
  }

  /** Whether to give up a request whole rather than look into its parts. */
  isHopeless({ fragments }: OutboxRequest): boolean {
    return this.searched.has(fragments) && this.refusals > mostRefusals
  }
}
