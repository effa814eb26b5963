// The scene as React Flow wants it. What did not change keeps its object, so that only what changed is drawn again.
import { Position as Side } from 'reactflow'
import type { Edge, Node, NodeHandle, XYPosition } from 'reactflow'
import { boxAround } from '../../model/align.ts'
import { framePadding, nodeSize } from '../../model/layout.ts'
import type { Positions } from '../../model/layout.ts'
import type { Scene, SceneEdge, SceneFrame, SceneNode } from '../../model/scene.ts'

export type ComponentFlowNode = Node<{ readonly node: SceneNode }, 'component'>
export type FrameFlowNode = Node<{ readonly frame: SceneFrame }, 'frame'>
export type CanvasNode = ComponentFlowNode | FrameFlowNode
export type FlowEdgeType = Edge<{ readonly edge: SceneEdge }, 'flow'>

/** A port is drawn this large and sits on the border. */
export const portSize = 18

/** Where a port sits on its side, from the top of the node. */
export const portTop = (index: number, count: number): number => ((index + 1) / (count + 1)) * nodeSize.height

function handlesOf({ inputs, outputs }: SceneNode): NodeHandle[] {
  const size = { width: portSize, height: portSize }
  const y = (index: number, count: number): number => portTop(index, count) - portSize / 2
  return [
    ...inputs.map(({ id }, index) => ({
      ...{ id, type: 'target' as const, position: Side.Left, x: -portSize / 2, y: y(index, inputs.length) },
      ...size,
    })),
    ...outputs.map(({ id }, index) => ({
      ...{ id, type: 'source' as const, position: Side.Right, x: nodeSize.width - portSize / 2 },
      ...{ y: y(index, outputs.length), ...size },
    })),
  ]
}

/**
 * Stands there without a transform of its own: Chromium sorts everything with one into layers again whenever the picture
 * moves, which for some hundred nodes takes longer than a frame.
 */
const placed = ({ x, y }: XYPosition) => ({ transform: 'none', left: x, top: y })

export interface Drawn {
  readonly scene: Scene
  readonly positions: Positions
  readonly selected: ReadonlySet<string>
  /** The one node that Tab leads to. */
  readonly tabStop: string | undefined
  readonly nameOf: (node: SceneNode) => string
}

/** Nodes, frames first so that they lie below. */
export function flowNodes(
  { scene, positions, selected, tabStop, nameOf }: Drawn,
  before: ReadonlyMap<string, CanvasNode>,
): readonly CanvasNode[] {
  const frames = scene.frames.flatMap((frame): FrameFlowNode[] => {
    const inside = new Map(frame.nodes.flatMap((id) => (positions.has(id) ? [[id, positions.get(id)!]] : [])))
    if (inside.size === 0) return []
    const box = boxAround(inside)
    const { side, top } = framePadding
    const size = { width: box.width + 2 * side, height: box.height + top + side }
    const position = { x: box.x - side, y: box.y - top }
    return [
      {
        ...{ id: `frame:${frame.id}`, type: 'frame', position },
        ...{ ...size, measured: size, data: { frame }, zIndex: -1, style: placed(position) },
        ...{ draggable: false, selectable: false, focusable: false, connectable: false },
      },
    ]
  })
  const nodes = scene.nodes.flatMap((node): ComponentFlowNode[] => {
    const position = positions.get(node.id)
    if (position === undefined) return []
    const old = before.get(node.id) as ComponentFlowNode | undefined
    const isSelected = selected.has(node.id)
    const ariaLabel = nameOf(node)
    const tabIndex = node.id === tabStop ? 0 : -1
    const same =
      old?.data.node === node &&
      old.position.x === position.x &&
      old.position.y === position.y &&
      old.selected === isSelected &&
      old.domAttributes?.tabIndex === tabIndex &&
      old.ariaLabel === ariaLabel
    if (same) return [old]
    return [
      {
        ...{ id: node.id, type: 'component', position, ...nodeSize, measured: nodeSize, style: placed(position) },
        ...{ data: old?.data.node === node ? old.data : { node }, handles: handlesOf(node) },
        ...{ selected: isSelected, ariaLabel, ariaRole: 'group', focusable: false, domAttributes: { tabIndex } },
      },
    ]
  })
  return [...frames, ...nodes]
}

/** Edges between nodes that have a place. */
export function flowEdges(
  { scene, positions, selected }: Pick<Drawn, 'scene' | 'positions' | 'selected'>,
  nameOf: (edge: SceneEdge) => string,
  before: ReadonlyMap<string, FlowEdgeType>,
): readonly FlowEdgeType[] {
  return scene.edges.flatMap((edge): FlowEdgeType[] => {
    const { id, from, to, out, into } = edge
    if (!positions.has(from) || !positions.has(to)) return []
    const old = before.get(id)
    const ariaLabel = nameOf(edge)
    if (old?.data?.edge === edge && old.selected === selected.has(id) && old.ariaLabel === ariaLabel) return [old]
    return [
      {
        ...{ id, type: 'flow', source: from, target: to, sourceHandle: out.id, targetHandle: into.id },
        ...{
          data: { edge },
          selected: selected.has(id),
          reconnectable: selected.has(id),
          focusable: false,
          ariaLabel,
          interactionWidth: 0,
        },
      },
    ]
  })
}
