import type { ReactNode } from 'react'
import styles from './pairs.module.css'

interface PairsProps {
  readonly label: string
  readonly pairs: Readonly<Record<string, string>>
  /** At the end of a row, such as buttons. */
  readonly actions?: (name: string, value: string) => ReactNode
}

/** Names with their values; nothing at all when there are none. */
export function Pairs({ label, pairs, actions }: PairsProps) {
  const entries = Object.entries(pairs).toSorted(([a], [b]) => a.localeCompare(b))
  if (entries.length === 0) return null
  return (
    <section className={styles.pairs} aria-label={label}>
      <p className={styles.heading}>{label}</p>
      <dl className={styles.list}>
        {entries.map(([name, value]) => (
          <div key={name} className={styles.pair}>
            <dt className={styles.name}>{name}</dt>
            <dd className={styles.value}>{value}</dd>
            {actions !== undefined && <dd className={styles.actions}>{actions(name, value)}</dd>}
          </div>
        ))}
      </dl>
    </section>
  )
}
