import { choice, string, variants } from '../../../../../schema/field.ts'
import type { Variant } from '../../../../../schema/field.ts'
import type { ArgumentProblem } from '../../../../../schema/definition.ts'
import { matchesLabels, parseLogSelector } from '../../../../../signal/logql/log-selector.ts'
import type { LineFilter, LogSelector } from '../../../../../signal/logql/log-selector.ts'
import type { Labels } from '../../../../../signal/labels.ts'
import type { Entry } from './entry.ts'
import { containsText, matchesPattern } from './line-search.ts'
import type { LineTest } from './line-search.ts'
import type { LineText } from './line-text.ts'
import { buildStages, checkStages, fieldsOf } from './stage-list.ts'
import type { StageTable } from './stage-list.ts'
import { defineStage, problem } from './stage.ts'

/** Runs nested stages on, or drops, the entries a LogQL selector matches. `table` are the stages that may be nested. */
export const matchStage = (table: () => StageTable) =>
  defineStage({
    fields: {
      selector: string('LogQL stream selector, and line filters behind it.', { required: true }),
      action: choice(['keep', 'drop'], 'Run the nested stages on matching entries, or drop those.', {
        default: 'keep',
      }),
      drop_counter_reason: string('Reason the drops are counted under.', { default: 'match_stage' }),
      pipeline_name: string('A name for the nested stages; has no effect.'),
      stage: variants<Variant>('stage', () => fieldsOf(table()), 'What to do with matching entries.'),
    },
    check({ selector, action, stage: nested }) {
      const problems: ArgumentProblem[] = []
      const { error } = parseLogSelector(selector)
      if (error !== undefined) problems.push(problem('selector', `the selector is not valid: ${error}`))
      if (action === 'drop' && nested.length > 0)
        problems.push(problem('stage', 'stages in a match with action = "drop" would never run'))
      if (action === 'keep' && nested.length === 0) {
        problems.push({
          path: ['action'],
          severity: 'warning',
          message:
            'without nested stages, action = "keep" lets every entry through, matching or not (Alloy refuses this); ' +
            'to drop what does not match, negate the selector and use action = "drop"',
        })
      }
      return [...problems, ...checkStages(table(), nested)]
    },
    build({ selector: text, action, drop_counter_reason: reason, stage: nested }, context, next) {
      const { selector, error } = parseLogSelector(text)
      if (selector === undefined) throw new Error(error)
      const matches = selectorTest(selector, context.text)
      if (action === 'drop') {
        return (entry) => {
          if (matches(entry)) context.drop(1, reason || 'match_stage')
          else next(entry)
        }
      }
      const inner = buildStages(table(), nested, context, next)
      return (entry) => {
        if (!matches(entry)) {
          next(entry)
          return
        }
        entry.extracted.copyLabels(entry.labels)
        inner(entry)
      }
    },
  })

function selectorTest({ matchers, filters }: LogSelector, codec: LineText): LineTest {
  const known = new WeakMap<Labels, boolean>()
  let last: Labels | undefined
  let lastMatches = false
  const labelsMatch = (labels: Labels): boolean => {
    if (labels === last) return lastMatches
    let matches = known.get(labels)
    if (matches === undefined) known.set(labels, (matches = matchesLabels(matchers, labels)))
    last = labels
    lastMatches = matches
    return matches
  }
  const tests = filters.map((filter) => filterTest(filter, codec))
  if (tests.length === 0) return (entry) => labelsMatch(entry.labels)
  return (entry: Entry) => {
    if (!labelsMatch(entry.labels)) return false
    for (const test of tests) if (!test(entry)) return false
    return true
  }
}

function filterTest({ op, text }: LineFilter, codec: LineText): LineTest {
  const found = op === '|=' || op === '!=' ? containsText(text, codec) : matchesPattern(text, codec)
  return op.startsWith('!') ? (entry) => !found(entry) : found
}
