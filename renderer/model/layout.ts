import { Graph, layout } from '@dagrejs/dagre'
import type { Picture } from './picture.ts'

/** All components are drawn the same size, in pixels. */
export const nodeSize = { width: 256, height: 84 }

export interface Position {
  readonly x: number
  readonly y: number
}

const grid = 4
const snapped = (value: number): number => Math.round(value / grid) * grid

/** Places components in layers from left to right; positions are of the top left corner, on a grid of 4 pixels. */
export function layOut({ nodes, edges }: Picture): ReadonlyMap<string, Position> {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 36, ranksep: 128, edgesep: 20 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id } of nodes) graph.setNode(id, { ...nodeSize })
  for (const { id, from, to } of edges) graph.setEdge(from, to, {}, id)
  layout(graph)
  return new Map(
    nodes.map(({ id }) => {
      const { x, y } = graph.node(id) as { x: number; y: number }
      return [id, { x: snapped(x - nodeSize.width / 2), y: snapped(y - nodeSize.height / 2) }]
    }),
  )
}
