import { expect, test } from 'vitest'
import type { StatsFrame } from '../../collector-core/protocol.ts'
import { componentSeries, edgeSeries, History, historyMs } from './history.ts'
import { LiveNumbers } from './live-numbers.ts'

const frame = (at: number, items: number, ...ids: readonly string[]): StatsFrame => ({
  kind: 'stats',
  at,
  components: ids.map((id) => ({
    id,
    health: { state: 'healthy', message: '', since: 0 },
    dropped: {},
    queue: { items, bytes: 0, oldestAt: at - 500 },
  })),
  edges: [],
})

function record(history: History, numbers: LiveNumbers, next: StatsFrame): void {
  numbers.apply(next)
  history.record(next.at, numbers)
}

test('one point a second is kept however many frames come', () => {
  const history = new History()
  const numbers = new LiveNumbers()
  for (let at = 0; at < 5_000; at += 250) record(history, numbers, frame(at, at, 'a'))
  const { times, values } = history.read(componentSeries('a', 'queue'))
  expect([...times]).toEqual([0, 1000, 2000, 3000, 4000])
  expect([...values]).toEqual([0, 1000, 2000, 3000, 4000])
  expect([...history.read(componentSeries('a', 'oldest')).values]).toEqual([500, 500, 500, 500, 500])
})

test('seconds without a value are missing, not zero', () => {
  const history = new History()
  const numbers = new LiveNumbers()
  record(history, numbers, frame(1_000, 1, 'a'))
  record(history, numbers, frame(2_000, 2, 'b'))
  record(history, numbers, frame(3_000, 3, 'a', 'b'))
  expect([...history.read(componentSeries('a', 'queue')).values]).toEqual([1, NaN, 3])
  expect([...history.read(componentSeries('b', 'queue')).values]).toEqual([NaN, 2, 3])
  expect([...history.read(edgeSeries('none')).values]).toEqual([NaN, NaN, NaN])
})

test('the ring is bounded, drops the oldest, and forgets what has been gone for its whole length', () => {
  const history = new History()
  const numbers = new LiveNumbers()
  const seconds = historyMs / 1000
  record(history, numbers, frame(0, 7, 'old'))
  for (let second = 1; second <= seconds + 5; second++) record(history, numbers, frame(second * 1000, second, 'a'))
  const { times, values } = history.read(componentSeries('a', 'queue'))
  expect(times).toHaveLength(seconds)
  expect(times[0]).toBe(6_000)
  expect(values.at(-1)).toBe(seconds + 5)
  expect(history.read(componentSeries('old', 'queue')).values.every(Number.isNaN)).toBe(true)
  expect(history.read(componentSeries('a', 'queue'), 3).values).toHaveLength(3)
})

test('what was there at an earlier point can be read for as long as it is kept', () => {
  const history = new History()
  const numbers = new LiveNumbers()
  for (let second = 1; second <= 5; second++) record(history, numbers, frame(second * 1000, second, 'a'))
  expect([...history.read(componentSeries('a', 'queue'), 2, 3).values]).toEqual([2, 3])
  for (let second = 6; second <= historyMs / 1000 + 2; second++)
    record(history, numbers, frame(second * 1000, second, 'a'))
  expect([...history.read(componentSeries('a', 'queue'), 2, 3).values]).toEqual([3])
  expect([...history.read(componentSeries('a', 'queue'), 2, 1).values]).toEqual([])
})

test('a clock that was set back begins anew', () => {
  const history = new History()
  const numbers = new LiveNumbers()
  record(history, numbers, frame(9_000, 1, 'a'))
  record(history, numbers, frame(2_000, 2, 'a'))
  expect([...history.read(componentSeries('a', 'queue')).times]).toEqual([2_000])
})
