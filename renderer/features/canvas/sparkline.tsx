import { useEffect, useState } from 'react'
import { useConnection } from '../../live/connection-context.ts'
import type { SignalKind } from '../../model/signal-kind.ts'
import styles from './component-node.module.css'

const samples = 40
const size = { width: 224, height: 14 }

/** The rate of the last frames as a line along the lower edge, drawn only while somebody can see it. */
export function Sparkline({ id, kind }: { readonly id: string; readonly kind: SignalKind }) {
  const { numbers } = useConnection()
  const [rates, setRates] = useState<readonly number[]>([])
  useEffect(() => {
    const cell = numbers.component(id)
    return numbers.frame.subscribe(() => {
      const live = cell.get()
      const flow = live?.output ?? live?.input
      if (flow !== undefined) setRates((before) => [...before.slice(1 - samples), flow.rate])
    })
  }, [numbers, id])
  const most = Math.max(...rates, 0)
  if (rates.length < 2 || most === 0) return null
  const points = rates.map((rate, index) => {
    const x = (index / (samples - 1)) * size.width
    return `${x.toFixed(1)},${(size.height - 1 - (rate / most) * (size.height - 2)).toFixed(1)}`
  })
  return (
    <svg className={styles.sparkline} viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
      <polyline points={points.join(' ')} fill="none" stroke={`var(--${kind})`} strokeWidth={1.25} />
    </svg>
  )
}
