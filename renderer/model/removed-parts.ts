// What a review shows besides the document: the components and edges that run and that the document has no more.
import { nodeSize } from './layout.ts'
import type { Position, Positions } from './layout.ts'
import { freePlace, placeNew } from './place-new.ts'
import type { Scene, SceneEdge, SceneNode } from './scene.ts'

export interface RemovedParts {
  readonly nodes: readonly SceneNode[]
  /** Those of the nodes, and those that were taken away between nodes that are still there. */
  readonly edges: readonly SceneEdge[]
  /** Where the nodes stood, or as near to it as nothing is covered: no node, and no edge that bridges the gap. */
  readonly positions: Positions
}

export const nothingRemoved: RemovedParts = { nodes: [], edges: [], positions: new Map() }

/** What of a scene is gone, placed where it was `remembered`, or else beside what it was connected to. */
export function removedParts(
  { before, now }: { readonly before: Scene; readonly now: Scene },
  placed: Positions,
  remembered: Positions,
): RemovedParts {
  const nodes = before.nodes.filter(({ id }) => !now.byId.has(id))
  const kept = new Set(now.edges.map(({ id }) => id))
  const edges = before.edges.filter(({ id }) => !kept.has(id))
  if (nodes.length + edges.length === 0) return nothingRemoved
  const known = new Set(before.edges.map(({ id }) => id))
  const fresh = now.edges.filter(({ id }) => !known.has(id))
  const barred = (at: Position): boolean => fresh.some(({ from, to }) => crosses(at, placed.get(from), placed.get(to)))
  const all = new Map(placed)
  for (const { id } of nodes) {
    const at = remembered.get(id)
    if (at) all.set(id, freePlace(all, at, barred))
  }
  const positions = placeNew({ nodes, edges: before.edges, frames: [] }, all, barred)
  return { nodes, edges, positions: new Map(nodes.map(({ id }) => [id, positions.get(id)!])) }
}

/** Whether an edge that leads to the right, taken as straight, crosses a node at a place. */
function crosses({ x, y }: Position, from: Position | undefined, to: Position | undefined): boolean {
  if (from === undefined || to === undefined) return false
  const { width, height } = nodeSize
  const [start, end] = [from.x + width, to.x]
  const [left, right] = [Math.max(start, x), Math.min(end, x + width)]
  if (left >= right) return false
  const heightAt = (at: number): number => from.y + height / 2 + ((to.y - from.y) * (at - start)) / (end - start)
  const heights = [heightAt(left), heightAt(right)]
  return Math.max(...heights) >= y && Math.min(...heights) <= y + height
}
