import { edgeSeries } from '../../live/history.ts'
import { SignalGlyph } from '../../ui/signal-glyph.tsx'
import { Table } from '../../ui/table.tsx'
import { useWords } from '../../ui/use-words.ts'
import type { EdgeRow } from './rows.ts'
import { Sparkline } from './sparkline.tsx'
import { words } from './words.ts'
import styles from './live-table.module.css'

interface ConnectionTableProps {
  readonly rows: readonly EdgeRow[]
  readonly onSelect: (id: string) => void
}

/** One row of numbers per connection. */
export function ConnectionTable({ rows, onSelect }: ConnectionTableProps) {
  const say = useWords(words)
  const link = (id: string) => (
    <button type="button" className={styles.link} onClick={() => onSelect(id)}>
      {id}
    </button>
  )
  return (
    <Table label={say.connections}>
      <thead>
        <tr>
          <th scope="col">{say.from}</th>
          <th scope="col">{say.to}</th>
          <th scope="col">{say.signal}</th>
          <th scope="col">{say.columns.trend}</th>
          <th scope="col" className={styles.number}>
            {say.rate}
          </th>
          <th scope="col" className={styles.number}>
            {say.total}
          </th>
          <th scope="col" className={styles.number}>
            {say.wait}
          </th>
          <th scope="col" className={styles.number}>
            {say.refused}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ edge, live }) => (
          <tr key={edge.id}>
            <td>{link(edge.from)}</td>
            <td>{link(edge.to)}</td>
            <td>
              <span className={styles.health}>
                <SignalGlyph kind={edge.kind} /> {say.signals[edge.kind]}{' '}
                <span className={styles.unit}>{edge.items}</span>
              </span>
            </td>
            <td>
              <Sparkline series={edgeSeries(edge.id)} hue={edge.kind} />
            </td>
            <td className={styles.number}>
              {live && <span data-zero={live.rate === 0}>{say.rateOf(live.rate)}</span>}
            </td>
            <td className={styles.number}>
              {live && <span data-zero={live.items === 0}>{say.count(live.items)}</span>}
            </td>
            <td className={styles.number}>{live && say.took(live.waitMs)}</td>
            <td className={styles.number} title={live?.lastRefusal}>
              {live && (
                <span data-zero={live.refusedItems === 0} data-bad={live.refusedItems > 0}>
                  {say.count(live.refusedItems)}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
