import { bool, regex, string } from '../../../../../schema/field.ts'
import { checkedRegex } from '../../../../../signal/regex.ts'
import { groupWriter } from './group-writer.ts'
import { requiredText } from './line-search.ts'
import { defineStage, problem } from './stage.ts'

/** Extracts the named groups of an expression's first match. */
export const regexStage = defineStage({
  fields: {
    expression: regex('RE2 expression with named groups, (?P<name>…).', { required: true }),
    source: string('Extracted value to search instead of the line.'),
    labels_from_groups: bool('Also set a label per named group.', { default: false }),
  },
  check({ expression, source }) {
    const problems = []
    if (expression === '') problems.push(problem('expression', 'the expression must not be empty'))
    if (source === '') problems.push(problem('source', 'source must not be empty; leave it out to search the line'))
    return problems
  },
  build({ expression, source, labels_from_groups: labels }, context, next) {
    const pattern = checkedRegex(expression, { anchored: false })
    const isCandidate = requiredText(expression, context.text)
    const groups = pattern.groupNames.flatMap((name, group) =>
      name === '' ? [] : [{ group, write: groupWriter(name, labels) }],
    )
    return (entry) => {
      const input = source !== undefined ? entry.extracted.text(source) : isCandidate(entry) ? entry.line : undefined
      const match = input === undefined ? undefined : pattern.exec(input)
      if (match !== undefined) for (const { group, write } of groups) write(entry, match.groups[group] ?? '')
      next(entry)
    }
  },
})
