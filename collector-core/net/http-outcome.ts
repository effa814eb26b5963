// What an answer means for the batch that was sent, by the rules of each protocol. Delivery is a value.
import type { TransportFailure } from './failure.ts'
import type { HttpResponse } from './http-message.ts'
import { retryAfterMs } from './retry-after.ts'
import { serverWords } from './server-words.ts'

export type Outcome = Delivered | Retry | Rejected

export interface Delivered {
  readonly kind: 'delivered'
}

/** Send the same bytes again, not before `afterMs` if given. */
export interface Retry {
  readonly kind: 'retry'
  readonly reason: string
  readonly afterMs?: number
  /** The status, when there was an answer at all. */
  readonly status?: number
}

/** The same bytes will not be taken. */
export interface Rejected {
  readonly kind: 'rejected'
  readonly reason: string
  readonly status?: number
  /** Parts of the batch may be taken: `half` because it is too large, `bisect` because something in it is bad. */
  readonly split?: 'half' | 'bisect'
  /** The credentials are refused: sending anything else is pointless until they change. */
  readonly unauthorized?: true
}

/** What a protocol does about statuses other than 2xx. */
export interface OutcomeRules {
  /** Statuses to retry besides those of `retryAll5xx`. */
  readonly retry: ReadonlySet<number>
  readonly retryAll5xx: boolean
  /** Statuses whose `Retry-After` counts. */
  readonly retryAfter: 'retried' | ReadonlySet<number>
  readonly split: ReadonlyMap<number, 'half' | 'bisect'>
}

/**
 * Prometheus remote write: 5xx, and 429 if asked, are retried. A receiver that finds one bad sample may refuse the
 * whole request with 400, so the good rest is found by bisecting.
 */
export function remoteWriteRules(retryOn429 = true): OutcomeRules {
  return {
    retry: new Set(retryOn429 ? [429] : []),
    retryAll5xx: true,
    retryAfter: 'retried',
    split: new Map([
      [400, 'bisect'],
      [413, 'half'],
    ]),
  }
}

/** Loki push: 5xx, and 429 if asked, are retried. Loki keeps the good entries of a push it answers with 400. */
export function lokiRules(retryOn429 = true): OutcomeRules {
  return {
    retry: new Set(retryOn429 ? [429] : []),
    retryAll5xx: true,
    retryAfter: 'retried',
    split: new Map([[413, 'half']]),
  }
}

/** OTLP/HTTP: only 429, 502, 503 and 504 are retried; any other status is final by the specification, 500 included. */
export const otlpHttpRules: OutcomeRules = {
  retry: new Set([429, 502, 503, 504]),
  retryAll5xx: false,
  retryAfter: new Set([429, 503]),
  split: new Map([[413, 'half']]),
}

const delivered: Delivered = { kind: 'delivered' }

/** The outcome of an exchange under the rules of a protocol; `now` is wall time in milliseconds, for dates. */
export function outcomeOf(
  result: Pick<HttpResponse, 'kind' | 'status' | 'headers' | 'body'> | TransportFailure,
  rules: OutcomeRules,
  now: number,
): Outcome {
  if (result.kind === 'failure') return failureOutcome(result)
  const { status, headers } = result
  if (status >= 200 && status < 300) return delivered
  const words = serverWords(result.body, headers.get('content-type'))
  if (status >= 300 && status < 400) {
    const where = headers.get('location')
    const target = where === undefined ? 'elsewhere' : `to ${serverWords(Buffer.from(where.replace(/\?.*/, '')))}`
    return {
      kind: 'rejected',
      status,
      reason: `the server redirects ${target} (status ${status}); set the url to the final address`,
    }
  }
  const reason =
    words === '' ? `the server answered with status ${status}` : `the server answered with status ${status}: ${words}`
  if (rules.retry.has(status) || (rules.retryAll5xx && status >= 500)) {
    const heeded = rules.retryAfter === 'retried' || rules.retryAfter.has(status)
    const afterMs = heeded ? retryAfterMs(headers.get('retry-after'), now) : undefined
    return { kind: 'retry', status, reason, ...(afterMs !== undefined && { afterMs }) }
  }
  if (status === 401 || status === 403) return { kind: 'rejected', status, reason, unauthorized: true }
  const split = rules.split.get(status)
  return { kind: 'rejected', status, reason, ...(split !== undefined && { split }) }
}

/** No answer: retried unless only a change of the configuration can help. */
export function failureOutcome(failure: TransportFailure): Retry | Rejected {
  const reason = `${failure.message}. ${failure.nextStep}`
  return failure.retryable ? { kind: 'retry', reason } : { kind: 'rejected', reason }
}
