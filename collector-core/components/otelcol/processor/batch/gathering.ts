import type { Clock, Timer } from '../../../../runtime/clock.ts'
import type { OtlpBatch, OtlpKind } from '../../../../signal/otlp-batch.ts'
import type { Acceptance } from '../../../../signal/receiver.ts'
import { mergeAcceptances } from '../../../../signal/fan-out.ts'
import { joinPieces } from '../../../../wire/join-pieces.ts'
import { splitItems } from '../../../../wire/otlp/split.ts'

export interface GatheringLimits {
  readonly timeout: number
  readonly send_batch_size: number
  readonly send_batch_max_size: number
}

/** Why a batch left: it was full, or it had waited long enough. */
export type FlushReason = 'size' | 'timeout'

interface Waiting {
  readonly bytes: Uint8Array
  readonly items: number
  readonly settle: (acceptance: Acceptance) => void
}

/** Gathers requests of one kind. Every caller gets the answer of the batch its data left with. */
export class Gathering {
  private readonly kind: OtlpKind
  private readonly clock: Clock
  private readonly send: (batch: OtlpBatch, reason: FlushReason) => Promise<Acceptance>
  private readonly leaving = new Set<Promise<void>>()
  private readonly limits: GatheringLimits
  private waiting: Waiting[] = []
  private items = 0
  private unanswered = 0
  private timer: Timer | undefined
  private stopped = false

  constructor(
    kind: OtlpKind,
    clock: Clock,
    limits: GatheringLimits,
    send: (batch: OtlpBatch, reason: FlushReason) => Promise<Acceptance>,
  ) {
    this.kind = kind
    this.clock = clock
    this.limits = limits
    this.send = send
  }

  /** Nothing waits and nothing is on its way. */
  get idle(): boolean {
    return this.waiting.length === 0 && this.unanswered === 0
  }

  /** Resolves with what became of the batch. */
  add({ bytes, items }: OtlpBatch): Promise<Acceptance> {
    return new Promise((settle) => {
      this.waiting.push({ bytes, items, settle })
      this.items += items
      const { timeout, send_batch_size: size } = this.limits
      if (timeout === 0 || this.stopped || this.items >= size) this.flush('size')
      else this.timer ??= this.clock.after(timeout, () => this.flush('timeout'))
    })
  }

  /** Sends what has been gathered, and from now on everything at once; settles when all of it was answered. */
  async stop(): Promise<void> {
    this.stopped = true
    this.flush('timeout')
    await Promise.all(this.leaving)
  }

  private flush(reason: FlushReason): void {
    this.timer?.cancel()
    this.timer = undefined
    const requests = this.waiting
    const items = this.items
    this.waiting = []
    this.items = 0
    if (requests.length === 0) return
    this.unanswered++
    const leaving = this.sendOut(requests, items, reason)
    this.leaving.add(leaving)
    void leaving.finally(() => this.leaving.delete(leaving))
  }

  private async sendOut(requests: readonly Waiting[], items: number, reason: FlushReason): Promise<void> {
    const bytes = joinPieces(requests.map((request) => request.bytes))
    const max = this.limits.send_batch_max_size
    const batches = max > 0 && items > max ? splitItems(this.kind, bytes, max) : [{ kind: this.kind, bytes, items }]
    const acceptance = mergeAcceptances(await Promise.all(batches.map((batch) => this.send(batch, reason))))
    this.unanswered--
    for (const { settle } of requests) settle(acceptance)
  }
}
