import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FoundSpan } from '../../../host/contract/explore.ts'
import { addMatcher } from './add-matcher.ts'
import { chartData } from './chart-data.ts'
import { grafanaLink } from './grafana-link.ts'
import { otherMetricsOf, requestTimesOf } from './pivot.ts'
import { placeServices } from './service-columns.ts'
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

test.each([
  ['{app="a"} |= "}"', 'env', 'x', false, '{app="a", env="x"} |= "}"'],
  ['{app="a}, b"}', 'env', 'x', true, '{app="a}, b", env!="x"}'],
  ['{service_name=~".+"}', 'app', 'a', false, '{app="a"}'],
  ['{service_name=~".+"}', 'app', 'a', true, '{service_name=~".+", app!="a"}'],
  ['{app="a"}', 'app', 'a', true, '{app!="a"}'],
  ['', 'app', 'a"b', false, '{app="a\\"b"}'],
] as const)('in %s a filter for %s=%s (left out: %s) makes %s', (query, label, value, negated, expected) => {
  expect(addMatcher(query, label, value, negated)).toBe(expected)
})

test("a service's request times are read off the best histogram it has, and off none it has not", () => {
  const names = ['go_gc_seconds_bucket', 'http_server_requests_seconds_bucket', 'up']
  const times = requestTimesOf('shop', names)
  expect(times).toContain('rate(http_server_requests_seconds_bucket{job="shop"}[1m])')
  expect(times).toContain('rate(http_server_requests_seconds_bucket{service_name="shop"}[1m])')
  expect(requestTimesOf('shop', ['up', 'http_server_requests_seconds_count'])).toBeUndefined()
})

test.each([
  [['a_total', 'up'], 'up{service="sh\\"op"} or up{job="sh\\"op"} or up{service_name="sh\\"op"}'],
  [['a', 'b_total'], 'rate(b_total{service="sh\\"op"}[1m])'],
  [['a', 'b'], 'a{service="sh\\"op"} or'],
])('of a service with %j and no request times something else is shown', (metrics, query) => {
  expect(otherMetricsOf('sh"op', metrics)).toContain(query)
})

test('series with times of their own share one axis, and what is not finite is a gap', () => {
  const a = {
    labels: {},
    points: [
      [1000, 1],
      [2000, NaN],
    ] as const,
  }
  const b = {
    labels: {},
    points: [
      [2000, 5],
      [3000, 6],
    ] as const,
  }
  expect(chartData([a, b])).toEqual([
    [1, 2, 3],
    [1, null, null],
    [null, 5, 6],
  ])
})

test('callers stand left of whom they call, and a circle has an end', () => {
  const services = ['a', 'b', 'c', 'd'].map((service) => ({
    service,
    perSecond: 1,
    failedShare: 0,
    p50Ms: 1,
    p95Ms: 1,
  }))
  const call = (from: string, to: string) => ({ from, to, count: 1, failed: 0 })
  const places = placeServices({ services, calls: [call('a', 'b'), call('b', 'c'), call('c', 'd')] })
  expect(places.map(({ column }) => column)).toEqual([0, 1, 2, 3])
  const circle = placeServices({ services, calls: [call('a', 'b'), call('b', 'a'), call('a', 'a')] })
  expect(new Set(circle.map(({ column, row }) => `${column} ${row}`)).size).toBe(4)
})
