import { bytes, duration, regex, string } from '../../../../../schema/field.ts'
import type { ArgumentsOf } from '../../../../../schema/field.ts'
import { checkedRegex } from '../../../../../signal/regex.ts'
import { matchesPattern } from './line-search.ts'
import type { LineTest } from './line-search.ts'
import { defineStage, problem } from './stage.ts'
import type { StageContext } from './stage.ts'
import { textOf } from './value.ts'

const fields = {
  source: string('Extracted values to look at, comma-separated.'),
  value: string('Drop when the joined values of source equal this.'),
  expression: regex('Drop when this RE2 expression matches the joined values of source, or the line.'),
  separator: string('What joins the values of source.', { default: ';' }),
  older_than: duration('Drop entries whose timestamp is further back than this.'),
  longer_than: bytes('Drop lines with more bytes than this.'),
  drop_counter_reason: string('Reason the drops are counted under.', { default: 'drop_stage' }),
}

type DropArguments = ArgumentsOf<typeof fields>

/** Drops entries for which every given condition holds. */
export const dropStage = defineStage({
  fields,
  check({ source, value, expression, older_than, longer_than }) {
    const problems = []
    if (!source && !expression && !older_than && !longer_than) {
      problems.push(problem([], 'set at least one of source, expression, older_than and longer_than'))
    }
    if (value && expression) problems.push(problem('value', 'set value or expression, not both'))
    if (value && !source) problems.push(problem('value', 'value needs source, the extracted value to compare'))
    return problems
  },
  build(args, context, next) {
    const conditions = conditionsOf(args, context)
    const reason = args.drop_counter_reason || 'drop_stage'
    return (entry) => {
      for (const holds of conditions)
        if (!holds(entry)) {
          next(entry)
          return
        }
      context.drop(1, reason)
    }
  },
})

/** Cheapest first. */
function conditionsOf(args: DropArguments, context: StageContext): LineTest[] {
  const conditions: LineTest[] = []
  const { longer_than: longerThan, older_than: olderThan, source, expression } = args
  if (longerThan) conditions.push((entry) => entry.size > longerThan)
  if (olderThan) conditions.push((entry) => entry.seconds * 1000 + entry.nanos / 1e6 < context.now() - olderThan)
  if (source) conditions.push(sourceCondition(source.split(','), args))
  else if (expression) conditions.push(matchesPattern(expression, context.text))
  return conditions
}

function sourceCondition(keys: readonly string[], { value, expression, separator }: DropArguments): LineTest {
  if (!value && !expression) return ({ extracted }) => keys.every((key) => extracted.has(key))
  const pattern = expression ? checkedRegex(expression, { anchored: false }) : undefined
  return ({ extracted }) => {
    const texts: string[] = []
    for (const key of keys) {
      const held = extracted.get(key)
      if (held === undefined) continue
      const text = textOf(held)
      if (text === undefined) return false
      texts.push(text)
    }
    const joined = texts.join(separator || ';')
    return pattern === undefined ? joined === value : pattern.test(joined)
  }
}
