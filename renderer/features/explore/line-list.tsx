import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import type { FoundLine } from '../../../host/contract/explore.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { useWords } from '../../ui/use-words.ts'
import { clockTime } from '../../ui/clock-time.ts'
import { Pairs } from './pairs.tsx'
import { words } from './words.ts'
import styles from './line-list.module.css'

interface LineListProps {
  readonly lines: readonly FoundLine[]
  readonly onTrace: (traceId: string) => void
  /** A label of a line was chosen, to keep only such lines or to leave them out. */
  readonly onFilter: (label: string, value: string, negated: boolean) => void
}

const rowHeight = 22

/** Log lines, newest first; a line opens to its labels and its trace. Only what is in sight is drawn. */
export function LineList({ lines, onTrace, onFilter }: LineListProps) {
  const say = useWords(words)
  const scroll = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState<string>()
  const keyOf = (line: FoundLine, index: number): string => `${line.nanos}:${lines.length - index}`
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyOf(lines[index], index),
    overscan: 20,
  })
  return (
    <div ref={scroll} className={styles.scroll} role="list" aria-label={say.lines} tabIndex={0}>
      <div className={styles.all} style={{ height: `${rows.getTotalSize()}px` }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index]
          const shown = key === open
          return (
            <div
              key={key}
              ref={rows.measureElement}
              data-index={index}
              className={styles.item}
              role="listitem"
              style={{ transform: `translateY(${start}px)` }}
            >
              <button
                type="button"
                className={styles.line}
                data-level={line.level}
                aria-expanded={shown}
                onClick={() => setOpen(shown ? undefined : String(key))}
              >
                <time className={styles.time}>{clockTime(line.at)}</time>
                <span className={styles.text} data-whole={shown}>
                  {line.text}
                </span>
              </button>
              {line.traceId !== undefined && !shown && (
                <span className={styles.jump}>
                  <IconButton icon="link" label={say.openTrace} onClick={() => onTrace(line.traceId!)} />
                </span>
              )}
              {shown && (
                <div className={styles.details}>
                  {line.traceId !== undefined && (
                    <div className={styles.trace}>
                      <Button icon="link" onClick={() => onTrace(line.traceId!)}>
                        {say.openTrace}
                      </Button>
                      <code>{line.traceId}</code>
                    </div>
                  )}
                  <Pairs
                    label={say.label}
                    pairs={line.labels}
                    actions={(name, value) => (
                      <>
                        <IconButton icon="plus" label={say.only(name)} onClick={() => onFilter(name, value, false)} />
                        <IconButton
                          icon="minus"
                          label={say.without(name)}
                          onClick={() => onFilter(name, value, true)}
                        />
                      </>
                    )}
                  />
                </div>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}
