import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import { useWords } from './use-words.ts'
import { IconButton } from './icon-button.tsx'
import { takeFocus } from './take-focus.ts'
import { words } from './words.ts'
import styles from './dialog.module.css'

interface DialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  /** What it is about, in a sentence or two. */
  readonly detail?: ReactNode
  readonly children?: ReactNode
  /** Buttons, the one that goes on last. */
  readonly actions?: ReactNode
  /** `wide` for lists and diffs. */
  readonly size?: 'narrow' | 'wide'
}

/** A question or a task that comes before everything else; Escape and a click outside close it. */
export function Dialog({ open, onClose, title, detail, children, actions, size = 'narrow' }: DialogProps) {
  const { close } = useWords(words)
  return (
    <BaseDialog.Root open={open} onOpenChange={(stays) => !stays && onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={styles.backdrop} />
        <BaseDialog.Viewport className={styles.viewport}>
          <BaseDialog.Popup ref={takeFocus} className={styles.popup} data-size={size} initialFocus={false}>
            <header className={styles.header}>
              <BaseDialog.Title className={styles.title}>{title}</BaseDialog.Title>
              <IconButton icon="close" label={close} onClick={onClose} />
            </header>
            <div className={styles.body}>
              {detail !== undefined && (
                <BaseDialog.Description className={styles.detail}>{detail}</BaseDialog.Description>
              )}
              {children}
            </div>
            {actions !== undefined && <footer className={styles.actions}>{actions}</footer>}
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}
