// What a review shows besides the document: the components and edges that run and that the document has no more.
import type { Positions } from './layout.ts'
import { freePlace, placeNew } from './place-new.ts'
import type { Scene, SceneEdge, SceneNode } from './scene.ts'

export interface RemovedParts {
  readonly nodes: readonly SceneNode[]
  /** Those of the nodes, and those that were taken away between nodes that are still there. */
  readonly edges: readonly SceneEdge[]
  /** Where the nodes stood, or as near to it as nothing is covered. */
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
  const all = new Map(placed)
  for (const { id } of nodes) {
    const at = remembered.get(id)
    if (at) all.set(id, freePlace(all, at))
  }
  const positions = placeNew({ nodes, edges: before.edges, frames: [] }, all)
  return { nodes, edges, positions: new Map(nodes.map(({ id }) => [id, positions.get(id)!])) }
}
