import { map, regex, string } from '../../../../../schema/field.ts'
import { checkedRegex } from '../../../../../signal/regex.ts'
import { parseLogfmt } from './parse-logfmt.ts'
import { defineStage, problem } from './stage.ts'

/** Extracts values from logfmt (`key=value key="quoted value"`). */
export const logfmtStage = defineStage({
  fields: {
    mapping: map(string(''), 'Extracted names and the logfmt key each is read from; empty means the same name.'),
    regex: regex('RE2 expression for the keys to extract under their own name.'),
    source: string('Extracted value to parse instead of the line.'),
  },
  check({ mapping, regex: pattern, source }) {
    const problems = []
    if (mapping.size === 0 && !pattern) problems.push(problem([], 'set mapping, regex or both'))
    if (source === '') problems.push(problem('source', 'source must not be empty; leave it out to parse the line'))
    return problems
  },
  build({ mapping, regex: pattern, source }, _, next) {
    const byKey = new Map<string, string[]>()
    for (const [name, key] of mapping) {
      const wanted = key === '' ? name : key
      byKey.set(wanted, [...(byKey.get(wanted) ?? []), name])
    }
    const names = pattern ? checkedRegex(pattern, { anchored: false }) : undefined
    return (entry) => {
      const { extracted } = entry
      const input = source === undefined ? entry.line : extracted.text(source)
      if (input !== undefined) {
        parseLogfmt(input, (key, value) => {
          for (const name of byKey.get(key) ?? []) extracted.set(name, value)
          if (names?.test(key)) extracted.set(key, value)
        })
      }
      next(entry)
    }
  },
})
