// Which rows the table shows, in which order and under which headings.
import type { HealthState } from '../../../collector-core/protocol.ts'
import { missesTargets } from '../../ui/target-count.tsx'
import type { ComponentRow } from './rows.ts'

export const columns = [
  'component',
  'health',
  'inRate',
  'outRate',
  'in',
  'out',
  'dropped',
  'errors',
  'latency',
  'queue',
  'oldest',
] as const
/** What the table can be sorted by. */
export type Column = (typeof columns)[number]

export interface Sorting {
  readonly by: Column
  readonly order: 'ascending' | 'descending'
}

export const groupings = ['none', 'signal', 'kind', 'health'] as const
export type Grouping = (typeof groupings)[number]

export interface RowGroup {
  /** Empty where rows are not grouped. */
  readonly name: string
  readonly rows: readonly ComponentRow[]
}

/** Rows that match, sorted, in groups by name; rows without a value come last in either order. */
export function arrange(
  rows: readonly ComponentRow[],
  filter: string,
  { by, order }: Sorting,
  grouping: Grouping,
  now: number,
): RowGroup[] {
  const wanted = filter.toLowerCase()
  const sign = order === 'ascending' ? 1 : -1
  const sorted = rows
    .filter(({ node }) => node.id.toLowerCase().includes(wanted))
    .map((row) => ({ row, value: valueOf(row, by, now) }))
    .sort((a, b) => compare(a.value, b.value, sign) || names.compare(a.row.node.id, b.row.node.id))
    .map(({ row }) => row)
  const groups = new Map<string, ComponentRow[]>()
  for (const row of sorted) {
    const name = groupOf(row, grouping)
    groups.set(name, [...(groups.get(name) ?? []), row])
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, members]) => ({ name, rows: members }))
}

/** `c2` before `c10`. */
const names = new Intl.Collator('en', { numeric: true })

type Sortable = string | number | undefined

function compare(a: Sortable, b: Sortable, sign: number): number {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  if (typeof a === 'string' && typeof b === 'string') return sign * names.compare(a, b)
  return a < b ? -sign : sign
}

/** The worst first; of equals, those whose targets are not all up. */
const severity: Readonly<Record<HealthState, number>> = { unhealthy: 3, exited: 2, unknown: 1, healthy: 0 }

function valueOf({ node, live }: ComponentRow, by: Column, now: number): Sortable {
  if (by === 'component') return node.id
  if (live === undefined) return undefined
  switch (by) {
    case 'health':
      return severity[live.health.state] + (missesTargets(live.targets) ? 0.5 : 0)
    case 'inRate':
      return live.input?.rate
    case 'outRate':
      return live.output?.rate
    case 'in':
      return live.input?.items
    case 'out':
      return live.output?.items
    case 'dropped':
      return Object.values(live.dropped).reduce((sum, count) => sum + count, live.refused)
    case 'errors':
      return live.errors
    case 'latency':
      return live.latencyMs
    case 'queue':
      return live.queue?.items
    case 'oldest':
      return live.queue?.oldestAt === undefined ? undefined : now - live.queue.oldestAt
  }
}

function groupOf({ node, live }: ComponentRow, grouping: Grouping): string {
  switch (grouping) {
    case 'none':
      return ''
    case 'signal':
      return node.outputs.find((kind) => kind !== 'targets') ?? node.inputs.at(0) ?? node.outputs.at(0) ?? 'other'
    case 'kind':
      return node.name
    case 'health':
      return live?.health.state ?? 'unknown'
  }
}
