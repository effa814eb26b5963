import { Switch as BaseSwitch } from '@base-ui/react/switch'
import styles from './field.module.css'

interface SwitchProps {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  /** Its name for screen readers where no `Field` gives one. */
  readonly label?: string
  readonly disabled?: boolean
}

/** Something that is on or off and changes at once. */
export function Switch({ checked, onChange, label, disabled }: SwitchProps) {
  return (
    <BaseSwitch.Root
      className={styles.switch}
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled}
      aria-label={label}
    >
      <BaseSwitch.Thumb className={styles.thumb} />
    </BaseSwitch.Root>
  )
}
