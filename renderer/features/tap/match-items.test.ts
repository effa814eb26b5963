import { expect, test } from 'vitest'
import type { TapItem } from '../../../host/contract/tap.ts'
import { labelText, matchItems } from './match-items.ts'

let sequence = 0
const item = (labels: Record<string, string>, text: string, more: Partial<TapItem> = {}): TapItem => ({
  sequence: sequence++,
  at: 1_000,
  from: 'a',
  to: 'b',
  port: 'metrics',
  kind: 'sample',
  timestamp: 500,
  labels,
  attributes: {},
  text,
  truncated: false,
  ...more,
})
const marks = (before: TapItem[], after: TapItem[], complete = true, now = 10_000): string[] =>
  matchItems(before, after, complete, now).map(({ mark }) => mark)

test('an item that comes out as it went in is unmodified, however many of one time there are', () => {
  const labels = Array.from({ length: 20 }, (_, index) => ({ __name__: 'up', instance: `i${index}` }))
  const before = labels.map((one) => item(one, '1'))
  const after = labels.toReversed().map((one) => item(one, '1'))
  expect(new Set(marks(before, after))).toEqual(new Set(['unmodified']))
})

test('labels that were added or changed make it modified, labels that were taken away reduced', () => {
  const before = item({ __name__: 'up', job: 'x' }, '1')
  expect(marks([before], [item({ __name__: 'up', job: 'x', env: 'dev' }, '1')])).toEqual(['modified'])
  expect(marks([before], [item({ __name__: 'up', job: 'y' }, '1')])).toEqual(['modified'])
  expect(marks([before], [item({ __name__: 'up' }, '1')])).toEqual(['reduced'])
})

test('a line that was rewritten is found by its time, a line that was cut is reduced', () => {
  const line = item({ app: 'shop' }, 'password=1 paid', { kind: 'line', port: 'logs' })
  expect(marks([line], [{ ...line, text: 'password=*** paid' }])).toEqual(['modified'])
  expect(marks([line], [{ ...line, text: 'paid' }])).toEqual(['reduced'])
})

test('what does not come out is dropped, once there was time and nothing was left out', () => {
  const gone = item({ __name__: 'go_gc' }, '7')
  const kept = item({ __name__: 'up' }, '1')
  expect(marks([gone, kept], [kept]).sort()).toEqual(['dropped', 'unmodified'])
  expect(marks([gone], [], true, 2_000)).toEqual(['unknown'])
  expect(marks([gone], [], false)).toEqual(['unknown'])
})

test('what nothing went in for is made there', () => {
  expect(marks([], [item({ __name__: 'total' }, '9')])).toEqual(['made'])
})

test('labels are written in one order', () => {
  expect(labelText({ b: 'say "hi"', a: '1' })).toBe('{a="1", b="say \\"hi\\""}')
})
