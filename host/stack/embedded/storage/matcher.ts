import type { LabelMatcher } from '../../../../collector-core/signal/logql/log-selector.ts'

export type { LabelMatcher }

/** Whether a value satisfies a matcher; an absent label counts as empty. */
export function matchesValue({ op, value, regex }: LabelMatcher, actual: string): boolean {
  const equal = regex === undefined ? actual === value : regex.test(actual)
  return equal === (op === '=' || op === '=~')
}
