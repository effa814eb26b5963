import Elk from 'elkjs'
import { expect, test } from 'vitest'
import { framePadding, layOut, nodeSize } from './layout.ts'
import type { Arrangement, LayoutEngine } from './layout.ts'

const engine: LayoutEngine = new Elk()

const chain = (count: number, fanOut: number): Arrangement => {
  const nodes = Array.from({ length: count }, (_, index) => ({ id: `n${index}` }))
  const edges = nodes.slice(fanOut).map(({ id }, index) => ({ id: `e${index}`, from: `n${index}`, to: id }))
  return { nodes, edges, frames: [] }
}

test('the same pipeline is laid out the same, with nothing over anything', async () => {
  const arrangement = chain(130, 4)
  const first = await layOut(arrangement, engine)
  expect([...(await layOut(arrangement, engine))]).toEqual([...first])
  const all = [...first.values()]
  const covering = all.filter((one, index) =>
    all
      .slice(index + 1)
      .some((other) => Math.abs(one.x - other.x) < nodeSize.width && Math.abs(one.y - other.y) < nodeSize.height),
  )
  expect(covering).toEqual([])
}, 60_000)

test('what reads rules stands in front of what gives them when data flows that way', async () => {
  const arrangement: Arrangement = {
    nodes: [{ id: 'relabel' }, { id: 'source' }],
    edges: [
      { id: 'rules', from: 'relabel', to: 'source', kind: 'rules' },
      { id: 'logs', from: 'source', to: 'relabel', kind: 'logs' },
    ],
    frames: [],
  }
  const positions = await layOut(arrangement, engine)
  expect(positions.get('source')!.x).toBeLessThan(positions.get('relabel')!.x)
}, 60_000)

test('what stands in a frame is kept together', async () => {
  const arrangement = { ...chain(6, 1), frames: [{ id: 'declare.m', nodes: ['n2', 'n3'] }] }
  const positions = await layOut(arrangement, engine)
  const inside = ['n2', 'n3'].map((id) => positions.get(id)!.x)
  for (const id of ['n0', 'n1', 'n4', 'n5']) {
    const { x } = positions.get(id)!
    expect(x + nodeSize.width < Math.min(...inside) || x > Math.max(...inside) + nodeSize.width).toBe(true)
  }
}, 60_000)

test('frames and what stands outside of them cover nothing, whatever leads over their borders', async () => {
  const edge = (from: string, to: string) => ({ id: `${from}>${to}`, from, to })
  const arrangement: Arrangement = {
    nodes: ['one', 'two', 'scrape', 'filter', 'sink', 'own', 'in', 'inner', 'out', 'alone'].map((id) => ({ id })),
    edges: [
      ...[
        edge('one', 'sink'),
        edge('two', 'sink'),
        edge('one', 'scrape'),
        edge('scrape', 'filter'),
        edge('filter', 'sink'),
      ],
      ...[edge('own', 'inner'), edge('inner', 'out'), edge('in', 'inner'), edge('own', 'out')],
    ],
    frames: [
      { id: 'import.lib', nodes: ['filter'] },
      { id: 'declare.m', nodes: ['own', 'in', 'inner', 'out'] },
    ],
  }
  const positions = await layOut(arrangement, engine)
  const { side, top } = framePadding
  const boxes = arrangement.frames.map(({ nodes }) => {
    const places = nodes.map((id) => positions.get(id)!)
    const [left, above] = [Math.min(...places.map(({ x }) => x)) - side, Math.min(...places.map(({ y }) => y)) - top]
    const right = Math.max(...places.map(({ x }) => x)) + nodeSize.width + side
    return { nodes, left, above, right, below: Math.max(...places.map(({ y }) => y)) + nodeSize.height + side }
  })
  const covered = boxes.flatMap(({ nodes, left, above, right, below }) =>
    [...positions]
      .filter(([id]) => !nodes.includes(id))
      .filter(([, { x, y }]) => x < right && x + nodeSize.width > left && y < below && y + nodeSize.height > above),
  )
  expect(covered).toEqual([])
  expect(positions.get('scrape')!.x).toBeLessThan(positions.get('filter')!.x)
  expect(positions.get('filter')!.x).toBeLessThan(positions.get('sink')!.x)
}, 60_000)

test('an edge that passes a component has room to be seen beside it', async () => {
  const edge = (from: string, to: string) => ({ id: `${from}>${to}`, from, to })
  const nodes = ['scrape', 'relabel', 'log'].map((id) => ({ id }))
  const edges = [edge('scrape', 'relabel'), edge('relabel', 'log'), edge('scrape', 'log')]
  const positions = await layOut({ nodes, edges, frames: [] }, engine)
  const [scrape, relabel, log] = nodes.map(({ id }) => positions.get(id)!.y + nodeSize.height / 2)
  expect(log).toBe(scrape)
  expect(Math.abs(relabel - scrape)).toBeGreaterThan(nodeSize.height / 2 + 12)
}, 60_000)
