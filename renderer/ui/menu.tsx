import { ContextMenu as BaseContextMenu } from '@base-ui/react/context-menu'
import { Menu as BaseMenu } from '@base-ui/react/menu'
import { useRef } from 'react'
import type { ReactElement } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'
import { Keys } from './kbd.tsx'
import { takeFocus } from './take-focus.ts'
import styles from './popup.module.css'

export interface MenuItem {
  readonly kind?: 'item'
  readonly label: string
  readonly onSelect: () => void
  readonly icon?: IconName
  readonly keys?: string
  readonly danger?: boolean
  readonly disabled?: boolean
  /** Drawn with a tick, in place of the icon. */
  readonly checked?: boolean
}

/** What a menu offers, as data. */
export type MenuEntry =
  | MenuItem
  | { readonly kind: 'separator' }
  | {
      readonly kind: 'submenu'
      readonly label: string
      readonly icon?: IconName
      readonly entries: readonly MenuEntry[]
    }

interface MenuProps {
  readonly entries: readonly MenuEntry[]
  /** The button that opens it: one element that takes a ref and handlers, such as a `Button`. */
  readonly children: ReactElement
  readonly align?: 'start' | 'center' | 'end'
}

/** A button's menu. */
export function Menu({ entries, children, align = 'start' }: MenuProps) {
  return (
    <BaseMenu.Root {...useGoneAtOnce()}>
      <BaseMenu.Trigger render={children} />
      <MenuPopup entries={entries} align={align} />
    </BaseMenu.Root>
  )
}

interface ContextMenuProps {
  readonly entries: readonly MenuEntry[]
  readonly children: ReactElement
}

/** The menu of a right click or a long press on its child; what it offers must be reachable elsewhere too. */
export function ContextMenu({ entries, children }: ContextMenuProps) {
  return (
    <BaseContextMenu.Root {...useGoneAtOnce()}>
      <BaseContextMenu.Trigger render={children} />
      <MenuPopup entries={entries} />
    </BaseContextMenu.Root>
  )
}

/**
 * A menu has the focus until it has gone: it goes before the next key, which would be lost in it, not after a frame. What was
 * chosen may have opened something; that has taken the focus by then.
 */
function useGoneAtOnce() {
  const actionsRef = useRef<BaseMenu.Root.Actions>(null)
  const leave = (): void => actionsRef.current?.unmount()
  const onOpenChange = (open: boolean): void => {
    if (!open) queueMicrotask(() => queueMicrotask(leave))
  }
  return { actionsRef, onOpenChange }
}

interface MenuPopupProps {
  readonly entries: readonly MenuEntry[]
  readonly align?: MenuProps['align']
  /** The pointer may open one while it stays on the entry that leads there, and so does the focus. */
  readonly nested?: boolean
}

function MenuPopup({ entries, align, nested = false }: MenuPopupProps) {
  return (
    <BaseMenu.Portal>
      <BaseMenu.Positioner positionMethod="fixed" align={align} sideOffset={4} className={styles.positioner}>
        <BaseMenu.Popup
          ref={nested ? undefined : takeFocus}
          className={`${styles.popup} ${styles.list}`}
          // What an entry gave the focus to keeps it.
          finalFocus={() => {
            const { activeElement } = document
            return activeElement === document.body || activeElement?.closest('[role="menu"]') != null
          }}
        >
          <Entries entries={entries} />
        </BaseMenu.Popup>
      </BaseMenu.Positioner>
    </BaseMenu.Portal>
  )
}

function Entries({ entries }: { readonly entries: readonly MenuEntry[] }) {
  return entries.map((entry, index) => {
    if (entry.kind === 'separator') return <BaseMenu.Separator key={index} className={styles.separator} />
    if (entry.kind === 'submenu') {
      return (
        <BaseMenu.SubmenuRoot key={index}>
          <BaseMenu.SubmenuTrigger className={styles.item}>
            {entry.icon && <Icon name={entry.icon} />}
            <span className={styles.text}>{entry.label}</span>
            <span className={styles.aside}>
              <Icon name="next" size={14} />
            </span>
          </BaseMenu.SubmenuTrigger>
          <MenuPopup entries={entry.entries} nested />
        </BaseMenu.SubmenuRoot>
      )
    }
    const { label, onSelect, icon, keys, danger = false, disabled, checked } = entry
    const face = (
      <>
        {checked === undefined ? icon && <Icon name={icon} /> : checked && <Icon name="check" />}
        <span className={styles.text}>{label}</span>
        {keys !== undefined && (
          <span className={styles.aside}>
            <Keys keys={keys} />
          </span>
        )}
      </>
    )
    if (checked !== undefined) {
      return (
        <BaseMenu.CheckboxItem
          key={index}
          className={styles.item}
          checked={checked}
          disabled={disabled}
          closeOnClick
          onCheckedChange={onSelect}
        >
          {face}
        </BaseMenu.CheckboxItem>
      )
    }
    return (
      <BaseMenu.Item key={index} className={styles.item} data-danger={danger} disabled={disabled} onClick={onSelect}>
        {face}
      </BaseMenu.Item>
    )
  })
}
