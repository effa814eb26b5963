import { parseExpression } from '../../../../collector-core/language/parser.ts'
import { fittingReferences } from '../../../model/fitting-references.ts'
import { Combobox } from '../../../ui/combobox.tsx'
import { useWords } from '../../../ui/use-words.ts'
import { DraftInput } from './draft-input.tsx'
import { useForm } from './form-context.ts'
import { removeValue, setValue } from './form-edit.ts'
import styles from './form.module.css'
import { useDraft } from './use-draft.ts'
import type { ValueProps } from './value-props.ts'
import { words } from './words.ts'

/** A value as the expression it is; what cannot be read is not written. */
export function ExpressionControl({ shape, at, expression, name }: ValueProps) {
  const say = useWords(words)
  const { parsed, graph, component, change } = useForm()
  const value = expression === undefined ? '' : parsed.text.slice(expression.span.start, expression.span.end)
  const commit = (text: string): string | undefined => {
    const wanted = text.trim()
    if (wanted === '' && at.steps.length > 0) return say.badExpression
    if (wanted !== '' && parseExpression(wanted).diagnostics.length > 0) return say.badExpression
    change((now) => (wanted === '' ? removeValue(now, at) : setValue(now, at, wanted)))
    return undefined
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
        <DraftInput label={say.expression(name)} value={value} onCommit={commit} />
      )}
    </div>
  )
}

interface OfferedProps {
  readonly value: string
  readonly label: string
  readonly offers: readonly string[]
  readonly onCommit: (text: string) => string | undefined
}

function OfferedExpression({ value, label, offers, onCommit }: OfferedProps) {
  const draft = useDraft(value, onCommit)
  return (
    <>
      <Combobox
        mono
        label={label}
        value={draft.text}
        options={[...offers, 'sys.env("")'].map((text) => ({ value: text, label: text }))}
        onChange={(text) => {
          draft.type(text)
          if (offers.includes(text)) onCommit(text)
        }}
        onBlur={draft.commit}
      />
      {draft.complaint !== undefined && <p className={styles.error}>{draft.complaint}</p>}
    </>
  )
}
