import { describe, expect, test } from 'vitest'
import { numberOf } from './number-of.ts'
import { problemsOf, StageRun } from './run-stages.ts'

const json = ['json', { expressions: { v: '', s: '' } }] as const
const metrics = (kind: string, args: Record<string, unknown>, ...values: unknown[]): Record<string, number> => {
  const run = new StageRun([json, ['metrics', { metric: [[kind, { name: 'v', ...args }]] }]])
  for (const v of values) run.send({ line: JSON.stringify({ v, s: String(v) }) })
  return Object.fromEntries(run.metrics)
}
const name = 'loki_process_custom_v'

describe('stage.metrics', () => {
  test.each<[string, string, Record<string, unknown>, unknown[], Record<string, number>]>([
    ['counts entries with the value', 'counter', { action: 'inc' }, [1, 'x', null], { [name]: 3 }],
    ['adds numbers', 'counter', { action: 'add' }, [1.5, '2', '250ms', true, 'x', -1], { [name]: 4.75 }],
    ['only where the value equals', 'counter', { action: 'inc', value: '2' }, [1, 2, '2'], { [name]: 2 }],
    ['from another source', 'counter', { action: 'inc', source: 's', value: 'a' }, ['a', 'b'], { [name]: 1 }],
    ['nothing without the value', 'counter', { action: 'inc', source: 'nope' }, [1], {}],
    ['all entries', 'counter', { action: 'inc', match_all: true, source: 'nope' }, [1, 2], { [name]: 2 }],
    [
      'bytes of all entries',
      'counter',
      { action: 'add', match_all: true, count_entry_bytes: true },
      [1],
      { [name]: '{"v":1,"s":"1"}'.length },
    ],
    ['gauge set', 'gauge', { action: 'set' }, [1, 7], { [name]: 7 }],
    ['gauge inc and dec', 'gauge', { action: 'dec' }, [1, 1], { [name]: -2 }],
    ['gauge add', 'gauge', { action: 'add' }, [1, -3], { [name]: -2 }],
    ['gauge sub', 'gauge', { action: 'sub' }, [5], { [name]: -5 }],
    ['histogram', 'histogram', { buckets: [1, 2] }, [0.5, '3s', 'x'], { [name]: 3.5 }],
    ['a prefix', 'counter', { action: 'inc', prefix: 'my_' }, [1], { my_v: 1 }],
  ])('%s', (_, kind, args, values, expected) => expect(metrics(kind, args, ...values)).toEqual(expected))

  test('series carry the labels of now, internal ones aside', () => {
    const run = new StageRun([
      ['static_labels', { values: { b: '2' } }],
      ['metrics', { metric: [['counter', { name: 'n', action: 'inc', match_all: true }]] }],
    ])
    run.send({ line: 'x', labels: { a: '1', __internal: 'x' } }, { line: 'y', labels: { a: '1', __internal: 'y' } })
    expect(Object.fromEntries(run.metrics)).toEqual({ 'loki_process_custom_n{a=1,b=2}': 2 })
  })

  test('idle series are removed', () => {
    const run = new StageRun([
      ['metrics', { metric: [['counter', { name: 'n', action: 'inc', match_all: true, max_idle_duration: 1000 }]] }],
    ])
    run
      .send({ line: 'x', labels: { a: '1' } })
      .advance(900)
      .send({ line: 'x', labels: { a: '2' } })
      .advance(200)
      .scrape()
    expect([...run.metrics.keys()]).toEqual(['loki_process_custom_n{a=2}'])
    run.send({ line: 'x', labels: { a: '1' } })
    expect(run.metrics.get('loki_process_custom_n{a=1}')).toBe(1)
  })

  test.each<[string, Record<string, unknown>, string]>([
    ['counter', { name: 'a-b', action: 'inc' }, 'metric.0.name: "a-b" cannot be a metric name'],
    ['counter', { name: 'a', action: 'inc', max_idle_duration: 500 }, 'at least 1s'],
    ['counter', { name: 'a', action: 'inc', match_all: true, value: 'x' }, 'set match_all or value'],
    ['counter', { name: 'a', action: 'inc', match_all: true, count_entry_bytes: true }, 'count_entry_bytes needs'],
    ['counter', { name: 'a', action: 'add', count_entry_bytes: true }, 'count_entry_bytes needs'],
    ['histogram', { name: 'a', buckets: [] }, 'at least one bucket'],
    ['histogram', { name: 'a', buckets: [2, 1] }, 'have to ascend'],
  ])('refuses %s %j', (kind, args, reason) =>
    expect(problemsOf([['metrics', { metric: [[kind, args]] }]])[0]).toContain(reason),
  )
})

test.each([
  ['1', 1],
  ['-2.5e3', -2500],
  ['.5', 0.5],
  ['0x1F', 31],
  ['1h30m', 5400],
  ['1.5ms', 0.0015],
  ['-2s', -2],
  ['0', 0],
  ['Inf', Infinity],
  ['-inf', -Infinity],
  ['', undefined],
  ['x', undefined],
  ['5 s', undefined],
  ['1d', undefined],
  [null, undefined],
  [true, 1],
])('the number of %s is %s', (value, expected) => expect(numberOf(value)).toBe(expected))
