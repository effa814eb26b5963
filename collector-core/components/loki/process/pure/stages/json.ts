import { bool, map, regex, string } from '../../../../../schema/field.ts'
import { checkedRegex } from '../../../../../signal/regex.ts'
import { isObject } from '../jmespath/json-value.ts'
import type { Json, JsonObject } from '../jmespath/json-value.ts'
import { lookupOf, lookupProblems, valueOf } from './jmespath-lookup.ts'
import { defineStage, problem } from './stage.ts'

/** Extracts values from a JSON object by JMESPath. */
export const jsonStage = defineStage({
  fields: {
    expressions: map(
      string(''),
      'Extracted names and the JMESPath each is read with; empty means the member of that name.',
    ),
    regex: regex('RE2 expression for the names of top-level members to extract as they are.'),
    source: string('Extracted value to parse instead of the line.'),
    drop_malformed: bool('Drop what is not a JSON object.', { default: false }),
  },
  check({ expressions, regex: pattern, source }) {
    const problems = []
    if (expressions.size === 0 && !pattern) problems.push(problem([], 'set expressions, regex or both'))
    if (source === '') problems.push(problem('source', 'source must not be empty; leave it out to parse the line'))
    return [...problems, ...lookupProblems('expressions', written(expressions))]
  },
  build({ expressions, regex: pattern, source, drop_malformed: dropMalformed }, context, next) {
    const lookups = written(expressions).map(([name, text]) => ({ name, lookup: lookupOf(text) }))
    const names = pattern ? checkedRegex(pattern, { anchored: false }) : undefined
    return (entry) => {
      const { extracted } = entry
      const input = source === undefined ? entry.line : extracted.text(source)
      if (input === undefined) {
        next(entry)
        return
      }
      const object = parseObject(input)
      if (object === undefined) {
        if (dropMalformed) context.drop(1, 'malformed_json')
        else next(entry)
        return
      }
      for (const { name, lookup } of lookups) {
        const value = lookup(object)
        if (value !== undefined) extracted.set(name, value)
      }
      if (names !== undefined)
        for (const key of Object.keys(object)) if (names.test(key)) extracted.set(key, valueOf(object[key]))
      next(entry)
    }
  },
})

/** An empty expression is the member of that name. */
const written = (expressions: ReadonlyMap<string, string>): (readonly [string, string])[] =>
  [...expressions].map(([name, text]) => [name, text === '' ? name : text])

function parseObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
