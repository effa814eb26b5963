import type { TransportFailure } from '../../../net/failure.ts'
import type { HttpResponse } from '../../../net/http-message.ts'
import { lokiRules, outcomeOf } from '../../../net/http-outcome.ts'
import type { Outcome } from '../../../net/http-outcome.ts'
import { redactUrl } from '../../../language/redact-url.ts'

/** What an answer means for a push, and how many of its lines the server left out although it took the rest. */
export interface PushOutcome {
  readonly outcome: Outcome
  readonly leftOut?: { readonly count: number; readonly words: string }
}

export interface PushAttempt {
  readonly url: string
  readonly items: number
  readonly retryOn429: boolean
  /** Wall time, ms. */
  readonly now: number
}

/**
 * Judges the answer to a push. Lines are given up only for what is wrong with the lines themselves: an address that is not
 * Loki's is tried again, since a corrected url can still take everything.
 */
export function pushOutcome(
  result: Pick<HttpResponse, 'kind' | 'status' | 'headers' | 'body'> | TransportFailure,
  { url, items, retryOn429, now }: PushAttempt,
): PushOutcome {
  if (result.kind === 'failure') {
    return { outcome: { kind: 'retry', reason: `${result.message}. ${result.nextStep}` } }
  }
  const outcome = outcomeOf(result, lokiRules(retryOn429), now)
  if (outcome.kind !== 'rejected' || outcome.unauthorized === true) return { outcome }
  const { status } = result
  if (status === 404 || status === 405 || (status >= 300 && status < 400)) {
    const reason = status < 400 ? outcome.reason : wrongAddress(url, status)
    return { outcome: { kind: 'retry', status, reason } }
  }
  if (status !== 400) return { outcome }
  const count = leftOutCount(outcome.reason)
  // Words that are not Loki's: which lines were taken is not known, and taking them again does no harm.
  if (count === undefined) return { outcome: { ...outcome, split: 'bisect' } }
  if (count >= items) return { outcome }
  return { outcome: { kind: 'delivered' }, leftOut: { count, words: outcome.reason } }
}

function wrongAddress(url: string, status: number): string {
  const shown = redactUrl(url)
  const advice = /\/loki\/api\/v1\/push\/?(?:\?.*)?$/.test(url)
    ? 'check host, port and what stands in front of /loki/api/v1/push'
    : 'the url of Loki usually ends in /loki/api/v1/push'
  return `${shown} answered with status ${status}: nothing takes lines at this address; ${advice}`
}

/** Loki names at most a few failures of each kind and stream; the sum is what it says, so never too many. */
function leftOutCount(words: string): number | undefined {
  const perStream = [...words.matchAll(/total ignored: (\d+) out of \d+/g)].map(([, count]) => Number(count))
  const perKind = [...words.matchAll(/(\d+) errors? like:/g)].map(([, count]) => Number(count))
  const counts = perStream.length > 0 ? perStream : perKind
  if (counts.length > 0) return counts.reduce((sum, count) => sum + count, 0)
  // A single failure comes without a number.
  return /entry for stream .* (?:has timestamp too (?:old|new)|out of order|too far behind)|^.*max entry size/.test(
    words,
  )
    ? 1
    : undefined
}
