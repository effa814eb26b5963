import { expect, test } from 'vitest'
import { Labels } from '../../../../collector-core/signal/labels.ts'
import { QueryBudget } from '../query-text/query-budget.ts'
import { QueryError } from '../query-text/query-error.ts'
import { matchesValue } from '../storage/matcher.ts'
import { markStale } from '../storage/sample-columns.ts'
import { formatValue } from './format-value.ts'
import { parsePromql } from './parse.ts'
import { queryInstant, queryRange } from './query.ts'
import type { SeriesSource, SourceSeries } from './series-source.ts'

const at = 1_000_000_000

/** A series with one sample every ten seconds up to `at`. */
function series(labels: Record<string, string>, ...values: number[]): SourceSeries {
  return {
    labels: Labels.from(labels),
    times: Float64Array.from(values, (_, i) => at - (values.length - 1 - i) * 10_000),
    values: Float64Array.from(values),
  }
}

function sourceOf(...all: SourceSeries[]): SeriesSource {
  return {
    select: (matchers) =>
      Promise.resolve(
        all.filter(({ labels }) => matchers.every((matcher) => matchesValue(matcher, labels.get(matcher.name)))),
      ),
  }
}

async function ask(query: string, source: SeriesSource, time = at): Promise<Record<string, number>> {
  const result = await queryInstant(parsePromql(query), time, { source, budget: new QueryBudget(10_000) })
  if (result.type !== 'vector') throw new Error(`a ${result.type}`)
  return Object.fromEntries(result.series.map(({ labels, points: [{ value }] }) => [labels.toString(), value]))
}

test('a range is open at its start and closed at its end', async () => {
  const source = sourceOf(series({ __name__: 'a' }, 1, 2, 3, 4))
  expect(await ask('count_over_time(a[30s])', source)).toEqual({ '{}': 3 })
  expect(await ask('count_over_time(a[30001ms])', source)).toEqual({ '{}': 4 })
})

test('a sample stands for five minutes, and not a moment longer', async () => {
  const source = sourceOf(series({ __name__: 'a' }, 7))
  expect(await ask('a', source, at + 299_999)).toEqual({ '{__name__="a"}': 7 })
  expect(await ask('a', source, at + 300_000)).toEqual({})
})

test('a staleness marker ends a series at once, and is no sample of a range', async () => {
  const ended = series({ __name__: 'a' }, 1, 2, 3)
  markStale(ended.values, 2)
  expect(await ask('a', sourceOf(ended))).toEqual({})
  expect(await ask('a', sourceOf(ended), at - 1)).toEqual({ '{__name__="a"}': 2 })
  expect(await ask('count_over_time(a[1m])', sourceOf(ended))).toEqual({ '{}': 2 })
})

test('a counter that starts again is not taken for one that goes down', async () => {
  const source = sourceOf(series({ __name__: 'a' }, 100, 110, 5, 15))
  expect(await ask('irate(a[1m])', source)).toEqual({ '{}': 1 })
  expect(await ask('resets(a[1m])', source)).toEqual({ '{}': 1 })
  // 10 + 5 + 10 in 30 s, extrapolated by half an interval at the start.
  expect((await ask('increase(a[1m])', source))['{}']).toBeCloseTo((25 * 35) / 30, 9)
})

test('more than one partner on the side of one is refused, unless the query says how', async () => {
  const source = sourceOf(
    series({ __name__: 'a', x: '1', y: '1' }, 6),
    series({ __name__: 'a', x: '1', y: '2' }, 8),
    series({ __name__: 'b', x: '1' }, 2),
  )
  await expect(ask('b / on(x) a', source)).rejects.toThrow('found duplicate series for the match group')
  await expect(ask('a / on(x) b', source)).rejects.toThrow('many-to-one matching must be explicit')
  expect(await ask('a / on(x) group_left b', source)).toEqual({ '{x="1", y="1"}': 3, '{x="1", y="2"}': 4 })
})

test('two results with the same labels are refused', async () => {
  const source = sourceOf(series({ __name__: 'a', x: '1' }, 1), series({ __name__: 'b', x: '1' }, 2))
  await expect(ask('abs({x="1"})', source)).rejects.toThrow('same labelset')
  await expect(ask('label_replace({x="1"}, "__name__", "c", "", "")', source)).rejects.toThrow(QueryError)
})

test('the quantile of a histogram lies between the bounds of its bucket', async () => {
  const source = sourceOf(
    series({ __name__: 'h', le: '1' }, 10),
    series({ __name__: 'h', le: '2' }, 20),
    series({ __name__: 'h', le: '+Inf' }, 20),
  )
  expect(await ask('histogram_quantile(0.75, h)', source)).toEqual({ '{}': 1.5 })
  expect(await ask('histogram_quantile(2, h)', source)).toEqual({ '{}': Infinity })
})

test('too many points are refused before anything is read', async () => {
  const source: SeriesSource = { select: () => Promise.reject(new Error('was read')) }
  const range = { start: 0, end: 11_001_000, step: 1000 }
  await expect(queryRange(parsePromql('a'), range, { source, budget: new QueryBudget(1000) })).rejects.toThrow(
    '11,000 points',
  )
})

test('a query that takes too long is ended', async () => {
  const many = Array.from({ length: 400 }, (_, i) =>
    series({ __name__: 'a', i: String(i) }, ...Array.from({ length: 500 }, (_, v) => v)),
  )
  const range = { start: at - 5_000_000, end: at, step: 1000 }
  const asked = queryRange(parsePromql('quantile_over_time(0.5, a[1h])'), range, {
    source: sourceOf(...many),
    budget: new QueryBudget(100),
  })
  await expect(asked).rejects.toThrow('took longer than 0.1 s')
})

test.each([
  [1e21, '1000000000000000000000'],
  [1e-7, '0.0000001'],
  [-1.5e-9, '-0.0000000015'],
  [0.1, '0.1'],
  [-0, '-0'],
  [Infinity, '+Inf'],
  [NaN, 'NaN'],
])('%d is printed as %s', (value, text) => {
  expect(formatValue(value)).toBe(text)
})
