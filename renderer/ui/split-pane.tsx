import { useRef } from 'react'
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'
import { interfaceSize } from '../model/interface-size.ts'
import { useWords } from './use-words.ts'
import { words } from './words.ts'
import styles from './split-pane.module.css'

interface SplitPaneProps {
  readonly children: ReactNode
  /** The pane whose size is `size`; without it the first one has everything. */
  readonly pane: ReactNode | undefined
  /** Where the pane is. */
  readonly side: 'right' | 'bottom'
  /** Pixels. */
  readonly size: number
  readonly least: number
  /** What is always left to the children, pixels. */
  readonly rest: number
  readonly onResize: (size: number) => void
  /** What is resized, for screen readers. */
  readonly label: string
}

const step = 16

/** A pane beside or below something, with a border that is dragged, or moved with the arrow keys. */
export function SplitPane({ children, pane, side, size, least, rest, onResize, label }: SplitPaneProps) {
  const { resize } = useWords(words)
  const whole = useRef<HTMLDivElement>(null)
  const right = side === 'right'
  const most = (): number => {
    const box = whole.current?.getBoundingClientRect()
    return Math.max(least, ((right ? box?.width : box?.height) ?? 0) / interfaceSize.get() - rest)
  }
  const set = (next: number): void => onResize(Math.round(Math.min(most(), Math.max(least, next))))
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || whole.current === null) return
    const box = whole.current.getBoundingClientRect()
    set((right ? box.right - event.clientX : box.bottom - event.clientY) / interfaceSize.get())
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const grow = right ? 'ArrowLeft' : 'ArrowUp'
    const shrink = right ? 'ArrowRight' : 'ArrowDown'
    const sizes = new Map([
      [grow, size + step],
      [shrink, size - step],
      ['Home', least],
      ['End', most()],
    ])
    const next = sizes.get(event.key)
    if (next === undefined) return
    event.preventDefault()
    set(next)
  }
  return (
    <div
      ref={whole}
      className={styles.split}
      data-side={side}
      data-open={pane !== undefined}
      style={{ '--pane': `${size}px`, '--least': `${least}px`, '--rest': `${rest}px` }}
    >
      <div className={styles.part}>{children}</div>
      {pane !== undefined && (
        <>
          <div
            className={styles.border}
            role="separator"
            tabIndex={0}
            aria-label={`${resize}: ${label}`}
            aria-orientation={right ? 'vertical' : 'horizontal'}
            aria-valuenow={size}
            aria-valuemin={least}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={onPointerMove}
            onKeyDown={onKeyDown}
          />
          <div className={styles.part}>{pane}</div>
        </>
      )}
    </div>
  )
}
