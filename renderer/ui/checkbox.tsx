import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import styles from './field.module.css'

interface CheckboxProps {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly label: ReactNode
  readonly disabled?: boolean
}

/** A choice with its words beside it. */
export function Checkbox({ checked, onChange, label, disabled }: CheckboxProps) {
  return (
    <label className={styles.check}>
      <BaseCheckbox.Root className={styles.box} checked={checked} onCheckedChange={onChange} disabled={disabled}>
        <BaseCheckbox.Indicator>
          <Icon name="check" size={12} />
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <span className={styles.words}>{label}</span>
    </label>
  )
}
