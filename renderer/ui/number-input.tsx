import { NumberField } from '@base-ui/react/number-field'
import { Icon } from './icon.tsx'
import { useWords } from './use-words.ts'
import { words } from './words.ts'
import styles from './field.module.css'

interface NumberInputProps {
  /** Undefined while empty. */
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
  readonly label?: string
  readonly least?: number
  readonly most?: number
  /** `any` for fractions. */
  readonly step?: number | 'any'
  readonly placeholder?: string
  readonly disabled?: boolean
}

const plain: Intl.NumberFormatOptions = { useGrouping: false, maximumFractionDigits: 12 }

/** A number, typed or stepped with the arrow keys. */
export function NumberInput({ value, onChange, label, least, most, step, placeholder, disabled }: NumberInputProps) {
  const { more, less } = useWords(words)
  return (
    <NumberField.Root
      value={value ?? null}
      onValueChange={(next) => onChange(next ?? undefined)}
      min={least}
      max={most}
      step={step}
      disabled={disabled}
      format={plain}
      locale="en-US"
    >
      <NumberField.Group className={`${styles.control} ${styles.mono}`}>
        <NumberField.Input className={styles.inner} aria-label={label} placeholder={placeholder} />
        <NumberField.Decrement className={styles.bare} aria-label={less}>
          <Icon name="minus" size={12} />
        </NumberField.Decrement>
        <NumberField.Increment className={styles.bare} aria-label={more}>
          <Icon name="plus" size={12} />
        </NumberField.Increment>
      </NumberField.Group>
    </NumberField.Root>
  )
}
