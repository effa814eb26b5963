import { choice, map, string } from '../../../../../schema/field.ts'
import type { Entry } from './entry.ts'
import { LabelSetter } from './label-memo.ts'
import { labelNameProblems } from './label-name.ts'
import { defineStage, problem } from './stage.ts'

/** Sets labels from extracted values or structured metadata. */
export const labelsStage = defineStage({
  fields: {
    values: map(string(''), 'Labels to set and the key each takes its value from; an empty key means the same name.', {
      required: true,
    }),
    source_type: choice(['extracted', 'structured_metadata'], 'Where the keys are looked up.', {
      default: 'extracted',
    }),
  },
  check: ({ values }) => [
    ...(values.size === 0 ? [problem('values', 'at least one label is needed')] : []),
    ...labelNameProblems('values', values.keys()),
  ],
  build({ values, source_type: sourceType }, _, next) {
    const read =
      sourceType === 'extracted'
        ? (entry: Entry, key: string) => entry.extracted.text(key)
        : (entry: Entry, key: string) => entry.metadata?.find(([name]) => name === key)?.[1]
    const settings = [...values].map(([name, key]) => ({ setter: new LabelSetter(name), key: key === '' ? name : key }))
    return (entry) => {
      for (const { setter, key } of settings) {
        const value = read(entry, key)
        if (value !== undefined) entry.labels = setter.set(entry.labels, value)
      }
      next(entry)
    }
  },
})
