import { map, regex, string } from '../../../../../schema/field.ts'
import type { Label, Labels } from '../../../../../signal/labels.ts'
import { checkedRegex } from '../../../../../signal/regex.ts'
import { memoLabels } from './label-memo.ts'
import { labelNameProblems } from './label-name.ts'
import { defineStage, problem } from './stage.ts'

/** Moves extracted values and labels into structured metadata. */
export const structuredMetadataStage = defineStage({
  fields: {
    values: map(string(''), 'Metadata to set and the key each takes its value from; an empty key means the same name.'),
    regex: regex('RE2 expression for the names of further extracted values and labels to move.'),
  },
  check: ({ values, regex: pattern }) => [
    ...(values.size === 0 && !pattern ? [problem([], 'set values, regex or both')] : []),
    ...labelNameProblems('values', values.keys()),
  ],
  build({ values, regex: text }, _, next) {
    const wanted = [...values].map(([name, key]) => [name, key === '' ? name : key] as const)
    const pattern = text ? checkedRegex(text, { anchored: false }) : undefined
    const sources = new Set(wanted.map(([, key]) => key))
    const moves = (name: string): boolean => sources.has(name) || (pattern?.test(name) ?? false)
    const strip = memoLabels((labels: Labels) => labels.filter((name) => !moves(name)))
    return (entry) => {
      const { extracted, labels } = entry
      const found: Label[] = []
      const add = (name: string, value: string | undefined): void => {
        if (value !== undefined) found.push([name, value])
      }
      for (const [name, key] of wanted) add(name, extracted.text(key))
      if (pattern !== undefined)
        for (const [name] of extracted.entries()) if (pattern.test(name)) add(name, extracted.text(name))
      for (const [name, key] of wanted) if (labels.has(key)) add(name, labels.get(key))
      if (pattern !== undefined)
        for (const [name, value] of labels) if (!sources.has(name) && pattern.test(name)) add(name, value)
      if (found.length > 0) entry.metadata = withMetadata(entry.metadata, found)
      entry.labels = strip(labels)
      next(entry)
    }
  },
})

/** Same names are overwritten in place, new ones appended. */
function withMetadata(metadata: readonly Label[] | undefined, found: readonly Label[]): readonly Label[] {
  const merged = new Map(metadata)
  for (const [name, value] of found) merged.set(name, value)
  return [...merged]
}
