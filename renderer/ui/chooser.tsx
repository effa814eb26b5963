import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { Command } from 'cmdk'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { DocText } from './doc-text.tsx'
import { Icon } from './icon.tsx'
import { Keys } from './kbd.tsx'
import { takeFocus } from './take-focus.ts'
import styles from './chooser.module.css'
import { useTranslation } from './use-translation.ts'

/** One thing to choose. */
export interface Choice {
  readonly id: string
  readonly label: string
  readonly detail?: string
  readonly group: string
  /** Other words it is found by. */
  readonly keywords?: readonly string[]
  readonly glyph?: ReactNode
  readonly keys?: string
  readonly aside?: string
  readonly disabled?: boolean
}

interface ChooserProps {
  readonly title: string
  readonly placeholder: string
  readonly empty: string
  readonly choices: readonly Choice[]
  readonly onChoose: (id: string) => void
  readonly onClose: () => void
  /** More about the choice that is highlighted. */
  readonly preview?: (id: string) => ReactNode
}

/** A list that is searched while typing and chosen from with Enter; Escape and a click outside close it. */
export function Chooser({ title, placeholder, empty, choices, onChoose, onClose, preview }: ChooserProps) {
  const translate = useTranslation()
  const [highlighted, setHighlighted] = useState(choices.find(({ disabled }) => !disabled)?.id ?? '')
  const groups = [...new Set(choices.map(({ group }) => group))]
  return (
    <BaseDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={styles.backdrop} />
        <BaseDialog.Popup
          ref={takeFocus}
          className={styles.popup}
          data-preview={preview !== undefined}
          initialFocus={false}
        >
          <BaseDialog.Title className={styles.title}>{title}</BaseDialog.Title>
          <Command
            label={title}
            loop
            className={styles.command}
            value={highlighted}
            onValueChange={setHighlighted}
            filter={(value, search, keywords) => rank(search, [value, ...(keywords ?? [])])}
          >
            <div className={styles.search}>
              <Icon name="search" />
              <Command.Input className={styles.input} placeholder={placeholder} />
            </div>
            <div className={styles.body}>
              <Command.List className={styles.list} label={title}>
                <Command.Empty className={styles.empty}>{empty}</Command.Empty>
                {groups.map((group) => (
                  <Command.Group key={group} heading={group} className={styles.group}>
                    {choices
                      .filter((choice) => choice.group === group)
                      .map(({ id, label, detail, keywords = [], glyph, keys, aside, disabled }) => (
                        <Command.Item
                          key={id}
                          value={id}
                          keywords={[label, ...(detail === undefined ? [] : [detail, translate(detail)]), ...keywords]}
                          disabled={disabled}
                          className={styles.item}
                          onSelect={() => onChoose(id)}
                        >
                          <span className={styles.glyph}>{glyph}</span>
                          <span className={styles.words}>
                            <span className={styles.label}>{label}</span>
                            {detail !== undefined && (
                              <span className={styles.detail}>
                                <DocText text={detail} />
                              </span>
                            )}
                          </span>
                          {aside !== undefined && <span className={styles.aside}>{aside}</span>}
                          {keys !== undefined && <Keys keys={keys} />}
                        </Command.Item>
                      ))}
                  </Command.Group>
                ))}
              </Command.List>
              {preview !== undefined && <div className={styles.preview}>{preview(highlighted)}</div>}
            </div>
          </Command>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}

/** All typed words have to be found; at the start of a word or of the label counts more. */
function rank(search: string, texts: readonly string[]): number {
  const [, label = ''] = texts
  const all = texts.join(' ').toLowerCase()
  let total = 0
  for (const word of search.toLowerCase().split(/\s+/).filter(Boolean)) {
    const at = all.indexOf(word)
    if (at < 0) return 0
    total += label.toLowerCase().startsWith(word) ? 1 : label.toLowerCase().includes(word) ? 0.7 : 0.3
  }
  return total === 0 ? 1 : total / (total + 1)
}
