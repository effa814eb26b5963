// Decides how long a request is tried that the server answers with an error which may be its own or the request's, and finds
// the items a server will not take, so that only they are given up. docs/decisions/0002-otlp-server-errors.md says why.
import type { Outcome } from '../net/http-outcome.ts'
import type { OutboxRequest } from '../outbox/outbox.ts'
import type { OtlpKind } from '../signal/otlp-batch.ts'
import { splitItems } from '../wire/otlp/split.ts'

/** The server failed on the request; whether it will on the next try as well cannot be told. */
export interface Doubtful {
  readonly kind: 'doubtful'
  readonly reason: string
  readonly afterMs?: number
}

export type SendOutcome = Outcome | Doubtful

/** Tries of a whole request that end in doubt; about ten minutes with the default waits. */
const patience = 24
/** Tries of a part of such a request. */
const patienceWithParts = 2
/** Refusals on end after which parts are no longer looked at: finding one bad item takes fewer, a wrong server has no end of them. */
const mostRefusals = 40

/** The search over the requests of one queue. */
export class PoisonSearch {
  private readonly kind: OtlpKind
  private refusals = 0
  private readonly doubts = new WeakMap<OutboxRequest['fragments'], number>()
  private readonly searched = new WeakSet<OutboxRequest['fragments']>()

  constructor(kind: OtlpKind) {
    this.kind = kind
  }

  /** What the outbox is to do after `outcome`. */
  judge({ fragments }: OutboxRequest, outcome: SendOutcome): Outcome {
    if (outcome.kind === 'delivered') this.refusals = 0
    if (outcome.kind === 'rejected' && outcome.split === 'bisect') return this.search(fragments, outcome)
    if (outcome.kind !== 'doubtful') return outcome
    const tries = (this.doubts.get(fragments) ?? 0) + 1
    this.doubts.set(fragments, tries)
    const { reason, afterMs } = outcome
    if (tries < patience) return { kind: 'retry', reason, ...(afterMs !== undefined && { afterMs }) }
    return this.search(fragments, { kind: 'rejected', reason: `${reason} (on every try)`, split: 'bisect' })
  }

  /** Two halves of a request, by requests as they came if there are several, else by items. */
  split(request: OutboxRequest): readonly [OutboxRequest, OutboxRequest] | undefined {
    if (this.searched.has(request.fragments) && this.refusals > mostRefusals) return undefined
    const halves = this.halves(request)
    const doubted = this.doubts.has(request.fragments)
    for (const half of halves ?? []) if (doubted) this.doubts.set(half.fragments, patience - patienceWithParts)
    return halves
  }

  private search(fragments: OutboxRequest['fragments'], outcome: Outcome): Outcome {
    this.refusals++
    this.searched.add(fragments)
    return outcome
  }

  private halves({ fragments, items, attempt }: OutboxRequest): readonly [OutboxRequest, OutboxRequest] | undefined {
    const part = (pieces: OutboxRequest['fragments']): OutboxRequest => ({
      fragments: pieces,
      items: pieces.reduce((sum, piece) => sum + piece.items, 0),
      attempt,
    })
    const middle = fragments.length >> 1
    if (middle > 0) return [part(fragments.slice(0, middle)), part(fragments.slice(middle))]
    const pieces = splitItems(this.kind, fragments[0].body, Math.max(1, Math.ceil(items / 2)))
    if (pieces.length < 2) return undefined
    const cut = pieces.map(({ bytes, items: count }) => ({ body: bytes, items: count, size: bytes.length }))
    return [part(cut.slice(0, 1)), part(cut.slice(1))]
  }
}
