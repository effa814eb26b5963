import { nodeSize, onGrid } from './layout.ts'
import type { Positions } from './layout.ts'

export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom' | 'columns' | 'rows'

/** Lines nodes up at an edge or a middle of the group, or spreads them evenly over columns or rows. */
export function aligned(positions: Positions, how: Alignment): Positions {
  const all = [...positions]
  const axis = how === 'left' || how === 'center' || how === 'right' || how === 'columns' ? 'x' : 'y'
  const values = all.map(([, position]) => position[axis])
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const place = (index: number, count: number): number => {
    if (how === 'columns' || how === 'rows') return least + ((most - least) * index) / Math.max(1, count - 1)
    if (how === 'left' || how === 'top') return least
    return how === 'right' || how === 'bottom' ? most : (least + most) / 2
  }
  const ordered = all.toSorted(([, a], [, b]) => a[axis] - b[axis])
  return new Map(ordered.map(([id, at], index) => [id, onGrid({ ...at, [axis]: place(index, ordered.length) })]))
}

/** The box around nodes. */
export function boxAround(positions: Positions): { x: number; y: number; width: number; height: number } {
  const all = [...positions.values()]
  const x = Math.min(...all.map((position) => position.x))
  const y = Math.min(...all.map((position) => position.y))
  const right = Math.max(...all.map((position) => position.x)) + nodeSize.width
  const bottom = Math.max(...all.map((position) => position.y)) + nodeSize.height
  return { x, y, width: right - x, height: bottom - y }
}
