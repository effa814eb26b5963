import { describe, expect, test } from 'vitest'
import { problemsOf, StageRun } from './run-stages.ts'

const json = ['json', { expressions: { a: '', b: '', z: '' } }] as const
const passes = (args: Record<string, unknown>, line: string, time?: string): boolean =>
  new StageRun([json, ['drop', args]]).send({ line, ...(time !== undefined && { time }) }).out.length === 1

describe('stage.drop', () => {
  test.each<[string, Record<string, unknown>, string, boolean]>([
    ['expression on the line', { expression: 'debug' }, 'a debug line', false],
    ['expression that does not match', { expression: 'debug' }, 'an info line', true],
    ['expression needing more than a text', { expression: 'code=5\\d\\d' }, 'x code=503', false],
    ['expression with a text but no match', { expression: 'code=5\\d\\d' }, 'x code=5xx', true],
    ['expression of alternatives', { expression: 'level=(debug|trace)' }, 'level=trace x', false],
    ['expression ignoring case', { expression: '(?i)DEBUG' }, 'Debug', false],
    ['longer_than counts bytes', { longer_than: 3 }, 'äö', false],
    ['longer_than is exclusive', { longer_than: 4 }, 'äö', true],
    ['source exists', { source: 'a' }, '{"a":1}', false],
    ['a null source exists', { source: 'a' }, '{"a":null}', false],
    ['source is missing', { source: 'nope' }, '{"a":1}', true],
    ['all sources have to exist', { source: 'a,nope' }, '{"a":1}', true],
    ['value equals', { source: 'a', value: 'x' }, '{"a":"x"}', false],
    ['value is not a substring', { source: 'a', value: 'x' }, '{"a":"xy"}', true],
    ['value is not a pattern', { source: 'a', value: 'x.' }, '{"a":"xy"}', true],
    ['value of joined sources', { source: 'a,b', value: 'x;y' }, '{"a":"x","b":"y"}', false],
    ['separator', { source: 'a,b', value: 'x-y', separator: '-' }, '{"a":"x","b":"y"}', false],
    [
      'expression on sources, missing ones left out',
      { source: 'a,nope,b', expression: '^x;y$' },
      '{"a":"x","b":"y"}',
      false,
    ],
    ['a null among the sources stops it', { source: 'a,b', expression: '.*' }, '{"a":"x","b":null}', true],
    ['all conditions have to hold', { expression: 'x', longer_than: 5 }, 'x', true],
    ['all conditions hold', { expression: 'x', longer_than: 5 }, 'xxxxxx', false],
  ])('%s', (_, args, line, expected) => expect(passes(args, line)).toBe(expected))

  test('older_than compares with now', () => {
    expect(passes({ older_than: 60_000 }, 'l', '1699999939999000000')).toBe(false)
    expect(passes({ older_than: 60_000 }, 'l', '1699999940000000000')).toBe(true)
  })

  test('counts under its reason', () => {
    const run = new StageRun([
      ['drop', { expression: 'a', drop_counter_reason: 'mine' }],
      ['drop', { expression: 'b' }],
    ]).send('a', 'b', 'b', 'c')
    expect(run.drops).toEqual({ mine: 1, drop_stage: 2 })
    expect(run.lines).toEqual(['c'])
  })

  test.each<[Record<string, unknown>, string]>([
    [{}, 'set at least one of'],
    [{ source: 'a', value: 'x', expression: 'x' }, 'set value or expression, not both'],
    [{ value: 'x', longer_than: 1 }, 'value needs source'],
  ])('refuses %j', (args, reason) => expect(problemsOf([['drop', args]])[0]).toContain(reason))
})

describe('stage.sampling', () => {
  test('keeps what is below the rate and counts the rest', () => {
    const run = new StageRun([['sampling', { rate: 0.5 }]])
    run.random = 0.49
    run.send('kept')
    run.random = 0.5
    run.send('dropped')
    expect(run.lines).toEqual(['kept'])
    expect(run.drops).toEqual({ sampling_stage: 1 })
  })
})

describe('stage.limit', () => {
  test('holds everything back at the rate after a burst', () => {
    const run = new StageRun([['limit', { rate: 10, burst: 2 }]]).send('1', '2')
    expect(run.held).toBe(0)
    run.send('3', '4')
    expect(run.held).toBeCloseTo(200)
    expect(run.lines).toEqual(['1', '2', '3', '4'])
  })

  test('drops above the rate, and refills', () => {
    const run = new StageRun([['limit', { rate: 10, burst: 2, drop: true }]]).send('1', '2', '3')
    run.advance(100).send('4', '5')
    expect(run.lines).toEqual(['1', '2', '4'])
    expect(run.drops).toEqual({ ratelimit_drop_stage: 2 })
  })

  test('goes by a label, entries without it are not limited', () => {
    const run = new StageRun([['limit', { rate: 1, burst: 1, drop: true, by_label_name: 'app' }]]).send(
      { line: 'a1', labels: { app: 'a' } },
      { line: 'a2', labels: { app: 'a' } },
      { line: 'b1', labels: { app: 'b' } },
      'x',
      'y',
    )
    expect(run.lines).toEqual(['a1', 'b1', 'x', 'y'])
    expect(run.metrics.get('loki_process_dropped_lines_by_label_total{label_name=app,label_value=a}')).toBe(1)
  })

  test.each<[Record<string, unknown>, string]>([
    [{ rate: 0, burst: 1 }, 'rate has to be above 0'],
    [{ rate: 1, burst: 0 }, 'burst has to be above 0'],
    [{ rate: 1, burst: 1, by_label_name: 'a' }, 'needs drop = true'],
  ])('refuses %j', (args, reason) => expect(problemsOf([['limit', args]])[0]).toContain(reason))
})
