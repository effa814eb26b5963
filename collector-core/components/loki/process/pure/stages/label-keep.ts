import { list, string } from '../../../../../schema/field.ts'
import { defineLabelStage, problem } from './stage.ts'

/** Removes all labels but the named ones, internal ones such as the tenant included. */
export const labelKeepStage = defineLabelStage({
  fields: { values: list(string(''), 'Names of the labels to keep.', { required: true }) },
  check: ({ values }) => (values.length === 0 ? [problem('values', 'at least one label name is needed')] : []),
  labelEdit({ values }) {
    const names = new Set(values)
    return (labels) => labels.filter((name) => names.has(name))
  },
})
