import { list, string } from '../../../../../schema/field.ts'
import { defineStage, problem } from './stage.ts'

/** Removes structured metadata by exact name. */
export const structuredMetadataDropStage = defineStage({
  fields: { values: list(string(''), 'Names to remove.', { required: true }) },
  check: ({ values }) => (values.length === 0 ? [problem('values', 'at least one name is needed')] : []),
  build({ values }, _, next) {
    const gone = new Set(values)
    return (entry) => {
      if (entry.metadata?.some(([name]) => gone.has(name))) {
        const kept = entry.metadata.filter(([name]) => !gone.has(name))
        entry.metadata = kept.length > 0 ? kept : undefined
      }
      next(entry)
    }
  },
})
