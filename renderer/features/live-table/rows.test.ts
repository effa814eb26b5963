import { expect, test } from 'vitest'
import type { StatsFrame } from '../../../collector-core/protocol.ts'
import { LiveNumbers } from '../../live/live-numbers.ts'
import { drawPipeline } from '../../model/picture.ts'
import { countedFrom, readRows } from './rows.ts'

const node = (id: string) =>
  ({ id, name: id, label: '', summary: '', stage: 'send', fact: '', takes: [], gives: [] }) as const
const picture = drawPipeline({
  nodes: [node('a'), node('b')],
  edges: [
    { from: 'a', to: 'b', port: 'metrics' },
    { from: 'a', to: 'b', port: 'targets' },
  ],
})

function frame(at: number, items: number, dropped: number): StatsFrame {
  const health = { state: 'healthy', message: '', since: 0 } as const
  const edge = { batches: 1, items, bytes: 0, refusedItems: items / 10, failedBatches: 0, waitingMs: 0, inFlight: 0 }
  return {
    kind: 'stats',
    at,
    components: [
      { id: 'a', health, dropped: {} },
      { id: 'b', health, dropped: { too_old: dropped } },
    ],
    edges: [{ from: 'a', to: 'b', port: 'metrics', ...edge }],
  }
}

test('only connections that count have a row', () => {
  expect(readRows(picture, new LiveNumbers()).edges.map(({ edge }) => edge.kind)).toEqual(['metrics'])
})

test('counting from now subtracts what was, and a restart counts from its start', () => {
  const numbers = new LiveNumbers()
  numbers.apply(frame(0, 1000, 7))
  const base = readRows(picture, numbers)
  numbers.apply(frame(1000, 1400, 7))
  const later = countedFrom(readRows(picture, numbers), base)
  expect(later.edges[0].live).toMatchObject({ items: 400, refusedItems: 40 })
  expect(later.components[1].live).toMatchObject({ input: { items: 400 }, refused: 40, dropped: {} })

  numbers.apply(frame(2000, 50, 2))
  const restarted = countedFrom(readRows(picture, numbers), base)
  expect(restarted.edges[0].live?.items).toBe(50)
  expect(restarted.components[1].live?.dropped).toEqual({ too_old: 2 })
})
