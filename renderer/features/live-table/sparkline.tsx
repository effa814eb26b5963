import { useEffect, useRef } from 'react'
import { useConnection } from '../../live/connection-context.ts'
import type { Curve } from '../../live/history.ts'
import styles from './live-table.module.css'

const points = 90
const width = 96
const height = 20

/** A series over the last minute and a half; drawn outside of React, once a second. */
export function Sparkline({ series, hue }: { readonly series: string; readonly hue: string }) {
  const { history } = useConnection()
  const path = useRef<SVGPathElement>(null)
  useEffect(() => {
    const draw = (): void => path.current?.setAttribute('d', sparkPath(history.read(series, points), width, height))
    draw()
    return history.points.subscribe(draw)
  }, [history, series])
  return (
    <svg className={styles.spark} width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path ref={path} fill="none" stroke={`var(--${hue})`} strokeWidth={1.25} strokeLinejoin="round" />
    </svg>
  )
}

/** The newest point at the right, zero at the bottom; missing values leave gaps. */
export function sparkPath({ values }: Pick<Curve, 'values'>, wide: number, high: number): string {
  const most = values.reduce((top, value) => (value > top ? value : top), 0)
  const step = wide / (points - 1)
  let path = ''
  let drawing = false
  for (let index = 0; index < values.length; index++) {
    const value = values[index]
    if (Number.isNaN(value)) {
      drawing = false
      continue
    }
    const x = wide - (values.length - 1 - index) * step
    const y = high - 1 - (most === 0 ? 0 : (value / most) * (high - 2))
    path += `${drawing ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`
    drawing = true
  }
  return path
}
