import { Popover as BasePopover } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'
import styles from './popup.module.css'

interface PopoverProps {
  /** The button that opens it. */
  readonly trigger: ReactElement
  /** Its name for screen readers. */
  readonly label: string
  readonly children: ReactNode
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
}

/** A small panel beside the button that opens it. */
export function Popover({ trigger, label, children, side = 'bottom', open, onOpenChange }: PopoverProps) {
  return (
    <BasePopover.Root open={open} onOpenChange={onOpenChange}>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner positionMethod="fixed" side={side} sideOffset={6} className={styles.positioner}>
          <BasePopover.Popup className={`${styles.popup} ${styles.panel}`} aria-label={label}>
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  )
}
