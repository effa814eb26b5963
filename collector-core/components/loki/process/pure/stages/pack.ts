import { bool, list, string } from '../../../../../schema/field.ts'
import { memoLabels } from './label-memo.ts'
import { defineStage } from './stage.ts'

/** Moves labels and extracted values into the line, as JSON that Loki's `unpack` reads. */
export const packStage = defineStage({
  fields: {
    labels: list(string(''), 'Labels and extracted values to pack.', { required: true }),
    ingest_timestamp: bool('Replace the timestamp by the current time.', { default: true }),
  },
  build({ labels, ingest_timestamp: ingest }, context, next) {
    const names = [...new Set(labels)].sort()
    const removals = new Map<string, ReturnType<typeof memoLabels>>()
    const remove = (packed: readonly string[]): ReturnType<typeof memoLabels> => {
      const key = packed.join(',')
      let edit = removals.get(key)
      if (edit === undefined)
        removals.set(key, (edit = memoLabels((set) => set.filter((name) => !packed.includes(name)))))
      return edit
    }
    return (entry) => {
      const packed = names.filter((name) => entry.extracted.text(name) !== undefined)
      const members = packed.map((name) => `${JSON.stringify(name)}:${JSON.stringify(entry.extracted.text(name))},`)
      entry.line = `{${members.join('')}"_entry":${JSON.stringify(entry.line)}}`
      entry.labels = remove(packed)(entry.labels)
      if (ingest) {
        const now = context.now()
        entry.seconds = Math.floor(now / 1000)
        entry.nanos = Math.round((now - entry.seconds * 1000) * 1e6)
      }
      next(entry)
    }
  },
})
