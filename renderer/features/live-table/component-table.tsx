import type { ReactNode } from 'react'
import { componentSeries } from '../../live/history.ts'
import type { ComponentLive } from '../../live/live-numbers.ts'
import { timeOfDay } from '../../ui/clock-time.ts'
import { HealthMark } from '../../ui/health-mark.tsx'
import { SignalGlyph } from '../../ui/signal-glyph.tsx'
import { SortHeading, Table } from '../../ui/table.tsx'
import { TargetCount } from '../../ui/target-count.tsx'
import { useTranslation } from '../../ui/use-translation.ts'
import { useWords } from '../../ui/use-words.ts'
import { words as uiWords } from '../../ui/words.ts'
import type { Column, RowGroup, Sorting } from './arrange.ts'
import type { ComponentRow } from './rows.ts'
import { Sparkline } from './sparkline.tsx'
import { words } from './words.ts'
import styles from './live-table.module.css'

interface ComponentTableProps {
  readonly groups: readonly RowGroup[]
  readonly sorting: Sorting
  readonly onSort: (sorting: Sorting) => void
  readonly selected: string | undefined
  readonly onSelect: (id: string) => void
  /** Wall time of the newest frame. */
  readonly now: number
}

/** One row of numbers per component. */
export function ComponentTable({ groups, sorting, onSort, selected, onSelect, now }: ComponentTableProps) {
  const say = useWords(words)
  const heading = (by: Column, number = true): ReactNode => {
    const own = sorting.by === by
    const first = by === 'component' ? 'ascending' : 'descending'
    const other = sorting.order === 'ascending' ? 'descending' : 'ascending'
    return (
      <SortHeading
        number={number}
        order={own ? sorting.order : undefined}
        onSort={() => onSort({ by, order: own ? other : first })}
      >
        {say.columns[by]}
      </SortHeading>
    )
  }
  return (
    <Table label={say.components}>
      <thead>
        <tr>
          {heading('component', false)}
          {heading('health', false)}
          <th scope="col">{say.columns.trend}</th>
          <th scope="col">{say.columns.unit}</th>
          {heading('inRate')}
          {heading('outRate')}
          {heading('in')}
          {heading('out')}
          {heading('latency')}
          {heading('queue')}
          {heading('oldest')}
          {heading('errors')}
          {heading('dropped', false)}
        </tr>
      </thead>
      {groups.map(({ name, rows }) => (
        <tbody key={name}>
          {name !== '' && (
            <tr className={styles.group}>
              <th scope="rowgroup" colSpan={13}>
                {name} <span className={styles.none}>{rows.length}</span>
              </th>
            </tr>
          )}
          {rows.map((row) => (
            <Row key={row.node.id} row={row} selected={row.node.id === selected} onSelect={onSelect} now={now} />
          ))}
        </tbody>
      ))}
    </Table>
  )
}

interface RowProps {
  readonly row: ComponentRow
  readonly selected: boolean
  readonly onSelect: (id: string) => void
  readonly now: number
}

function Row({ row: { node, live }, selected, onSelect, now }: RowProps) {
  const say = useWords(words)
  const { kind } = node
  const flow = live?.output === undefined ? 'in' : 'out'
  const number = (value: number | undefined, text: (value: number) => string): ReactNode => (
    <td className={styles.number}>
      {value === undefined ? <None /> : <span data-zero={value === 0}>{text(value)}</span>}
    </td>
  )
  return (
    <tr data-selected={selected}>
      <th scope="row">
        <span className={styles.name}>
          <SignalGlyph kind={kind} />
          <button type="button" className={styles.link} title={node.id} onClick={() => onSelect(node.id)}>
            {node.label === '' ? node.name : node.label}
          </button>
          {node.label !== '' && <span className={styles.kind}>{node.name}</span>}
        </span>
      </th>
      <td>{live && <Health live={live} now={now} />}</td>
      <td>{live && (live.input ?? live.output) && <Sparkline series={componentSeries(node.id, flow)} hue={kind} />}</td>
      <td className={styles.unit}>{unitOf(live)}</td>
      {number(live?.input?.rate, say.rateOf)}
      {number(live?.output?.rate, say.rateOf)}
      {number(live?.input?.items, say.count)}
      {number(live?.output?.items, say.count)}
      {number(live?.latencyMs, say.took)}
      <td className={styles.number}>
        {live?.queue === undefined ? (
          <None />
        ) : (
          <span data-zero={live.queue.items === 0}>{say.queued(live.queue.items, live.queue.bytes)}</span>
        )}
      </td>
      {number(live?.queue?.oldestAt === undefined ? undefined : Math.max(0, now - live.queue.oldestAt), say.aged)}
      <td className={styles.number}>
        {live?.errors === undefined || live.latencyMs === undefined ? (
          <None />
        ) : (
          <span data-zero={live.errors === 0} data-bad={live.errors > 0}>
            {say.count(live.errors)}
          </span>
        )}
      </td>
      <td className={styles.drops}>
        <Drops live={live} />
      </td>
    </tr>
  )
}

function Health({ live: { health, targets }, now }: { readonly live: ComponentLive; readonly now: number }) {
  const translate = useTranslation()
  const say = useWords(words)
  const { state, message, since } = health
  const when = state === 'exited' ? say.at(timeOfDay(since)) : say.since(now - since)
  return (
    <span className={styles.health} title={[translate(message), when].filter((part) => part !== '').join(', ')}>
      <HealthMark silent state={state} />
      {useWords(uiWords).health[state]}
      {state !== 'healthy' && message !== '' && <span className={styles.message}>{translate(message)}</span>}
      {targets && <TargetCount targets={targets} />}
    </span>
  )
}

function Drops({ live }: Pick<ComponentRow, 'live'>) {
  const translate = useTranslation()
  const say = useWords(words)
  const reasons = Object.entries(live?.dropped ?? {}).filter(([, count]) => count > 0)
  const all = [
    ...reasons.map(([reason, count]) => say.byReason(translate(reason), count)),
    ...((live?.refused ?? 0) > 0 ? [say.byReason(say.refused.toLowerCase(), live?.refused ?? 0)] : []),
  ]
  if (all.length === 0) return <None />
  return (
    <span title={all.join('\n')}>
      {all[0]}
      {all.length > 1 && <span className={styles.unit}> {say.more(all.length - 1)}</span>}
    </span>
  )
}

function None() {
  return <span className={styles.none}>{useWords(words).nothing}</span>
}

/** What the items of a component are called; both names where it turns one into the other. */
function unitOf(live: ComponentRow['live']): string {
  const units = new Set([live?.input?.unit, live?.output?.unit].filter((unit) => unit !== undefined))
  return [...units].join(' → ')
}
