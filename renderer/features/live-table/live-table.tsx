import { useState } from 'react'
import { useCell, useConnection } from '../../live/connection-context.ts'
import type { Picture } from '../../model/picture.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'
import { useWords } from '../../ui/use-words.ts'
import { arrange, groupings } from './arrange.ts'
import type { Grouping, Sorting } from './arrange.ts'
import { ComponentTable } from './component-table.tsx'
import { ConnectionTable } from './connection-table.tsx'
import { countedFrom, readRows } from './rows.ts'
import type { Rows } from './rows.ts'
import { words } from './words.ts'
import styles from './live-table.module.css'

interface LiveTableProps {
  readonly picture: Picture
  readonly selected: string | undefined
  readonly onSelect: (id: string) => void
}

/**
 * All numbers as tables, drawn once a second and when the collector stops: per component and per connection, since start or
 * since the user looked.
 */
export function LiveTable({ picture, selected, onSelect }: LiveTableProps) {
  const say = useWords(words)
  const { numbers, history, state } = useConnection()
  useCell(history.points)
  useCell(state)
  const [base, setBase] = useState<Rows>()
  const [filter, setFilter] = useState('')
  const [sorting, setSorting] = useState<Sorting>({ by: 'component', order: 'ascending' })
  const [grouping, setGrouping] = useState<Grouping>('none')
  const current = readRows(picture, numbers)
  const rows = base === undefined ? current : countedFrom(current, base)
  const now = numbers.frame.get()?.at ?? 0
  const groups = arrange(rows.components, filter, sorting, grouping, now)
  const connections = rows.edges.filter(({ edge }) => edge.id.toLowerCase().includes(filter.toLowerCase()))
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <div className={styles.filter}>
          <SearchInput icon="filter" label={say.filter} value={filter} onChange={setFilter} />
        </div>
        <div className={styles.grouping}>
          <Select
            label={say.group}
            value={grouping}
            onChange={setGrouping}
            options={groupings.map((value) => ({ value, label: say.groups[value] }))}
          />
        </div>
        <Segments
          label={say.counting}
          value={base === undefined ? 'start' : 'now'}
          onChange={(value) => setBase(value === 'start' ? undefined : current)}
          segments={[
            { value: 'start', label: say.sinceStart },
            { value: 'now', label: say.sinceNow },
          ]}
        />
        {base !== undefined && <IconButton icon="again" label={say.again} onClick={() => setBase(current)} />}
      </div>
      <div className={styles.tables} tabIndex={0} role="region" aria-label={say.components}>
        {groups.length === 0 ? (
          <EmptyState {...say.noMatch} />
        ) : (
          <ComponentTable
            groups={groups}
            sorting={sorting}
            onSort={setSorting}
            selected={selected}
            onSelect={onSelect}
            now={now}
          />
        )}
        {connections.length > 0 && <ConnectionTable rows={connections} onSelect={onSelect} />}
      </div>
    </div>
  )
}
