import { gaps, nodeSize, onGrid } from './layout.ts'
import type { Arrangement, Position, Positions } from './layout.ts'
import { pathThrough } from './path-focus.ts'

const step = { x: nodeSize.width + gaps.column, y: nodeSize.height + gaps.row }

/** Whether nothing may stand at a place, for a reason other than a node. */
export type Barred = (at: Position) => boolean

/** Places the nodes that have no place yet beside what they are connected to, over nothing; the others stay where they are. */
export function placeNew({ nodes, edges }: Arrangement, placed: Positions, barred?: Barred): Positions {
  const all = new Map(placed)
  let left = nodes.filter(({ id }) => !all.has(id))
  while (left.length > 0) {
    const connected = left.find(({ id }) =>
      edges.some(({ from, to }) => (from === id && all.has(to)) || (to === id && all.has(from))),
    )
    const { id } = connected ?? left[0]
    all.set(id, freePlace(all, onGrid(beside(id, edges, all)), barred))
    left = left.filter((node) => node.id !== id)
  }
  return all
}

function beside(id: string, edges: Arrangement['edges'], all: Positions): Position {
  const at = (ids: readonly string[]): Position[] => ids.flatMap((other) => all.get(other) ?? [])
  const before = at(edges.filter(({ to }) => to === id).map(({ from }) => from))
  const after = at(edges.filter(({ from }) => from === id).map(({ to }) => to))
  const y = mean([...before, ...after].map((position) => position.y))
  if (before.length > 0 && after.length > 0) {
    const start = Math.max(...before.map(({ x }) => x))
    const end = Math.min(...after.map(({ x }) => x))
    return { x: (start + end) / 2, y: end - start >= 2 * step.x - gaps.column ? y : y + step.y }
  }
  if (before.length > 0) return { x: Math.max(...before.map(({ x }) => x)) + step.x, y }
  if (after.length > 0) return { x: Math.min(...after.map(({ x }) => x)) - step.x, y }
  const drawn = [...all.values()]
  if (drawn.length === 0) return { x: 0, y: 0 }
  return { x: Math.min(...drawn.map(({ x }) => x)), y: Math.max(...drawn.map((position) => position.y)) + step.y }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** The nearest place below or above that covers nothing. */
export function freePlace(all: Positions, wanted: Position, barred: Barred = () => false): Position {
  const others = [...all.values()]
  const covered = ({ x, y }: Position): boolean =>
    others.some((other) => Math.abs(other.x - x) < nodeSize.width + 24 && Math.abs(other.y - y) < nodeSize.height + 24)
  for (let turn = 0; ; turn++) {
    const offset = Math.ceil(turn / 2) * (step.y / 2) * (turn % 2 === 0 ? -1 : 1)
    const place = onGrid({ x: wanted.x, y: wanted.y + offset })
    if (!covered(place) && !barred(place)) return place
  }
}

/**
 * Makes room for a node between two others: what lies downstream moves to the right as far as it has to. Answers with what
 * moves and with the new place.
 */
export function makeRoom(
  from: string,
  to: string,
  edges: Arrangement['edges'],
  placed: Positions,
): { readonly moved: Positions; readonly at: Position } | undefined {
  const [start, end] = [placed.get(from), placed.get(to)]
  if (start === undefined || end === undefined || end.x <= start.x) return undefined
  const missing = 2 * step.x - (end.x - start.x)
  const at = onGrid({ x: missing > 0 ? start.x + step.x : (start.x + end.x) / 2, y: end.y })
  if (missing <= 0) return { moved: new Map(), at }
  const { nodes: downstream } = pathThrough(
    edges.filter((edge) => edge.from !== from || edge.to === to),
    to,
    'downstream',
  )
  const moved = [...downstream].flatMap((id): readonly (readonly [string, Position])[] => {
    const position = placed.get(id)
    return position && id !== from && position.x > start.x
      ? [[id, onGrid({ x: position.x + missing, y: position.y })]]
      : []
  })
  return { moved: new Map(moved), at }
}
