import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { LogLine } from '../../../host/contract/collector-report.ts'
import { useConnection } from '../../live/connection-context.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Select } from '../../ui/select.tsx'
import { notify } from '../../ui/toast.tsx'
import { useWords } from '../../ui/use-words.ts'
import { words } from './words.ts'
import styles from './logs.module.css'

const mostLines = 2_000
const rowHeight = 24
const levels = ['debug', 'info', 'warn', 'error'] as const

/** The collector's own log, newest last; it stays at its end until it is scrolled away from it. */
export function Logs({ onSelect }: { readonly onSelect: (id: string) => void }) {
  const say = useWords(words)
  const [lines, clear] = useLog()
  const [least, setLeast] = useState<LogLine['level']>('info')
  const [filter, setFilter] = useState('')
  const shown = useMemo(() => {
    const wanted = filter.toLowerCase()
    return lines.filter(
      (line) =>
        levels.indexOf(line.level) >= levels.indexOf(least) &&
        (wanted === '' || `${line.component ?? ''} ${line.message}`.toLowerCase().includes(wanted)),
    )
  }, [lines, least, filter])
  const copy = (): void => {
    const text = shown.map(({ at, level, component = '', message }) => [stamp(at), level, component, message].join(' '))
    void navigator.clipboard
      .writeText(text.join('\n'))
      .then(() => notify({ id: 'logs-copied', tone: 'done', title: say.copied }))
  }
  return (
    <div className={styles.logs}>
      <div className={styles.bar}>
        <div className={styles.level}>
          <Select
            label={say.level}
            value={least}
            onChange={setLeast}
            options={levels.map((value) => ({ value, label: say.levels[value] }))}
          />
        </div>
        <IconButton icon="delete" label={say.clear} onClick={clear} />
        <IconButton icon="copy" label={say.copy} disabled={shown.length === 0} onClick={copy} />
        <div className={styles.filter}>
          <SearchInput icon="filter" label={say.filter} value={filter} onChange={setFilter} />
        </div>
        <span className={styles.count}>{say.count(shown.length, lines.length, mostLines)}</span>
      </div>
      {shown.length === 0 ? (
        <EmptyState {...(lines.length === 0 ? say.empty : say.noMatch)} />
      ) : (
        <Lines lines={shown} onSelect={onSelect} />
      )}
    </div>
  )
}

function useLog(): readonly [readonly LogLine[], () => void] {
  const { client } = useConnection()
  const [lines, setLines] = useState<readonly LogLine[]>([])
  useEffect(
    () =>
      client.subscribe('collectorLog', {}, (more) => setLines((before) => [...before, ...more].slice(-mostLines)), {
        restarted: () => setLines([]),
      }),
    [client],
  )
  return [lines, () => setLines([])]
}

interface LinesProps {
  readonly lines: readonly LogLine[]
  readonly onSelect: (id: string) => void
}

function Lines({ lines, onSelect }: LinesProps) {
  const say = useWords(words)
  const scroller = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  })
  useEffect(() => {
    if (atEnd.current && scroller.current !== null) scroller.current.scrollTop = scroller.current.scrollHeight
  }, [lines])
  return (
    <div
      ref={scroller}
      className={styles.list}
      tabIndex={0}
      role="log"
      aria-label={say.list}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        atEnd.current = scrollTop + clientHeight >= scrollHeight - rowHeight
      }}
    >
      <div style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const { at, level, component, message } = lines[index]
          return (
            <div key={index} className={styles.row} style={{ height: rowHeight, translate: `0 ${start}px` }}>
              <time className={styles.time}>{stamp(at)}</time>
              <span className={styles.mark} data-level={level}>
                {level}
              </span>
              {component === undefined ? (
                <span />
              ) : (
                <button
                  type="button"
                  className={styles.component}
                  title={say.select(component)}
                  onClick={() => onSelect(component)}
                >
                  {component}
                </button>
              )}
              <span className={styles.message} title={message}>
                {message}
              </span>
            </div>
          )
        })}
      </div>
    </div>
  )
}

const stamp = (at: number): string => new Date(at).toISOString().slice(11, 23)
