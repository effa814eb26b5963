// Where components stand on the canvas. The layout engine is passed in: it runs in a worker in the page, in process in tests.
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'

import type { SignalKind } from './signal-kind.ts'

export interface Position {
  readonly x: number
  readonly y: number
}

export type Positions = ReadonlyMap<string, Position>

export interface LaidOutEdge {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly kind?: SignalKind
}

/** What is laid out: nodes, what connects them, and groups that are kept together. */
export interface Arrangement {
  readonly nodes: readonly { readonly id: string }[]
  readonly edges: readonly LaidOutEdge[]
  readonly frames: readonly { readonly id: string; readonly nodes: readonly string[] }[]
}

/** ELK, as far as it is used. */
export interface LayoutEngine {
  layout(graph: ElkNode): Promise<ElkNode>
}

/** All components are drawn the same size, in pixels. */
export const nodeSize = { width: 256, height: 96 }
/** Space between columns, and between the nodes of one. */
export const gaps = { column: 144, row: 36 }
/** Space a frame leaves around what is inside; its title stands in the one on top. */
export const framePadding = { side: 24, top: 48 }

const grid = 4
const snapped = (value: number): number => Math.round(value / grid) * grid

/** A position on the grid of 4 pixels. */
export const onGrid = ({ x, y }: Position): Position => ({ x: snapped(x), y: snapped(y) })

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.layered.spacing.nodeNodeBetweenLayers': String(gaps.column),
  'elk.spacing.nodeNode': String(gaps.row),
  // Ports are not where the engine thinks edges begin and end, so that a passing one needs room.
  'elk.spacing.edgeNode': '32',
  'elk.spacing.componentComponent': '64',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.separateConnectedComponents': 'true',
  'elk.aspectRatio': '1.6',
}

/** Above this many nodes straight lines are not worth the seconds they take. */
const mostForStraightLines = 120

/** Places everything in columns from left to right, each at its top left corner, on a grid of 4 pixels. */
export async function layOut({ nodes, edges, frames }: Arrangement, engine: LayoutEngine): Promise<Positions> {
  const leaf = (id: string): ElkNode => ({ id, ...nodeSize })
  const frameOf = new Map(frames.flatMap((frame) => frame.nodes.map((id) => [id, `frame:${frame.id}`])))
  const { side, top } = framePadding
  const groups = frames.map((frame) => ({
    id: `frame:${frame.id}`,
    layoutOptions: { ...options, 'elk.padding': `[top=${top},left=${side},bottom=${side},right=${side}]` },
    children: frame.nodes.map(leaf),
  }))
  const laidOut = await engine.layout({
    id: 'pipeline',
    layoutOptions: {
      ...options,
      'elk.layered.nodePlacement.strategy': nodes.length > mostForStraightLines ? 'BRANDES_KOEPF' : 'NETWORK_SIMPLEX',
    },
    children: [...nodes.filter(({ id }) => !frameOf.has(id)).map(({ id }) => leaf(id)), ...groups],
    edges: edges.map(({ id, from, to, kind }) => ({
      ...{ id, ...endsFor(from, to, frameOf) },
      layoutOptions: { 'elk.layered.priority.direction': kind === 'rules' || kind === 'other' ? '1' : '10' },
    })),
  })
  const positions = new Map<string, Position>()
  const known = new Set(nodes.map(({ id }) => id))
  const collect = ({ id, x = 0, y = 0, children = [] }: ElkNode, origin: Position): void => {
    const at = { x: origin.x + x, y: origin.y + y }
    if (known.has(id)) positions.set(id, onGrid(at))
    for (const child of children) collect(child, at)
  }
  for (const child of laidOut.children ?? []) collect(child, { x: 0, y: 0 })
  return positions
}

/** What an edge holds together: an edge over the border of a frame leads to the frame, which is laid out by itself. */
function endsFor(
  from: string,
  to: string,
  frameOf: ReadonlyMap<string, string>,
): Pick<ElkExtendedEdge, 'sources' | 'targets'> {
  const inOne = frameOf.get(from) === frameOf.get(to)
  const end = (id: string): string[] => [inOne ? id : (frameOf.get(id) ?? id)]
  return { sources: end(from), targets: end(to) }
}
