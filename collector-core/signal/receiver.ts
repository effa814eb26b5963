import type { LogBatch } from './log-batch.ts'
import type { MetricBatch } from './metric-batch.ts'
import type { OtlpBatch } from './otlp-batch.ts'

/** What travels on each kind of edge. */
export interface SignalBatches {
  readonly metrics: MetricBatch
  readonly logs: LogBatch
  readonly otlp: OtlpBatch
}

export type Signal = keyof SignalBatches

/** The next component has taken responsibility (an outbox: the batch is on disk), or it dropped items on purpose and counted them. */
export interface Accepted {
  readonly kind: 'accepted'
}

/**
 * The next component did not take the batch, and nothing of it is kept. `retryable` says whether offering it again
 * later can help; `reason` is a plain sentence; `retryAfterMs` the earliest useful moment, when known.
 */
export interface Refused {
  readonly kind: 'refused'
  readonly retryable: boolean
  readonly reason: string
  readonly retryAfterMs?: number
}

export type Acceptance = Accepted | Refused

export const accepted: Accepted = { kind: 'accepted' }

export const refused = (reason: string, retryable = true, retryAfterMs?: number): Refused => ({
  kind: 'refused',
  retryable,
  reason,
  retryAfterMs,
})

/**
 * Where batches go. Back-pressure is the promise: it settles once the receiver has taken responsibility or refused.
 * It never rejects for anything a user, a peer or the network did. A caller may have several calls in flight; they are
 * handled in the order they were made, so a receiver that holds a batch back holds back those that follow it.
 */
export interface Receiver<S extends Signal> {
  readonly signal: S
  accept(batch: SignalBatches[S]): Promise<Acceptance>
}
