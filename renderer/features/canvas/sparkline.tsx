import { useCell, useConnection } from '../../live/connection-context.ts'
import { componentSeries } from '../../live/history.ts'
import type { SignalKind } from '../../model/signal-kind.ts'
import styles from './component-node.module.css'

const seconds = 60
const size = { width: 224, height: 14 }

/** The rate of the last minute as a line along the lower edge. */
export function Sparkline({ id, kind }: { readonly id: string; readonly kind: SignalKind }) {
  const { history } = useConnection()
  useCell(history.points)
  const out = history.read(componentSeries(id, 'out'), seconds).values
  const rates = out.some((rate) => !Number.isNaN(rate)) ? out : history.read(componentSeries(id, 'in'), seconds).values
  const most = rates.reduce((max, rate) => (rate > max ? rate : max), 0)
  if (rates.length < 2 || most === 0) return null
  const points = [...rates].flatMap((rate, index) => {
    const x = ((seconds - rates.length + index) / (seconds - 1)) * size.width
    return Number.isNaN(rate)
      ? []
      : [`${x.toFixed(1)},${(size.height - 1 - (rate / most) * (size.height - 2)).toFixed(1)}`]
  })
  return (
    <svg className={styles.sparkline} viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
      <polyline points={points.join(' ')} fill="none" stroke={`var(--${kind})`} strokeWidth={1.25} />
    </svg>
  )
}
