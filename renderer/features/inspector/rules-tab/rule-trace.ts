import type { Labels } from '../../../../collector-core/signal/labels.ts'
import { relabelSteps } from '../../../../collector-core/signal/relabel/relabel.ts'
import type { RelabelStep } from '../../../../collector-core/signal/relabel/relabel.ts'
import type { RelabelRule } from '../../../../collector-core/signal/relabel-rule.ts'

/** What a rule did to all label sets. */
export interface RuleHits {
  readonly rule: RelabelRule
  readonly changed: number
  readonly dropped: number
}

/** What became of one label set; `droppedBy` is the index of the rule that dropped it. */
export interface SetTrace {
  readonly before: Labels
  readonly after: Labels | undefined
  readonly steps: readonly RelabelStep[]
  readonly droppedBy: number | undefined
}

/** Follows label sets through checked rules, as the collector does. */
export function traceRules(
  rules: readonly RelabelRule[],
  sets: readonly Labels[],
): { readonly hits: readonly RuleHits[]; readonly traces: readonly SetTrace[] } {
  const follow = relabelSteps(rules)
  const traces = sets.map((before): SetTrace => {
    const steps = follow(before)
    const last = steps.at(-1)
    const dropped = last !== undefined && last.result === undefined
    return {
      before,
      steps,
      after: last === undefined ? before : last.result,
      droppedBy: dropped ? steps.length - 1 : undefined,
    }
  })
  const hits = rules.map((rule, index) => ({
    rule,
    changed: traces.filter(({ steps, droppedBy }) => droppedBy !== index && steps.at(index)?.changed === true).length,
    dropped: traces.filter(({ droppedBy }) => droppedBy === index).length,
  }))
  return { hits, traces }
}
