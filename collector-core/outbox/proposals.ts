import type { StoredFragment } from './fragment.ts'
import type { HandLimits } from './hand.ts'
import type { BatchOptions } from './outbox-options.ts'

interface Proposal {
  readonly fragments: StoredFragment[]
  readonly since: number
  lanes: number
  items: number
  size: number
  full: boolean
}

/** Requests that could be sent side by side, made from fragments in the order of the log. */
export class Proposals {
  private readonly batch: BatchOptions
  private readonly besideMs: number
  private readonly single: boolean
  private readonly wanted: number
  private readonly list: Proposal[] = []
  private blocked: number
  private full = 0

  /** At most `wanted`, beside requests in `lanes`. */
  constructor({ batch, parallel, besideMs }: HandLimits, wanted: number, lanes: number) {
    this.batch = batch
    this.besideMs = besideMs
    this.single = parallel === 1
    this.wanted = wanted
    this.blocked = lanes
  }

  /** Finds a place for the next fragment that waits; false when looking at more of them is pointless. */
  consider(fragment: StoredFragment, since: number): boolean {
    const { lanes } = fragment
    if ((lanes & this.blocked) !== 0) {
      this.blocked |= lanes
      return true
    }
    const home = this.list.find(({ full, lanes: own }) => !full && (this.single || (lanes & ~own) === 0))
    if (home !== undefined && this.fits(home, fragment)) {
      home.fragments.push(fragment)
      home.lanes |= lanes
      home.items += fragment.items
      home.size += fragment.size
      this.closeIfFull(home)
    } else {
      if (home !== undefined) this.close(home)
      if ((lanes & this.blocked) === 0 && this.list.every((other) => (other.lanes & lanes) === 0)) {
        this.open(fragment, since)
      } else {
        this.blocked |= lanes
      }
    }
    return this.full < this.wanted && !(this.single && this.full > 0)
  }

  /** Those to send now, and when the next one will be due. */
  due(
    now: number,
    flush: boolean,
    busy: boolean,
  ): { readonly due: readonly Proposal[]; readonly wakeAt: number | undefined } {
    const due: Proposal[] = []
    let wakeAt: number | undefined
    for (const proposal of this.list) {
      if (due.length >= this.wanted) break
      const { maxAgeMs } = this.batch
      const dueAt = proposal.since + (busy || due.length > 0 ? Math.max(maxAgeMs, this.besideMs) : maxAgeMs)
      if (flush || proposal.full || now >= dueAt) due.push(proposal)
      else wakeAt = Math.min(wakeAt ?? Infinity, dueAt)
    }
    return { due, wakeAt }
  }

  private open(fragment: StoredFragment, since: number): void {
    const { lanes, items, size } = fragment
    const proposal: Proposal = { fragments: [fragment], since, lanes, items, size, full: false }
    this.list.push(proposal)
    this.closeIfFull(proposal)
  }

  private fits({ items, size }: Proposal, fragment: StoredFragment): boolean {
    return items + fragment.items <= this.batch.maxItems && size + fragment.size <= this.batch.maxSize
  }

  private closeIfFull(proposal: Proposal): void {
    const { maxItems, maxSize, enoughItems = maxItems, enoughSize = maxSize } = this.batch
    if (proposal.items >= enoughItems || proposal.size >= enoughSize) this.close(proposal)
  }

  private close(proposal: Proposal): void {
    if (proposal.full) return
    proposal.full = true
    this.blocked |= proposal.lanes
    this.full++
  }
}
