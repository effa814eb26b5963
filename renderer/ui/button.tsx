import { Button as BaseButton } from '@base-ui/react/button'
import type { ReactNode, Ref } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'
import styles from './button.module.css'

export interface ButtonProps {
  readonly children: ReactNode
  /** `primary` at most once in a view, `quiet` beside others, `danger` for what cannot be undone. */
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly icon?: IconName
  readonly disabled?: boolean
  /** Work it began goes on: it says so and takes no clicks, but keeps the focus. */
  readonly busy?: boolean
  readonly type?: 'button' | 'submit'
  readonly title?: string
  readonly onClick?: () => void
  readonly ref?: Ref<HTMLButtonElement>
}

/** A button with a verb on it. */
export function Button({ children, kind = 'plain', icon, busy = false, disabled, type, ...rest }: ButtonProps) {
  return (
    <BaseButton
      {...rest}
      type={type ?? 'button'}
      className={styles.button}
      data-kind={kind}
      disabled={disabled === true || busy}
      focusableWhenDisabled={busy}
      aria-busy={busy || undefined}
    >
      {busy ? <span className={styles.busy} /> : icon && <Icon name={icon} size={14} />}
      <span className={styles.label}>{children}</span>
    </BaseButton>
  )
}
