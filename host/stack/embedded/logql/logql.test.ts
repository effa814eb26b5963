import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Labels } from '../../../../collector-core/signal/labels.ts'
import { QueryBudget } from '../query-text/query-budget.ts'
import { QueryError } from '../query-text/query-error.ts'
import { matchesValue } from '../storage/matcher.ts'
import type { LineSource, LogLine } from './expression.ts'
import { labelsOf } from './line-pipeline.ts'
import { parseLogql } from './parse.ts'
import { queryLines, queryMetric } from './query.ts'

const second = 1_000_000_000n
const start = 1_700_000_000n * second

/** Lines one second apart. */
function sourceOf(
  ...lines: readonly (readonly [labels: Record<string, string>, line: string, metadata?: Record<string, string>])[]
): LineSource {
  const all = lines.map(([labels, line, metadata = {}], i): LogLine => ({
    labels: Labels.from(labels),
    line,
    metadata: Object.entries(metadata),
    time: start + BigInt(i) * second,
  }))
  const source: LineSource = {
    async *scan(matchers, from, to, direction) {
      const found = all.filter(
        ({ labels, time }) =>
          time >= from && time < to && matchers.every((one) => matchesValue(one, labels.get(one.name))),
      )
      yield await Promise.resolve(direction === 'forward' ? found : found.reverse())
    },
    async *times(matchers, from, to) {
      for await (const portion of source.scan(matchers, from, to, 'forward'))
        yield portion.map(({ time }) => Number(time / 1_000_000n))
    },
  }
  return source
}

const a = { app: 'a' }
const budget = (): QueryBudget => new QueryBudget(10_000)

async function lines(query: string, source: LineSource, limit = 100): Promise<string[]> {
  const expression = parseLogql(query)
  if (expression.kind !== 'log') throw new Error('not a log query')
  const range = { start, end: start + 1000n * second, direction: 'forward' as const, limit }
  return (await queryLines(expression, range, { source, budget: budget() })).map(({ line }) => line)
}

async function metric(query: string, source: LineSource, at: bigint): Promise<Record<string, number>> {
  const expression = parseLogql(query)
  if (expression.kind === 'log') throw new Error('not a metric query')
  const time = Number(at / 1_000_000n)
  const result = await queryMetric(
    expression,
    { start: time, end: time, step: 0 },
    { source, budget: budget(), maxLines: 1000 },
  )
  if ('scalar' in result) return { scalar: result.scalar }
  return Object.fromEntries(result.map(({ labels, points: [{ value }] }) => [labels.toString(), value]))
}

test.each([
  ['{app="a"} |= "GET"', ['GET /x 200', 'GET /y 500']],
  ['{app="a"} |= "GET" != "500"', ['GET /x 200']],
  ['{app="a"} |~ "/[xz]"', ['GET /x 200', 'POST /z']],
  ['{app="a"} !~ "GET|POST"', ['{"level":"error","took":"15ms","n":{"x":3}}', 'level=warn size=2KB msg="a b"']],
  ['{app="a"} |= "/x" or "/z"', ['GET /x 200', 'POST /z']],
  ['{app="a"} != "GET" or "POST"', ['{"level":"error","took":"15ms","n":{"x":3}}', 'level=warn size=2KB msg="a b"']],
  ['{app="a"} | trace_id="t1"', ['POST /z']],
  ['{app="a"} | json | level="error" and took > 10ms', ['{"level":"error","took":"15ms","n":{"x":3}}']],
  ['{app="a"} | json | n_x >= 3', ['{"level":"error","took":"15ms","n":{"x":3}}']],
  ['{app="a"} | json deep="n.x" | deep=3', ['{"level":"error","took":"15ms","n":{"x":3}}']],
  ['{app="a"} | logfmt | size > 1KB | msg="a b"', ['level=warn size=2KB msg="a b"']],
  ['{app="a"} | regexp "(?P<verb>[A-Z]+) /" | verb=~"P.*"', ['POST /z']],
  ['{app=~"a|b"} | logfmt | level="warn" or level="info"', ['level=warn size=2KB msg="a b"', 'level=info']],
])('%s', async (query, expected) => {
  const source = sourceOf(
    [a, 'GET /x 200'],
    [a, 'GET /y 500'],
    [a, 'POST /z', { trace_id: 't1' }],
    [a, '{"level":"error","took":"15ms","n":{"x":3}}'],
    [a, 'level=warn size=2KB msg="a b"'],
    [{ app: 'b' }, 'level=info'],
  )
  expect(await lines(query, source)).toEqual(expected)
})

test('a limit takes the first lines in the direction asked for', async () => {
  const source = sourceOf([a, '1'], [a, '2'], [a, '3'])
  expect(await lines('{app="a"}', source, 2)).toEqual(['1', '2'])
})

test('counts cover the range, open at its start', async () => {
  const source = sourceOf([a, 'x'], [a, 'x'], [a, 'yy'], [{ app: 'b' }, 'z'])
  const end = start + 3n * second
  expect(await metric('count_over_time({app=~".+"}[3s])', source, end)).toEqual({ '{app="a"}': 2, '{app="b"}': 1 })
  expect(await metric('sum(count_over_time({app=~".+"}[4s]))', source, end)).toEqual({ '{}': 4 })
  expect(await metric('sum by (app) (rate({app="a"}[2s]))', source, end)).toEqual({ '{app="a"}': 0.5 })
  expect(await metric('bytes_over_time({app="a"}[4s])', source, end)).toEqual({ '{app="a"}': 4 })
  expect(await metric('sum(count_over_time({app="a"}[4s])) / 2 > 0', source, end)).toEqual({ '{}': 1.5 })
  expect(await metric('topk(1, count_over_time({app=~".+"}[4s]))', source, end)).toEqual({ '{app="a"}': 3 })
  expect(await metric('absent_over_time({app="c"}[4s])', source, end)).toEqual({ '{app="c"}': 1 })
})

test('an unwrapped label is what counts', async () => {
  const source = sourceOf([a, 'took=1s'], [a, 'took=3s'], [a, 'other=1'])
  const end = start + 3n * second
  expect(await metric('avg_over_time({app="a"} | logfmt | unwrap duration(took) [1m])', source, end)).toEqual({
    '{app="a"}': 2,
  })
  expect(
    await metric('quantile_over_time(1, {app="a"} | logfmt | unwrap duration(took) [1m]) by (app)', source, end),
  ).toEqual({ '{app="a"}': 3 })
})

test('a line that cannot be parsed fails a count, unless the query leaves it out', async () => {
  const source = sourceOf([a, '{"x":"1"}'], [a, 'no json'])
  const end = start + 3n * second
  await expect(metric('count_over_time({app="a"} | json [1m])', source, end)).rejects.toThrow('JSONParserErr')
  expect(await metric('sum(count_over_time({app="a"} | json | __error__="" [1m]))', source, end)).toEqual({ '{}': 1 })
})

test('what is parsed does not hide what the stream says', async () => {
  const expression = parseLogql('{app="a"} | logfmt | drop level')
  if (expression.kind !== 'log') throw new Error('not a log query')
  const range = { start, end: start + second, direction: 'forward' as const, limit: 1 }
  const [line] = await queryLines(expression, range, {
    source: sourceOf([a, 'app=other level=x __proto__=y']),
    budget: budget(),
  })
  expect(labelsOf(line).toMap()).toEqual(
    new Map([
      ['__proto__', 'y'],
      ['app', 'a'],
      ['app_extracted', 'other'],
    ]),
  )
})

test.each([
  ['{}', 'at least one regexp or equality matcher'],
  ['{a=~".*"}', 'at least one regexp or equality matcher'],
  ['{a="b"} | line_format "x"', '"| line_format" is not answered here'],
  ['{a="b"} |> "<_>"', 'pattern filters'],
  ['count_over_time({a="b"})', 'needs a range'],
  ['avg_over_time({a="b"}[1m])', 'needs "| unwrap label"'],
  ['count_over_time({a="b"} | unwrap x [1m])', 'does not take "| unwrap label"'],
  ['approx_topk(3, rate({a="b"}[1m]))', 'is not answered here'],
  ['{a="b"', 'expected ","'],
])('%s is refused: %s', (text, reason) => {
  expect(() => parseLogql(text)).toThrow(QueryError)
  expect(() => parseLogql(text)).toThrow(reason)
})

test('whatever is asked, the answer is an expression or a query error', () => {
  const token = fc.constantFrom(
    '{',
    '}',
    'a',
    '=',
    '"x"',
    '|=',
    '|',
    'json',
    'logfmt',
    'unwrap',
    '(',
    ')',
    '[5m]',
    'rate',
    'sum',
    'by',
    ',',
    'or',
    'and',
    '>',
    '5ms',
    '/',
    '2',
    ' ',
    '!=',
    'offset',
  )
  fc.assert(
    fc.property(fc.array(token, { maxLength: 25 }), (tokens) => {
      try {
        parseLogql(tokens.join(' '))
      } catch (error) {
        expect(error).toBeInstanceOf(QueryError)
      }
    }),
    { numRuns: 2000 },
  )
})
