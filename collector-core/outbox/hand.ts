// The fragments an outbox has in hand: read from the log and not done with all before them. It chooses what is sent next:
// requests of fragments that are in each other's order, side by side where they have no lane in common.
import type { Marks } from './cursor-file.ts'
import { mostMarks } from './cursor-file.ts'
import { after, before } from './fragment.ts'
import type { LogPosition, Place, StoredFragment } from './fragment.ts'
import type { BatchOptions } from './outbox-options.ts'
import { Proposals } from './proposals.ts'

/** A request that is to be sent as it is, however often. */
export interface FrozenRequest {
  readonly fragments: readonly StoredFragment[]
  readonly items: number
  readonly lanes: number
}

/** The bounds of the moment. Times are monotonic, in ms. */
export interface HandLimits {
  readonly batch: BatchOptions
  readonly parallel: number
  readonly readAheadItems: number
  readonly readAheadBytes: number
  /** While requests are under way, others wait at least this long for company. */
  readonly besideMs: number
}

export interface Choice {
  readonly requests: readonly FrozenRequest[]
  /** When a fragment will have waited long enough for company, ms on the monotonic clock. */
  readonly wakeAt: number | undefined
}

/** `since` is when the fragment began to wait for company. */
interface Slot {
  fragment: StoredFragment
  readonly since: number
  state: 'waiting' | 'frozen' | 'done'
}

interface Frozen extends FrozenRequest {
  /** Tells it from the others in the cursor. */
  readonly mark: number
  readonly fragments: StoredFragment[]
  items: number
  lanes: number
  sent: boolean
}

const nothing = new Uint8Array(0)

export class Hand {
  /** Items that are done although something before them is not. */
  doneItems = 0
  private slots: Slot[] = []
  private frozen: Frozen[] = []
  private bytes = 0
  private waitingItems = 0
  private waitingSize = 0
  private readonly recalled = new Map<number, number>()
  private recallUntil = -1

  /** `marks` are what an earlier run left of the fragments from `from` on: its requests are sent again as they were. */
  constructor(marks: Marks, from: number) {
    marks.forEach((mark, index) => {
      if (mark === 0) return
      this.recalled.set(from + index, mark)
      this.recallUntil = from + index
    })
  }

  get isEmpty(): boolean {
    return this.slots.length === 0
  }

  /** Requests that were given out and are not done. */
  get underWay(): number {
    return this.frozen.reduce((count, { sent }) => count + (sent ? 1 : 0), 0)
  }

  /** The oldest fragment not done. */
  get oldest(): StoredFragment | undefined {
    return this.slots.at(0)?.fragment
  }

  /** Whether `fragment`, the next of the log, should be taken now. */
  wants(fragment: StoredFragment, { batch, parallel, readAheadItems, readAheadBytes }: HandLimits): boolean {
    if (fragment.sequence <= this.recallUntil || this.isEmpty) return true
    if (fragment.sequence - this.slots[0].fragment.sequence >= mostMarks) return false
    if (parallel === 1) {
      const fits =
        this.waitingItems + fragment.items <= batch.maxItems && this.waitingSize + fragment.size <= batch.maxSize
      return this.frozen.length === 0 && (fits || this.waitingItems === 0)
    }
    return this.bytes + fragment.body.length <= readAheadBytes && this.waitingItems + fragment.items <= readAheadItems
  }

  /** Takes the next fragment of the log; `since` is when it began to wait. */
  add(fragment: StoredFragment, since: number): void {
    const mark = this.recalled.get(fragment.sequence)
    this.recalled.delete(fragment.sequence)
    const slot: Slot = { fragment, since, state: 'waiting' }
    this.slots.push(slot)
    this.bytes += fragment.body.length
    this.waitingItems += fragment.items
    this.waitingSize += fragment.size
    if (mark === undefined) return
    this.freeze(slot)
    if (mark === 1) this.finishSlot(slot)
    else this.recall(mark, fragment)
  }

  /** Gives out requests to send now, at most `free`. With `flush` nothing waits for company. */
  choose(limits: HandLimits, free: number, now: number, flush: boolean): Choice {
    if (free <= 0) return { requests: [], wakeAt: undefined }
    const again = this.frozen.filter(({ sent }) => !sent).slice(0, free)
    if (again.length > 0) {
      for (const request of again) request.sent = true
      return { requests: again, wakeAt: undefined }
    }
    const proposals = new Proposals(
      limits,
      free,
      this.frozen.reduce((lanes, request) => lanes | request.lanes, 0),
    )
    for (const { fragment, since, state } of this.slots) {
      if (state === 'waiting' && !proposals.consider(fragment, since)) break
    }
    const { due, wakeAt } = proposals.due(now, flush, this.frozen.length > 0)
    const requests = due.map((proposal) => this.addRequest({ ...proposal, mark: this.freeMark(), sent: true }))
    const chosen = new Set(requests.flatMap(({ fragments }) => fragments))
    for (const slot of this.slots) if (chosen.has(slot.fragment)) this.freeze(slot)
    return { requests, wakeAt }
  }

  /** Notes that a request is done, and says where the first fragment not done is to be found from now on. */
  finish(request: FrozenRequest): { readonly position: LogPosition; readonly place: Place } | undefined {
    this.frozen = this.frozen.filter((other) => other !== request)
    const fragments = new Set(request.fragments)
    for (const slot of this.slots) if (fragments.has(slot.fragment)) this.finishSlot(slot)
    const end = this.slots.findIndex(({ state }) => state !== 'done')
    const gone = this.slots.splice(0, end < 0 ? this.slots.length : end)
    for (const { fragment } of gone) this.doneItems -= fragment.items
    const first = this.slots.at(0)?.fragment
    if (first !== undefined) return { position: before(first), place: { segment: first.segment, offset: first.start } }
    const last = gone.at(-1)?.fragment
    return last && { position: after(last), place: { segment: last.segment, offset: last.end } }
  }

  /** What became of the fragments from `from` on. */
  marks(from: number): Marks {
    let end = from
    for (const sequence of this.recalled.keys()) end = Math.max(end, sequence + 1)
    for (const { fragment, state } of this.slots) if (state !== 'waiting') end = Math.max(end, fragment.sequence + 1)
    const marks = new Uint16Array(end - from)
    // What lies before is written past the start of the array, which does nothing.
    for (const [sequence, value] of this.recalled) marks[sequence - from] = value
    for (const { fragment, state } of this.slots) if (state === 'done') marks[fragment.sequence - from] = 1
    for (const { fragments, mark } of this.frozen) for (const { sequence } of fragments) marks[sequence - from] = mark
    return marks
  }

  private recall(mark: number, fragment: StoredFragment): void {
    const known = this.frozen.find((other) => other.mark === mark)
    const request = known ?? this.addRequest({ mark, fragments: [], items: 0, lanes: 0, sent: false })
    request.fragments.push(fragment)
    request.items += fragment.items
    request.lanes |= fragment.lanes
  }

  private addRequest({ mark, fragments, items, lanes, sent }: Frozen): Frozen {
    const request = { mark, fragments, items, lanes, sent }
    this.frozen.push(request)
    return request
  }

  private freeMark(): number {
    let mark = 2
    while (this.frozen.some((other) => other.mark === mark)) mark++
    return mark
  }

  private freeze(slot: Slot): void {
    slot.state = 'frozen'
    this.waitingItems -= slot.fragment.items
    this.waitingSize -= slot.fragment.size
  }

  private finishSlot(slot: Slot): void {
    slot.state = 'done'
    this.doneItems += slot.fragment.items
    this.bytes -= slot.fragment.body.length
    slot.fragment = { ...slot.fragment, body: nothing }
  }
}
