import { Field as BaseField } from '@base-ui/react/field'
import type { ReactNode } from 'react'
import styles from './field.module.css'

interface FieldProps {
  readonly label: ReactNode
  /** What it means, shown below. */
  readonly hint?: ReactNode
  /** What is wrong with the value; it takes the place of the hint. */
  readonly error?: string
  /** The label beside its control rather than above it. */
  readonly beside?: boolean
  /** One control of this folder. */
  readonly children: ReactNode
}

/** A control with its label, hint and error, tied together for screen readers. */
export function Field({ label, hint, error, beside = false, children }: FieldProps) {
  return (
    <BaseField.Root className={styles.field} data-beside={beside} invalid={error !== undefined}>
      <BaseField.Label className={styles.label}>{label}</BaseField.Label>
      {children}
      {error === undefined ? (
        hint !== undefined && <BaseField.Description className={styles.hint}>{hint}</BaseField.Description>
      ) : (
        <BaseField.Error className={styles.error} match>
          {error}
        </BaseField.Error>
      )}
    </BaseField.Root>
  )
}
