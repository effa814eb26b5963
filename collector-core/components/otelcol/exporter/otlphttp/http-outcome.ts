import type { SendOutcome } from '../../../../delivery/otlp-delivery.ts'
import { otlpHttpRules, outcomeOf } from '../../../../net/http-outcome.ts'
import type { OutcomeRules } from '../../../../net/http-outcome.ts'

/** Besides what the specification says, a body that is refused as malformed is searched for what is bad in it. */
const rules: OutcomeRules = { ...otlpHttpRules, split: new Map([...otlpHttpRules.split, [400, 'bisect']]) }

/** Statuses that are final by the specification and yet pass by more often than not: of servers starting, of proxies. */
const doubtful = (status: number): boolean =>
  status === 408 || status === 425 || (status >= 500 && status !== 501 && status !== 505)

/** What an exchange means for the request. */
export function httpOutcome(result: Parameters<typeof outcomeOf>[0], now: number): SendOutcome {
  const outcome = outcomeOf(result, rules, now)
  if (outcome.kind !== 'rejected' || outcome.status === undefined || !doubtful(outcome.status)) return outcome
  return { kind: 'doubtful', reason: outcome.reason }
}
