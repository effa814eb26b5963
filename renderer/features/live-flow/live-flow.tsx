import { useLayoutEffect, useRef, useState } from 'react'
import { useCell, useConnection } from '../../live/connection-context.ts'
import type { Picture } from '../../model/picture.ts'
import { ComponentName } from '../../ui/component-name.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useWords } from '../../ui/use-words.ts'
import { barWidth, layBands } from './bands.ts'
import { words } from './words.ts'
import styles from './live-flow.module.css'

interface LiveFlowProps {
  readonly picture: Picture
  readonly selected: string | undefined
  readonly onSelect: (id: string) => void
}

const side = 24
/** Between the words of a component and those of the next column. */
const apart = 16

/** The running pipeline as bands whose width is their rate; drawn once a second and when the collector stops. */
export function LiveFlow({ picture, selected, onSelect }: LiveFlowProps) {
  const say = useWords(words)
  const { numbers, history, state } = useConnection()
  useCell(history.points)
  useCell(state)
  const place = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 900, height: 500 })
  useLayoutEffect(() => {
    const box = place.current
    if (box === null) return undefined
    const measure = (): void => setSize({ width: box.clientWidth, height: box.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(box)
    return () => observer.disconnect()
  }, [])
  const wide = Math.max(480, size.width - side * 2)
  const flowing = picture.edges.flatMap((edge) => {
    const live = numbers.edge(edge.id).get()
    return edge.items === undefined || live === undefined || live.rate <= 0
      ? []
      : [{ id: edge.id, from: edge.from, to: edge.to, kind: edge.kind, rate: live.rate, unit: edge.items }]
  })
  const nodes = new Map(picture.nodes.map((node) => [node.id, node]))
  const { bars, bands, height, step } = layBands(flowing, wide, size.height - 96)
  return (
    <div ref={place} className={styles.page} tabIndex={0} role="region" aria-label={say.flow}>
      {bands.length === 0 ? (
        <EmptyState icon="live" {...say.empty} />
      ) : (
        <>
          <div className={styles.flow} style={{ width: `${wide}px`, height: `${height + 12}px` }}>
            <svg width={wide} height={height + 12} aria-hidden="true">
              {bands.map(({ id, path, kind, from, to, rate, unit }) => (
                <path
                  key={id}
                  d={path}
                  fill={`var(--${kind})`}
                  className={styles.band}
                  data-lit={selected === undefined || selected === from || selected === to}
                >
                  <title>{say.band(from, to, rate, unit)}</title>
                </path>
              ))}
              {bars.map(({ id, x, y, height: tall }) => (
                <rect
                  key={id}
                  x={x}
                  y={y}
                  width={barWidth}
                  height={tall}
                  rx={2}
                  className={styles.bar}
                  data-selected={id === selected}
                  onClick={() => onSelect(id)}
                />
              ))}
            </svg>
            {bars.map(({ id, x, y }) => {
              const live = numbers.component(id).get()
              return (
                <button
                  key={id}
                  type="button"
                  className={styles.component}
                  style={{ left: `${x}px`, top: `${y}px`, maxWidth: `${step - apart}px` }}
                  title={id}
                  aria-pressed={id === selected}
                  onClick={() => onSelect(id)}
                >
                  <span className={styles.id}>
                    <ComponentName {...(nodes.get(id) ?? { name: id, label: '' })} />
                  </span>
                  <span className={styles.rate}>
                    {say.rate(live?.output?.rate ?? live?.input?.rate ?? 0)}
                    {(live?.droppedRate ?? 0) > 0 && (
                      <span className={styles.dropped}> {say.dropped(live?.droppedRate ?? 0)}</span>
                    )}
                  </span>
                </button>
              )
            })}
          </div>
          <p className={styles.note}>{say.scale}</p>
        </>
      )}
    </div>
  )
}
