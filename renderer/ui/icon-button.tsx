import { Button } from '@base-ui/react/button'
import type { Ref } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'
import { Tooltip } from './tooltip.tsx'
import styles from './icon-button.module.css'

interface IconButtonProps {
  readonly icon: IconName
  readonly label: string
  readonly onClick?: () => void
  /** Keys that do the same, as `Kbd` draws them: `Mod+Z`. */
  readonly keys?: string
  /** For a button that stays in or out. */
  readonly pressed?: boolean
  readonly disabled?: boolean
  readonly ref?: Ref<HTMLButtonElement>
}

/** A square button whose label is its tooltip and its name for screen readers. */
export function IconButton({ icon, label, keys, pressed, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <Button
        {...rest}
        type="button"
        className={styles.button}
        focusableWhenDisabled
        aria-label={label}
        aria-pressed={pressed}
      >
        <Icon name={icon} />
      </Button>
    </Tooltip>
  )
}
