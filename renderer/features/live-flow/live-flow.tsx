import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useCell, useConnection } from '../../live/connection-context.ts'
import type { Picture } from '../../model/picture.ts'
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
const letterWidth = 6.4

/** The end of an id says more than its beginning. */
const shortened = (id: string, letters: number): string => (id.length <= letters ? id : `…${id.slice(1 - letters)}`)

/** The running pipeline as bands whose width is their rate; drawn once a second. */
export function LiveFlow({ picture, selected, onSelect }: LiveFlowProps) {
  const say = useWords(words)
  const { numbers, history } = useConnection()
  const points = useCell(history.points)
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
  const { bars, bands, height, step } = useMemo(() => {
    const flowing = picture.edges.flatMap((edge) => {
      const live = numbers.edge(edge.id).get()
      return edge.items === undefined || live === undefined || live.rate <= 0
        ? []
        : [{ id: edge.id, from: edge.from, to: edge.to, kind: edge.kind, rate: live.rate, unit: edge.items }]
    })
    return layBands(flowing, Math.max(480, size.width - side * 2), size.height - 96)
  }, [picture, numbers, points, size])
  const letters = Math.max(12, Math.floor((Math.min(step, size.width) - 16) / letterWidth))
  return (
    <div ref={place} className={styles.page} tabIndex={0} role="region" aria-label={say.flow}>
      {bands.length === 0 ? (
        <EmptyState icon="live" {...say.empty} />
      ) : (
        <>
          <svg width={Math.max(480, size.width - side * 2)} height={height + 12} className={styles.flow}>
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
            {bars.map(({ id, x, y, height: tall }) => {
              const live = numbers.component(id).get()
              return (
                <g
                  key={id}
                  role="button"
                  tabIndex={0}
                  aria-label={id}
                  className={styles.bar}
                  data-selected={id === selected}
                  onClick={() => onSelect(id)}
                  onKeyDown={(event) => {
                    if (event.key === 'Enter' || event.key === ' ') onSelect(id)
                  }}
                >
                  <rect x={x} y={y} width={barWidth} height={tall} rx={2} />
                  <text x={x} y={y - 20}>
                    {shortened(id, letters)}
                  </text>
                  <text x={x} y={y - 6} className={styles.rate}>
                    {say.rate(live?.output?.rate ?? live?.input?.rate ?? 0)}
                    {(live?.droppedRate ?? 0) > 0 && (
                      <tspan className={styles.dropped}> {say.dropped(live?.droppedRate ?? 0)}</tspan>
                    )}
                  </text>
                </g>
              )
            })}
          </svg>
          <p className={styles.note}>{say.scale}</p>
        </>
      )}
    </div>
  )
}
