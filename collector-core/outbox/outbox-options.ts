// What an exporter tells its outbox and what the outbox tells it back.
import type { Outcome } from '../net/http-outcome.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logger.ts'
import type { RetryOptions } from './backoff.ts'
import type { FileSystem } from './file-system.ts'
import type { Fragment } from './fragment.ts'

/** Consecutive fragments that are sent as one; `attempt` counts from 0. */
export interface OutboxRequest {
  readonly fragments: readonly Fragment[]
  readonly items: number
  readonly attempt: number
}

/** How fragments are gathered into one request; a request always holds at least one fragment. */
export interface BatchOptions {
  readonly maxItems: number
  /** Sum of the fragments' `size`. */
  readonly maxSize: number
  /** From here on a request waits for no more fragments; the largest it may be when absent. */
  readonly enoughItems?: number
  readonly enoughSize?: number
  /** A request waits at most this long for more fragments. */
  readonly maxAgeMs: number
}

/** What may change while an outbox runs. */
export interface OutboxSettings {
  /** Bytes on disk: segments, what was rejected and what was set aside. */
  readonly maxBytes: number
  /** What an offer meets that finds no room: it waits, is refused for now, or the oldest fragments make room and are counted. */
  readonly onFull: 'block' | 'refuse' | 'drop_oldest'
  readonly batch: BatchOptions
  /** Most requests under way at once, as far as the lanes of the fragments allow it; 1 when absent. Asked anew each time. */
  parallel?(): number
  /** Most items read ahead into memory for that; besides, there is a bound in bytes. Asked anew each time. */
  readAheadItems?(): number
  readonly retry: RetryOptions
  /** Sends one request. `stop` aborts when there is no time left to wait for an answer. */
  send(request: OutboxRequest, stop: AbortSignal): Promise<Outcome>
  /**
   * Cuts a request that was answered with `split` in two, in order and without loss; undefined when it cannot be cut.
   * Called again for the parts, so it is `half` for a request that is too large and a bisection for one with a bad item.
   */
  split?(request: OutboxRequest): readonly [OutboxRequest, OutboxRequest] | undefined
}

export interface OutboxOptions extends OutboxSettings {
  /** Created when missing; no two outboxes share one. */
  readonly directory: string
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly log: Logger
  readonly files?: FileSystem
  /** How long `run` goes on sending after it was told to stop, ms; 3,000 when absent. */
  readonly flushMs?: number
  onDelivered?(request: OutboxRequest, tookMs: number): void
  /** `reason` is one of `rejected`, `retries_exhausted`, `too_old`, which come with the request, `queue_full`, `corrupted`. */
  onDropped(items: number, reason: string, detail: string, request?: OutboxRequest): void
  onRetry?(request: OutboxRequest, reason: string): void
}

/** Queue figures for people: `queuedBytes` is on disk, `queuedRequests` an estimate from the batch limits. */
export interface OutboxStatus {
  readonly queuedItems: number
  readonly queuedBytes: number
  readonly queuedRequests: number
  /** Requests sent and not done with, those waiting to be tried again included. */
  readonly underWay: number
  /** When the oldest fragment not done was enqueued, ms since the epoch. */
  readonly oldestAt: number | undefined
  readonly lastError: string | undefined
  readonly state: 'idle' | 'sending' | 'retrying' | 'paused' | 'full' | 'failed'
}
