import type { Arrangement, Positions } from './layout.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

/**
 * The node an arrow key leads to: along an edge to the left and right, the nearest in height when there are several; up and
 * down to the nearest node in about the same column.
 */
export function neighbourOf(
  id: string,
  direction: Direction,
  { nodes, edges }: Pick<Arrangement, 'nodes' | 'edges'>,
  positions: Positions,
): string | undefined {
  const here = positions.get(id)
  if (here === undefined) return undefined
  const sign = direction === 'left' || direction === 'up' ? -1 : 1
  const linked = edges.flatMap(({ from, to }) =>
    direction === 'right' && from === id ? [to] : direction === 'left' && to === id ? [from] : [],
  )
  const sideways = direction === 'left' || direction === 'right'
  const candidates = linked.length > 0 ? linked : nodes.map((node) => node.id).filter((other) => other !== id)
  const distances = candidates.flatMap((other) => {
    const there = positions.get(other)
    if (there === undefined) return []
    const [along, across] = sideways
      ? [(there.x - here.x) * sign, Math.abs(there.y - here.y)]
      : [(there.y - here.y) * sign, Math.abs(there.x - here.x)]
    if (linked.length > 0) return [{ other, distance: across }]
    return along > 0 ? [{ other, distance: along + across * 2 }] : []
  })
  return distances.toSorted((a, b) => a.distance - b.distance).at(0)?.other
}
