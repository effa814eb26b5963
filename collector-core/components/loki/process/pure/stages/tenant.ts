import { string } from '../../../../../schema/field.ts'
import type { LabelEdit } from './label-memo.ts'
import { LabelSetter, memoLabels } from './label-memo.ts'
import { defineStage, problem } from './stage.ts'

const tenantLabel = '__tenant_id__'

function tenantEdit({ label, value }: { readonly label?: string; readonly value?: string }): LabelEdit | undefined {
  if (value) return (labels) => labels.with([[tenantLabel, value]])
  if (!label) return undefined
  return (labels) => (labels.has(label) ? labels.with([[tenantLabel, labels.get(label)]]) : labels)
}

/** Chooses the tenant `loki.write` sends an entry to. */
export const tenantStage = defineStage({
  fields: {
    label: string('Label that holds the tenant.'),
    source: string('Extracted value that holds the tenant.'),
    value: string('The tenant itself.'),
  },
  check: ({ label, source, value }) =>
    [label, source, value].filter((given) => given !== undefined && given !== '').length === 1
      ? []
      : [problem([], 'set exactly one of label, source and value')],
  labelEdit: tenantEdit,
  build(args, _, next) {
    const edit = tenantEdit(args)
    if (edit !== undefined) {
      const memo = memoLabels(edit)
      return (entry) => {
        entry.labels = memo(entry.labels)
        next(entry)
      }
    }
    const setter = new LabelSetter(tenantLabel)
    return (entry) => {
      const tenant = entry.extracted.text(args.source ?? '')
      if (tenant !== undefined && tenant !== '') entry.labels = setter.set(entry.labels, tenant)
      next(entry)
    }
  },
})
