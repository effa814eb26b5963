import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import type { FoundTrace } from '../../../host/contract/explore.ts'
import { useWords } from '../../ui/use-words.ts'
import { shortDuration } from '../../ui/quantity.ts'
import type { Go } from './explore.tsx'
import { SpanDetails } from './span-details.tsx'
import { waterfallOf } from './waterfall.ts'
import { words } from './words.ts'
import styles from './trace-view.module.css'

interface TraceViewProps {
  readonly trace: FoundTrace
  readonly selected: string | undefined
  readonly go: Go
}

const hues = 6
const rowHeight = 28

/** A trace as a waterfall, one row per span; a span opens beside it. Only the rows in sight are drawn. */
export function TraceView({ trace, selected, go }: TraceViewProps) {
  const say = useWords(words)
  const scroll = useRef<HTMLDivElement>(null)
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const [chosen, setChosen] = useState(selected ?? trace.spans[0]?.spanId)
  const { rows, services, durationMs } = useMemo(() => waterfallOf(trace, folded), [trace, folded])
  const span = trace.spans.find(({ spanId }) => spanId === chosen)
  const drawn = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 20,
  })
  const fold = (spanId: string): void => {
    const next = new Set(folded)
    if (!next.delete(spanId)) next.add(spanId)
    setFolded(next)
  }
  return (
    <div className={styles.trace}>
      <div className={styles.waterfall}>
        <div className={styles.axis} aria-hidden="true">
          {[0, 0.25, 0.5, 0.75, 1].map((share) => (
            <span key={share}>{shortDuration(durationMs * share)}</span>
          ))}
        </div>
        <div ref={scroll} className={styles.scroll} role="list" aria-label={say.spans(trace.spans.length)}>
          <div className={styles.all} style={{ height: `${drawn.getTotalSize()}px` }}>
            {drawn.getVirtualItems().map(({ index, key, start }) => {
              const { span, depth, from, to, below } = rows[index]
              const isFolded = folded.has(span.spanId)
              return (
                <div
                  key={key}
                  role="listitem"
                  className={styles.row}
                  data-chosen={span.spanId === chosen}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <span className={styles.name} style={{ paddingLeft: `${Math.min(depth, 20) * 14}px` }}>
                    <button
                      type="button"
                      className={styles.fold}
                      aria-expanded={!isFolded}
                      aria-label={isFolded ? say.unfold : say.fold}
                      disabled={below === 0}
                      onClick={() => fold(span.spanId)}
                    >
                      {below === 0 ? '' : isFolded ? '▸' : '▾'}
                    </button>
                    <button type="button" className={styles.span} onClick={() => setChosen(span.spanId)}>
                      <b>{span.service}</b> {span.name}
                    </button>
                  </span>
                  <button
                    type="button"
                    className={styles.track}
                    tabIndex={-1}
                    aria-hidden="true"
                    onClick={() => setChosen(span.spanId)}
                  >
                    <span
                      className={styles.bar}
                      data-hue={services.indexOf(span.service) % hues}
                      data-failed={span.status === 'error'}
                      style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }}
                    />
                    <span
                      className={styles.took}
                      data-left={to > 0.8}
                      style={to > 0.8 ? { right: `${(1 - from) * 100}%` } : { left: `${to * 100}%` }}
                    >
                      {shortDuration(span.durationMs)}
                      {span.status === 'error' && ` · ${say.failed}`}
                    </span>
                  </button>
                </div>
              )
            })}
          </div>
        </div>
      </div>
      {span && <SpanDetails key={span.spanId} span={span} traceId={trace.traceId} go={go} />}
    </div>
  )
}
