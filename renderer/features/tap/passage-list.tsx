import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import type { KeyboardEvent } from 'react'
import { clockTime } from '../../ui/clock-time.ts'
import { Badge } from '../../ui/badge.tsx'
import { useWords } from '../../ui/use-words.ts'
import type { Mark, Passage } from './match-items.ts'
import { itemText } from './passage-text.ts'
import { words } from './words.ts'
import styles from './tap.module.css'

interface PassageListProps {
  readonly passages: readonly Passage[]
  /** Whether there is something before and something after. */
  readonly both: boolean
  readonly chosen: Passage | undefined
  readonly onChoose: (passage: Passage) => void
}

const rowHeight = 26
const tones: Readonly<Record<Mark, 'neutral' | 'waiting' | 'failing' | 'selected'>> = {
  unmodified: 'neutral',
  modified: 'selected',
  reduced: 'waiting',
  dropped: 'failing',
  unknown: 'neutral',
  made: 'selected',
}

/** Items newest first; the arrow keys go from one to the next. */
export function PassageList({ passages, both, chosen, onChoose }: PassageListProps) {
  const say = useWords(words)
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: passages.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  const at = passages.findIndex((one) => samePassage(one, chosen))
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const next = Math.min(Math.max(at + step, 0), passages.length - 1)
    onChoose(passages[next])
    rows.scrollToIndex(next)
  }
  return (
    <div
      ref={scroller}
      className={styles.list}
      role="listbox"
      tabIndex={0}
      aria-label={say.list}
      aria-activedescendant={rows.getVirtualItems().some(({ index }) => index === at) ? `tap-${at}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const passage = passages[index]
          const { before, after, mark } = passage
          const shown = before ?? after
          const [clock, millis] = shown === undefined ? [] : clockTime(shown.at).split('.')
          return (
            <div
              key={shown === undefined ? index : `${shown.from} ${shown.to} ${shown.sequence}`}
              id={`tap-${index}`}
              role="option"
              aria-selected={index === at}
              className={styles.row}
              data-both={both}
              style={{ height: rowHeight, translate: `0 ${start}px` }}
              onClick={() => onChoose(passage)}
            >
              <time className={styles.time}>
                {clock}
                <span className={styles.millis}>.{millis}</span>
              </time>
              {both && (
                <span className={styles.mark}>
                  <Badge tone={tones[mark]}>{say.marks[mark]}</Badge>
                </span>
              )}
              <span className={styles.text} data-gone={mark === 'dropped'}>
                {before && itemText(before)}
              </span>
              {both && (
                <span className={styles.text} data-same={mark === 'unmodified'}>
                  {after && itemText(after)}
                </span>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function samePassage(a: Passage, b: Passage | undefined): boolean {
  const [one, other] = [a.before ?? a.after, b?.before ?? b?.after]
  return one !== undefined && one.sequence === other?.sequence && one.from === other.from && one.to === other.to
}
