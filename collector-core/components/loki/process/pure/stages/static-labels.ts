import { map, string } from '../../../../../schema/field.ts'
import { labelNameProblems } from './label-name.ts'
import { defineLabelStage, problem } from './stage.ts'

/** Sets labels to fixed values. */
export const staticLabelsStage = defineLabelStage({
  fields: {
    values: map(string(''), 'Labels and their values; empty values are skipped.', { required: true }),
  },
  check: ({ values }) => [
    ...(values.size === 0 ? [problem('values', 'at least one label is needed')] : []),
    ...labelNameProblems('values', values.keys()),
  ],
  labelEdit({ values }) {
    const changes = [...values].filter(([, value]) => value !== '')
    return (labels) => labels.with(changes)
  },
})
