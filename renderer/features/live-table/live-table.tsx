import { useState } from 'react'
import { useCell, useConnection } from '../../live/connection-context.ts'
import type { Flow } from '../../live/live-numbers.ts'
import type { Picture } from '../../model/picture.ts'
import { HealthMark } from '../../ui/health-mark.tsx'
import { SignalGlyph } from '../../ui/signal-glyph.tsx'
import { countedFrom, readRows } from './rows.ts'
import type { ComponentRow, EdgeRow, Rows } from './rows.ts'
import { words } from './words.ts'
import styles from './live-table.module.css'

interface LiveTableProps {
  readonly picture: Picture
  readonly selected: string | undefined
  readonly onSelect: (id: string) => void
}

/** All numbers as tables: per component and per connection, since start or since the user looked. */
export function LiveTable({ picture, selected, onSelect }: LiveTableProps) {
  const { numbers } = useConnection()
  useCell(numbers.frame)
  const [base, setBase] = useState<Rows>()
  const now = readRows(picture, numbers)
  const rows = base === undefined ? now : countedFrom(now, base)
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <span>{words.counting}</span>
        <div className={styles.choice} role="group" aria-label={words.counting}>
          <button type="button" aria-pressed={base === undefined} onClick={() => setBase(undefined)}>
            {words.sinceStart}
          </button>
          <button type="button" aria-pressed={base !== undefined} onClick={() => setBase(now)}>
            {words.sinceNow}
          </button>
        </div>
      </div>
      <Components rows={rows.components} selected={selected} onSelect={onSelect} />
      {rows.edges.length > 0 && <Connections rows={rows.edges} onSelect={onSelect} />}
    </div>
  )
}

interface ComponentsProps {
  readonly rows: readonly ComponentRow[]
  readonly selected: string | undefined
  readonly onSelect: (id: string) => void
}

function Components({ rows, selected, onSelect }: ComponentsProps) {
  return (
    <table className={styles.table}>
      <caption>{words.components}</caption>
      <thead>
        <tr>
          <th scope="col">{words.component}</th>
          <th scope="col">{words.health}</th>
          <th scope="col">{words.unit}</th>
          <th scope="col" className={styles.number}>
            {words.inputRate}
          </th>
          <th scope="col" className={styles.number}>
            {words.input}
          </th>
          <th scope="col" className={styles.number}>
            {words.outputRate}
          </th>
          <th scope="col" className={styles.number}>
            {words.output}
          </th>
          <th scope="col" className={styles.number}>
            {words.refused}
          </th>
          <th scope="col">{words.dropped}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ node, live }) => (
          <tr key={node.id} data-selected={node.id === selected}>
            <th scope="row">
              <Link id={node.id} onSelect={onSelect} />
            </th>
            <td>
              <span className={styles.health} title={live?.health.message}>
                <HealthMark silent state={live?.health.state} /> {live && words.states[live.health.state]}
              </span>
            </td>
            <td className={styles.unit}>{unitOf(live)}</td>
            <Rate flow={live?.input} />
            <Count count={live?.input?.items} />
            <Rate flow={live?.output} />
            <Count count={live?.output?.items} />
            <Count count={live?.refused} bad />
            <td className={styles.drops}>
              {Object.entries(live?.dropped ?? {})
                .map(([reason, count]) => words.byReason(reason, count))
                .join(', ') || <span className={styles.none}>{words.nothing}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Connections({
  rows,
  onSelect,
}: {
  readonly rows: readonly EdgeRow[]
  readonly onSelect: (id: string) => void
}) {
  return (
    <table className={styles.table}>
      <caption>{words.connections}</caption>
      <thead>
        <tr>
          <th scope="col">{words.from}</th>
          <th scope="col">{words.to}</th>
          <th scope="col">{words.signal}</th>
          <th scope="col">{words.unit}</th>
          <th scope="col" className={styles.number}>
            {words.rate}
          </th>
          <th scope="col" className={styles.number}>
            {words.total}
          </th>
          <th scope="col" className={styles.number}>
            {words.wait}
          </th>
          <th scope="col" className={styles.number}>
            {words.refused}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ edge, live }) => (
          <tr key={edge.id}>
            <td>
              <Link id={edge.from} onSelect={onSelect} />
            </td>
            <td>
              <Link id={edge.to} onSelect={onSelect} />
            </td>
            <td>
              <span className={styles.health}>
                <SignalGlyph kind={edge.kind} /> {edge.kind}
              </span>
            </td>
            <td className={styles.unit}>{edge.items}</td>
            <td className={styles.number}>{live && words.rateOf(live.rate)}</td>
            <Count count={live?.items} />
            <td className={styles.number}>{live && words.took(live.waitMs)}</td>
            <td className={styles.number} title={live?.lastRefusal}>
              {live && <Refused count={live.refusedItems} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Link({ id, onSelect }: { readonly id: string; readonly onSelect: (id: string) => void }) {
  return (
    <button type="button" className={styles.link} onClick={() => onSelect(id)}>
      {id}
    </button>
  )
}

function Rate({ flow }: { readonly flow: Flow | undefined }) {
  if (flow === undefined) return <Count count={undefined} />
  return <td className={styles.number}>{words.rateOf(flow.rate)}</td>
}

function Count({ count, bad = false }: { readonly count: number | undefined; readonly bad?: boolean }) {
  if (count === undefined) return <td className={`${styles.number} ${styles.none}`}>{words.nothing}</td>
  return <td className={styles.number}>{bad ? <Refused count={count} /> : words.count(count)}</td>
}

function Refused({ count }: { readonly count: number }) {
  return <span className={count === 0 ? styles.none : styles.bad}>{words.count(count)}</span>
}

/** What the items of a component are called; both names where it turns one into the other. */
function unitOf(live: ComponentRow['live']): string {
  const units = new Set([live?.input?.unit, live?.output?.unit].filter((unit) => unit !== undefined))
  return [...units].join(' → ')
}
