import { regex, string } from '../../../../../schema/field.ts'
import { checkedRegex } from '../../../../../signal/regex.ts'
import type { RegexMatch } from '../../../../../signal/regex.ts'
import { compileTemplate } from '../template/template.ts'
import type { TemplateMap } from '../template/template-value.ts'
import type { Extracted } from './extracted.ts'
import { requiredText } from './line-search.ts'
import { defineStage, problem } from './stage.ts'

/** Replaces what the groups of an expression match, in every match, by a Go template. */
export const replaceStage = defineStage({
  fields: {
    expression: regex('RE2 expression; what its groups match is replaced.', { required: true }),
    source: string('Extracted value to change instead of the line.', { default: '' }),
    replace: string('Go template of the new text; `.Value` is what the group matched.', { default: '' }),
  },
  check({ expression, replace }) {
    const { error } = compileTemplate(replace)
    return [
      ...(expression === '' ? [problem('expression', 'the expression must not be empty')] : []),
      ...(error === undefined ? [] : [problem('replace', `the template cannot be used: ${error}`)]),
    ]
  },
  build({ expression, source, replace }, context, next) {
    const pattern = checkedRegex(expression, { anchored: false })
    const isCandidate = requiredText(expression, context.text)
    const { template, error } = compileTemplate(replace)
    if (template === undefined) throw new Error(error)
    const named = pattern.groupNames.flatMap((name, group) => (name === '' ? [] : [{ name, group }]))
    return (entry) => {
      const { extracted } = entry
      const input = source !== '' ? extracted.text(source) : isCandidate(entry) ? entry.line : undefined
      const matches = input === undefined ? [] : pattern.execAll(input)
      const replaced =
        matches.length === 0
          ? undefined
          : replaceGroups(matches, (value) => template.execute(dataOf(extracted, value), context.templates))
      if (replaced !== undefined) {
        if (source !== '') extracted.set(source, replaced.text)
        else entry.line = replaced.text
        for (const { name, group } of named) {
          const text = replaced.byCapture.get(matches[0].groups[group] ?? '')
          if (text !== undefined) extracted.set(name, text)
        }
      }
      next(entry)
    }
  },
})

function dataOf(extracted: Extracted, value: string): TemplateMap {
  return {
    get: (name) => (name === 'Value' ? value : extracted.text(name)),
    *keys() {
      yield 'Value'
      for (const [name] of extracted.entries()) if (name !== 'Value' && extracted.text(name) !== undefined) yield name
    },
  }
}

interface Replaced {
  readonly text: string
  /** New text by captured text. */
  readonly byCapture: ReadonlyMap<string, string>
}

/** Groups that start inside what was already replaced are left out. Undefined when the template failed. */
function replaceGroups(
  matches: readonly RegexMatch[],
  render: (value: string) => string | undefined,
): Replaced | undefined {
  const [{ input }] = matches
  const byCapture = new Map<string, string>()
  let text = ''
  let copied = 0
  for (const { starts, ends, groups } of matches) {
    for (let group = 1; group < groups.length; group++) {
      const captured = groups[group]
      if (captured === undefined) continue
      const rendered = render(captured)
      if (rendered === undefined) return undefined
      if (copied === 0 || copied <= starts[group]) {
        text += input.slice(copied, starts[group]) + rendered
        copied = ends[group]
      }
      byCapture.set(captured, rendered)
    }
  }
  return { text: text + input.slice(copied), byCapture }
}
