import { expect, test } from 'vitest'
import type { ComponentFrame, EdgeFrame, StatsFrame } from '../../collector-core/protocol.ts'
import { LiveNumbers } from './live-numbers.ts'

const healthy = { state: 'healthy', message: 'running', since: 0 } as const
const component = (id: string, dropped: Record<string, number> = {}): ComponentFrame => ({
  id,
  health: healthy,
  dropped,
})

function edge(from: string, to: string, items: number, more: Partial<EdgeFrame> = {}): EdgeFrame {
  const counts = { batches: 2, items, bytes: 0, refusedItems: 0, failedBatches: 0, waitingMs: 10, inFlight: 0 }
  return { from, to, port: 'metrics', ...counts, ...more }
}

const frame = (second: number, components: readonly ComponentFrame[], edges: readonly EdgeFrame[]): StatsFrame => ({
  kind: 'stats',
  at: second * 1000,
  components,
  edges,
})

/** Ten seconds of frames whose edges are made by `edges`. */
function watched(
  edges: (second: number) => readonly EdgeFrame[],
  ids: readonly string[] = ['a', 'b', 'c'],
): LiveNumbers {
  const numbers = new LiveNumbers()
  const components = ids.map((id) => component(id))
  for (let second = 0; second <= 10; second++) numbers.apply(frame(second, components, edges(second)))
  return numbers
}

test('totals become rates per edge, and the busiest edge is the widest', () => {
  const numbers = watched((second) => [edge('a', 'b', second * 1000), edge('a', 'c', second * 30)])
  expect(numbers.edge('a>b:metrics').get()).toMatchObject({ rate: 1000, items: 10_000, waitMs: 5, share: 1 })
  const thin = numbers.edge('a>c:metrics').get()!
  expect(thin.rate).toBe(30)
  expect(thin.share).toBeGreaterThan(0)
  expect(thin.share).toBeLessThan(1)
})

test('what goes to two receivers leaves once, and what comes from two arrives twice', () => {
  const numbers = watched((second) => [
    edge('a', 'b', second * 100),
    edge('a', 'c', second * 100),
    edge('b', 'c', second * 40),
  ])
  expect(numbers.component('a').get()?.output).toEqual({ rate: 100, items: 1000, unit: 'samples' })
  expect(numbers.component('a').get()?.input).toBeUndefined()
  expect(numbers.component('c').get()?.input).toEqual({ rate: 140, items: 1400, unit: 'samples' })
})

test('kinds of OTLP data are edges of their own and mix to items', () => {
  const numbers = watched((second) => [
    edge('a', 'b', second * 7, { port: 'otlp', carries: 'traces' }),
    edge('a', 'b', second * 5, { port: 'otlp', carries: 'logs' }),
  ])
  expect(numbers.edge('a>b:otlp/traces').get()?.rate).toBe(7)
  expect(numbers.component('a').get()?.output).toEqual({ rate: 12, items: 120, unit: 'items' })
})

test('two references of one kind between the same components add up', () => {
  const numbers = watched((second) => [edge('a', 'b', second), edge('a', 'b', second * 2, { lastRefusal: 'full' })])
  expect(numbers.edge('a>b:metrics').get()).toMatchObject({ rate: 3, items: 30, lastRefusal: 'full' })
})

test('who did not change is not told', () => {
  const numbers = new LiveNumbers()
  let told = 0
  numbers.apply(frame(0, [component('a'), component('b')], [edge('a', 'b', 5)]))
  numbers.component('a').subscribe(() => told++)
  numbers.edge('a>b:metrics').subscribe(() => told++)
  numbers.apply(frame(1, [component('a'), component('b')], [edge('a', 'b', 5)]))
  expect(told).toBe(0)
  numbers.apply(frame(2, [component('a', { stale: 3 }), component('b')], [edge('a', 'b', 5)]))
  expect(told).toBe(1)
})

test('what is gone has no numbers', () => {
  const numbers = watched(() => [edge('a', 'b', 1)])
  numbers.apply(frame(11, [component('a')], []))
  expect(numbers.edge('a>b:metrics').get()).toBeUndefined()
  expect(numbers.component('b').get()).toBeUndefined()
  expect(numbers.component('a').get()?.output).toBeUndefined()
})

test('of a collector that was stopped the totals stay, nothing flows, and every component has ended', () => {
  const numbers = watched((second) => [edge('a', 'b', second * 100)])
  numbers.apply(
    frame(10, [{ ...component('a'), targets: { total: 2, up: 1, down: 1 } }, component('b')], [edge('a', 'b', 1000)]),
  )
  expect(numbers.component('a').get()?.targets).toEqual({ total: 2, up: 1, down: 1 })
  numbers.end(11_000)
  expect(numbers.component('a').get()?.targets).toBeUndefined()
  expect(numbers.edge('a>b:metrics').get()).toMatchObject({ rate: 0, items: 1000 })
  expect(numbers.component('a').get()?.output).toEqual({ rate: 0, items: 1000, unit: 'samples' })
  expect(numbers.component('b').get()?.health).toEqual({ state: 'exited', message: '', since: 11_000 })
  const untouched = new LiveNumbers()
  untouched.end(0)
  expect(untouched.frame.get()).toBeUndefined()
})
