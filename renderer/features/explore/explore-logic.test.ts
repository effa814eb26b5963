import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FoundSpan } from '../../../host/contract/explore.ts'
import { grafanaLink } from './grafana-link.ts'
import { logQuery } from './log-query.ts'
import { waterfallOf } from './waterfall.ts'

const span = (spanId: string, parentId: string | undefined, startedAt: number, durationMs = 1): FoundSpan => ({
  spanId,
  parentId,
  service: 'shop',
  name: spanId,
  kind: 'internal',
  startedAt,
  durationMs,
  status: 'unset',
  statusMessage: '',
  attributes: {},
  resource: {},
  scope: '',
  events: [],
})
const traceOf = (...spans: FoundSpan[]) => ({ traceId: 'a', spans, truncated: false })
const none: ReadonlySet<string> = new Set()

test('a search becomes LogQL with its values quoted and its text taken literally', () => {
  const filters = [
    { label: 'container', value: 'a"b', negated: false },
    { label: 'level', value: 'debug', negated: true },
  ]
  expect(logQuery({ filters, contains: 'a.b' })).toBe('{container="a\\"b", level!="debug"} |~ "(?i)a\\\\.b"')
  expect(logQuery({ filters: [], contains: '' })).toBe('{service_name=~".+"}')
})

test('children stand below their parents in the order they started, and folding hides them', () => {
  const trace = traceOf(
    span('root', undefined, 0, 100),
    span('b', 'root', 50, 25),
    span('a', 'root', 10),
    span('a1', 'a', 11),
  )
  const { rows, durationMs } = waterfallOf(trace, none)
  expect(rows.map((row) => [row.span.spanId, row.depth, row.below])).toEqual([
    ['root', 0, 3],
    ['b', 1, 0],
    ['a', 1, 1],
    ['a1', 2, 0],
  ])
  expect(durationMs).toBe(100)
  expect(rows[1]).toMatchObject({ from: 0.5, to: 0.75 })
  expect(waterfallOf(trace, new Set(['a'])).rows.map((row) => row.span.spanId)).toEqual(['root', 'b', 'a'])
})

test('every span has one row, whatever their parents say', () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
  const spans = fc.uniqueArray(fc.record({ id: ids, parent: fc.option(ids, { nil: undefined }), at: fc.nat(99) }), {
    selector: ({ id }) => id,
    minLength: 1,
  })
  fc.assert(
    fc.property(spans, (drawn) => {
      const { rows } = waterfallOf(traceOf(...drawn.map(({ id, parent, at }) => span(id, parent, at))), none)
      expect(rows.map((row) => row.span.spanId).toSorted()).toEqual(drawn.map(({ id }) => id).toSorted())
      for (const { from, to } of rows) expect(0 <= from && from <= to && to <= 1).toBe(true)
    }),
  )
})

test("a link opens Grafana's Explore on the same query", () => {
  const link = new URL(grafanaLink('http://127.0.0.1:3000', 'traces', '{ name = "x" }', { from: 1, to: 2 }))
  expect(link.pathname).toBe('/explore')
  const panes = JSON.parse(link.searchParams.get('panes')!) as Record<string, { queries: { query: string }[] }>
  expect(panes.weir.queries[0].query).toBe('{ name = "x" }')
})
