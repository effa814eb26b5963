import type { LiveNumbers } from '../../live/live-numbers.ts'
import type { ComponentLive, EdgeLive } from '../../live/live-numbers.ts'
import type { Picture, PictureEdge, PictureNode } from '../../model/picture.ts'

export interface ComponentRow {
  readonly node: PictureNode
  readonly live: ComponentLive | undefined
}

export interface EdgeRow {
  readonly edge: PictureEdge
  readonly live: EdgeLive | undefined
}

/** The numbers of everything at one moment. */
export interface Rows {
  readonly components: readonly ComponentRow[]
  readonly edges: readonly EdgeRow[]
}

/** One row per component, and one per connection that counts. */
export function readRows(picture: Picture, numbers: LiveNumbers): Rows {
  return {
    components: picture.nodes.map((node) => ({ node, live: numbers.component(node.id).get() })),
    edges: picture.edges
      .filter(({ items }) => items !== undefined)
      .map((edge) => ({ edge, live: numbers.edge(edge.id).get() })),
  }
}

/** The rows with counts from `base` on; what restarted or came later counts from its start. */
export function countedFrom(rows: Rows, base: Rows): Rows {
  const edges = new Map(base.edges.map(({ edge, live }) => [edge.id, live]))
  const components = new Map(base.components.map(({ node, live }) => [node.id, live]))
  return {
    edges: rows.edges.map(({ edge, live }) => ({ edge, live: live && edgeFrom(live, edges.get(edge.id)) })),
    components: rows.components.map(({ node, live }) => ({
      node,
      live: live && componentFrom(live, components.get(node.id)),
    })),
  }
}

function edgeFrom(live: EdgeLive, base: EdgeLive | undefined): EdgeLive {
  return {
    ...live,
    items: since(live.items, base?.items),
    refusedItems: since(live.refusedItems, base?.refusedItems),
  }
}

function componentFrom(live: ComponentLive, base: ComponentLive | undefined): ComponentLive {
  return {
    ...live,
    input: live.input && { ...live.input, items: since(live.input.items, base?.input?.items) },
    output: live.output && { ...live.output, items: since(live.output.items, base?.output?.items) },
    refused: since(live.refused, base?.refused),
    dropped: Object.fromEntries(
      Object.entries(live.dropped)
        .map(([reason, count]) => [reason, since(count, base?.dropped[reason])] as const)
        .filter(([, count]) => count > 0),
    ),
  }
}

function since(count: number, base = 0): number {
  return count >= base ? count - base : count
}
