import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'
import { Keys } from './kbd.tsx'
import styles from './popup.module.css'

interface TooltipProps {
  readonly text: ReactNode
  readonly keys?: string
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  /** One element that takes a ref and handlers. */
  readonly children: ReactElement
}

/** A word about an element, on hover and on focus; never the only place where something is said. */
export function Tooltip({ text, keys, side = 'bottom', children }: TooltipProps) {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner positionMethod="fixed" side={side} sideOffset={6} className={styles.positioner}>
          <BaseTooltip.Popup className={styles.tooltip}>
            {text}
            {keys !== undefined && <Keys keys={keys} />}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  )
}
