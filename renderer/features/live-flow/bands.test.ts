import { expect, test } from 'vitest'
import { layBands } from './bands.ts'
import type { FlowingEdge } from './bands.ts'

const edge = (from: string, to: string, rate: number): FlowingEdge => ({
  id: `${from}>${to}`,
  from,
  to,
  kind: 'logs',
  rate,
  unit: 'lines',
})
const columnsAt = (edges: FlowingEdge[]): Record<string, number> =>
  Object.fromEntries(layBands(edges, 1008, 400).bars.map(({ id, x }) => [id, x]))

test('components stand in columns by the longest way to them', () => {
  expect(columnsAt([edge('a', 'b', 1), edge('b', 'c', 1), edge('a', 'c', 1)])).toEqual({ a: 0, b: 400, c: 800 })
})

test('a cycle is drawn rather than followed for ever', () => {
  const { bands } = layBands([edge('a', 'b', 1), edge('b', 'a', 1)], 808, 400)
  expect(bands).toHaveLength(2)
})

test('a component is as tall as the larger of what enters and what leaves, and none lies over another', () => {
  const { bars, bands, height } = layBands(
    [edge('a', 'b', 100), edge('a', 'c', 1), edge('b', 'd', 50), edge('c', 'd', 1)],
    808,
    400,
  )
  expect(bands).toHaveLength(4)
  for (const bar of bars) {
    expect(bar.y + bar.height).toBeLessThanOrEqual(height)
    const others = bars.filter(({ id, x }) => id !== bar.id && x === bar.x)
    for (const other of others) expect(other.y >= bar.y + bar.height || bar.y >= other.y + other.height).toBe(true)
  }
})

test('nothing flowing is nothing drawn', () => {
  expect(layBands([], 800, 400)).toMatchObject({ bars: [], bands: [] })
})
