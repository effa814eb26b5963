import { bool, string } from '../../../../../schema/field.ts'
import { groupWriter } from './group-writer.ts'
import { parseLinePattern } from './line-pattern.ts'
import { defineStage, problem } from './stage.ts'

/** Extracts the captures of a LogQL pattern. */
export const patternStage = defineStage({
  fields: {
    pattern: string('LogQL pattern: <name> captures, <_> skips, all else is text.', { required: true }),
    source: string('Extracted value to match instead of the line.'),
    labels_from_groups: bool('Also set a label per capture.', { default: false }),
  },
  check({ pattern, source }) {
    const { error } = parseLinePattern(pattern)
    return [
      ...(error === undefined ? [] : [problem('pattern', error)]),
      ...(source === '' ? [problem('source', 'source must not be empty; leave it out to match the line')] : []),
    ]
  },
  build({ pattern: text, source, labels_from_groups: labels }, _, next) {
    const { pattern, error } = parseLinePattern(text)
    if (pattern === undefined) throw new Error(error)
    const writers = pattern.names.map((name) => groupWriter(name, labels))
    return (entry) => {
      const input = source === undefined ? entry.line : entry.extracted.text(source)
      if (input !== undefined) pattern.match(input).forEach((capture, i) => writers[i](entry, capture))
      next(entry)
    }
  },
})
