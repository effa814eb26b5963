import { Input } from '@base-ui/react/input'
import type { KeyboardEvent, Ref } from 'react'
import styles from './field.module.css'

interface TextProps {
  readonly value: string
  readonly onChange: (value: string) => void
  /** Its name for screen readers where no `Field` gives one. */
  readonly label?: string
  readonly placeholder?: string
  /** Config text: set in the monospaced face, unchecked by the spelling checker. */
  readonly mono?: boolean
  readonly invalid?: boolean
  readonly disabled?: boolean
  readonly autoFocus?: boolean
  readonly onBlur?: () => void
}

interface TextInputProps extends TextProps {
  readonly type?: 'text' | 'password' | 'search'
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void
  readonly ref?: Ref<HTMLInputElement>
}

/** One line of text. */
export function TextInput({ value, onChange, label, mono = false, invalid, type = 'text', ...rest }: TextInputProps) {
  return (
    <Input
      {...rest}
      type={type}
      className={mono ? `${styles.control} ${styles.mono}` : styles.control}
      value={value}
      onValueChange={onChange}
      aria-label={label}
      aria-invalid={invalid || undefined}
      spellCheck={false}
      autoComplete="off"
    />
  )
}

interface TextAreaProps extends TextProps {
  readonly rows?: number
  readonly ref?: Ref<HTMLTextAreaElement>
}

/** Several lines of text. */
export function TextArea({ value, onChange, label, mono = false, invalid, ref, rows = 3, ...rest }: TextAreaProps) {
  return (
    <Input
      {...rest}
      render={<textarea ref={ref} rows={rows} />}
      className={mono ? `${styles.control} ${styles.mono}` : styles.control}
      value={value}
      onValueChange={onChange}
      aria-label={label}
      aria-invalid={invalid || undefined}
      spellCheck={false}
    />
  )
}
