import { describe, expect, test } from 'vitest'
import { problemsOf, StageRun } from './run-stages.ts'

const times = (
  args: Record<string, unknown>,
  values: readonly string[],
  labels: readonly Record<string, string>[] = [],
): string[] => {
  const run = new StageRun([
    ['json', { expressions: { ts: '' } }],
    ['timestamp', { source: 'ts', format: 'Unix', ...args }],
  ])
  values.forEach((ts, i) => run.send({ line: JSON.stringify({ ts }), time: '5000000000', labels: labels[i] ?? {} }))
  return run.out.map(({ time }) => time)
}

describe('stage.timestamp', () => {
  test.each<[string, Record<string, unknown>, string[], string[]]>([
    ['reads the time', {}, ['100'], ['100000000000']],
    [
      'tries fallback formats in turn',
      { format: 'RFC3339', fallback_formats: ['2006', 'Unix'] },
      ['1970-01-01T00:00:01Z', '77'],
      ['1000000000', '77000000000'],
    ],
    ['without a last time, a failure keeps the time', {}, ['bad'], ['5000000000']],
    [
      'a failure is one nanosecond after the last time',
      {},
      ['100', 'bad', 'bad'],
      ['100000000000', '100000000001', '100000000002'],
    ],
    ['skip keeps the time', { action_on_failure: 'skip' }, ['100', 'bad'], ['100000000000', '5000000000']],
    [
      'a duplicate is one nanosecond later',
      {},
      ['100', '100', '100', '101'],
      ['100000000000', '100000000001', '100000000002', '101000000000'],
    ],
    [
      'keep keeps duplicates',
      { action_on_duplicate_timestamp: 'keep' },
      ['100', '100'],
      ['100000000000', '100000000000'],
    ],
    [
      'a duplicate after a failure goes on counting',
      {},
      ['100', 'bad', '100'],
      ['100000000000', '100000000001', '100000000002'],
    ],
    ['carries over a second', {}, ['100.999999999', '100.999999999'], ['100999999999', '101000000000']],
    [
      'heeds the location',
      { format: '2006-01-02 15:04', location: 'Asia/Seoul' },
      ['1970-01-01 09:01'],
      ['60000000000'],
    ],
  ])('%s', (_, args, values, expected) => expect(times(args, values)).toEqual(expected))

  test('last times are kept per label set', () => {
    expect(times({}, ['100', 'bad', 'bad'], [{ a: '1' }, { a: '2' }, { a: '1' }])).toEqual([
      '100000000000',
      '5000000000',
      '100000000001',
    ])
  })

  test.each<[Record<string, unknown>, string]>([
    [{ source: '', format: 'Unix' }, 'source must not be empty'],
    [{ source: 'a', format: '' }, 'format must not be empty'],
    [{ source: 'a', format: 'nonsense' }, 'neither a format name'],
    [{ source: 'a', format: 'Unix', fallback_formats: ['Unix', 'bogus'] }, 'fallback_formats.1: "bogus" is neither'],
    [{ source: 'a', format: 'Unix', location: 'Mars/X' }, 'there is no time zone "Mars/X"'],
  ])('refuses %j', (args, reason) => expect(problemsOf([['timestamp', args]])[0]).toContain(reason))
})
