import { useState } from 'react'
import { parseExpression } from '../../../../collector-core/language/parser.ts'
import { fittingReferences } from '../../../model/fitting-references.ts'
import { Combobox } from '../../../ui/combobox.tsx'
import { useWords } from '../../../ui/use-words.ts'
import { DraftInput } from './draft-input.tsx'
import { useForm } from './form-context.ts'
import { removeValue, setValue } from './form-edit.ts'
import styles from './form.module.css'
import type { ValueProps } from './value-props.ts'
import { words } from './words.ts'

/** A value as the expression it is; what cannot be read is not written. */
export function ExpressionControl({ shape, at, expression, name }: ValueProps) {
  const say = useWords(words)
  const { parsed, graph, component, change } = useForm()
  const [broken, setBroken] = useState(false)
  const value = expression === undefined ? '' : parsed.text.slice(expression.span.start, expression.span.end)
  const commit = (text: string): void => {
    if (text.trim() === '') return at.steps.length === 0 ? change((now) => removeValue(now, at)) : undefined
    const fails = parseExpression(text.trim()).diagnostics.length > 0
    setBroken(fails)
    if (!fails) change((now) => setValue(now, at, text.trim()))
  }
  const offers = expression === undefined || !value.includes('\n') ? fittingReferences(graph, shape, component) : []
  return (
    <div className={styles.expression}>
      {offers.length > 0 ? (
        <OfferedExpression
          key={value}
          value={value}
          label={say.expression(name)}
          offers={offers.map(({ text }) => text)}
          onCommit={commit}
        />
      ) : (
        <DraftInput label={say.expression(name)} value={value} invalid={broken} onCommit={commit} />
      )}
      {broken && <p className={styles.error}>{say.badExpression}</p>}
    </div>
  )
}

interface OfferedProps {
  readonly value: string
  readonly label: string
  readonly offers: readonly string[]
  readonly onCommit: (text: string) => void
}

function OfferedExpression({ value, label, offers, onCommit }: OfferedProps) {
  const [draft, setDraft] = useState(value)
  return (
    <Combobox
      mono
      label={label}
      value={draft}
      options={[...offers, 'sys.env("")'].map((text) => ({ value: text, label: text }))}
      onChange={(text) => {
        setDraft(text)
        if (offers.includes(text)) onCommit(text)
      }}
      onBlur={() => {
        if (draft !== value) onCommit(draft)
      }}
    />
  )
}
