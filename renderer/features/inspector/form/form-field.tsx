import { useEffect, useRef, useState } from 'react'
import type { Block } from '../../../../collector-core/language/ast.ts'
import { attributeOf } from '../../../../collector-core/language/walk.ts'
import type { BlockPath } from '../../../../collector-core/language/walk.ts'
import type { Field, Fields } from '../../../../collector-core/schema/field.ts'
import { relabelRuleFields } from '../../../../collector-core/schema/relabel-rule-fields.ts'
import { shapeName } from '../../../../collector-core/schema/shape.ts'
import { defaultText } from '../../../model/default-text.ts'
import { Badge } from '../../../ui/badge.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useTranslation } from '../../../ui/use-translation.ts'
import { useWords } from '../../../ui/use-words.ts'
import { FieldDoc } from '../field-doc.tsx'
import { ExpressionControl } from './expression-control.tsx'
import { useForm } from './form-context.ts'
import { removeValue } from './form-edit.ts'
import styles from './form.module.css'
import { controlFor, scalarText } from './literal-of.ts'
import { RegexTester } from './regex-tester.tsx'
import { ValueControl } from './value-control.tsx'
import { isPlain } from './value-props.ts'
import { words } from './words.ts'

interface FormFieldProps {
  readonly name: string
  readonly field: Field
  readonly fields: Fields
  readonly block: Block
  readonly path: BlockPath
  /** Told when the argument goes back to its default; it is still shown then. */
  readonly onReset: () => void
}

/** One argument: its name, its control, what it means, and what is wrong with it. */
export function FormField({ name, field, fields, block, path, onReset }: FormFieldProps) {
  const translate = useTranslation()
  const say = useWords(words)
  const { diagnostics, change, sought } = useForm()
  const [asExpression, setAsExpression] = useState(false)
  const [testing, setTesting] = useState(false)
  const element = useRef<HTMLDivElement>(null)
  const attribute = attributeOf(block.body, name)
  const expression = attribute?.value.kind === 'error-expression' ? undefined : attribute?.value
  const at = { block: path, attribute: name, steps: [] }
  const { shape, required, support, stability } = field
  const problems = diagnostics.filter(
    ({ span }) => attribute && span.start >= attribute.span.start && span.end <= attribute.span.end,
  )
  const isSought = sought !== undefined && attribute !== undefined && touches(sought, attribute.span)
  useEffect(() => {
    if (!isSought) return
    element.current?.scrollIntoView({ block: 'center' })
    element.current?.querySelector<HTMLElement>('input, textarea, button[role=combobox]')?.focus()
  }, [isSought, sought])
  const standing = defaultText(field)
  const value = {
    shape,
    at,
    expression,
    name,
    placeholder: standing && say.default(standing),
    invalid: problems.length > 0,
  }
  const plain = isPlain(shape, expression)
  const regex =
    shape.kind === 'regex' && (expression === undefined ? stringDefault(field) : scalarText(expression, shape))
  return (
    <div ref={element} className={styles.field} data-set={attribute !== undefined} data-sought={isSought || undefined}>
      <div className={styles.top}>
        <span className={styles.name}>{name}</span>
        {required && attribute === undefined && <Badge tone="failing">{say.required}</Badge>}
        {support && <Badge tone="waiting">{say[support.level]}</Badge>}
        {stability && <Badge>{say[stability]}</Badge>}
        <span className={styles.type}>{shapeName(shape)}</span>
        <span className={styles.tools}>
          {typeof regex === 'string' && (
            <IconButton icon="search" label={say.test} pressed={testing} onClick={() => setTesting(!testing)} />
          )}
          {plain && controlFor(shape) !== undefined && (
            <IconButton
              icon="text"
              label={asExpression ? say.asValue(name) : say.asExpression(name)}
              pressed={asExpression}
              onClick={() => setAsExpression(!asExpression)}
            />
          )}
          {attribute !== undefined && (
            <IconButton
              icon={required ? 'delete' : 'undo'}
              label={required ? say.remove(name) : say.reset(name)}
              onClick={() => {
                onReset()
                change((parsed) => removeValue(parsed, at))
              }}
            />
          )}
        </span>
      </div>
      {plain && asExpression ? <ExpressionControl {...value} /> : <ValueControl {...value} />}
      {testing && typeof regex === 'string' && (
        <RegexTester
          pattern={regex}
          anchored={Object.hasOwn(fields, 'source_labels') && fields.regex === relabelRuleFields.regex}
        />
      )}
      {problems.map(({ message, severity }, index) => (
        <p key={index} className={severity === 'error' ? styles.error : styles.warning}>
          {translate(message)}
        </p>
      ))}
      <p className={styles.hint}>
        <FieldDoc of={field} />
      </p>
    </div>
  )
}

const stringDefault = ({ default: value }: Field): string => (typeof value === 'string' ? value : '')

const touches = (a: { start: number; end: number }, b: { start: number; end: number }): boolean =>
  a.start >= b.start && a.end <= b.end
