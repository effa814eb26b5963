import { fittingReferences } from '../../../model/fitting-references.ts'
import { Select } from '../../../ui/select.tsx'
import { useWords } from '../../../ui/use-words.ts'
import { ExpressionControl } from './expression-control.tsx'
import { useForm } from './form-context.ts'
import { setValue } from './form-edit.ts'
import type { ValueProps } from './value-props.ts'
import { words } from './words.ts'

/** One reference, such as to the rules of another component. */
export function ReferenceControl(props: ValueProps) {
  const { shape, at, expression, name } = props
  const say = useWords(words)
  const { parsed, graph, component, change } = useForm()
  const offers = fittingReferences(graph, shape, component).map(({ text }) => text)
  const value = expression && parsed.text.slice(expression.span.start, expression.span.end)
  if ((value !== undefined && !offers.includes(value)) || offers.length === 0) return <ExpressionControl {...props} />
  return (
    <Select
      label={name}
      value={value}
      placeholder={say.choose}
      options={offers.map((text) => ({ value: text, label: text }))}
      onChange={(text) => change((now) => setValue(now, at, text))}
    />
  )
}
