import { useMemo, useRef } from 'react'
import { Background, BackgroundVariant, MiniMap, ReactFlow } from 'reactflow'
import type { NodeChange } from 'reactflow'
import 'reactflow/dist/base.css'
import { layOut, nodeSize } from '../../model/layout.ts'
import { pathThrough } from '../../model/path-focus.ts'
import type { Picture } from '../../model/picture.ts'
import { CanvasControls } from './canvas-controls.tsx'
import { ComponentNode } from './component-node.tsx'
import type { ComponentFlowNode } from './component-node.tsx'
import { FlowEdge } from './flow-edge.tsx'
import type { FlowEdgeType } from './flow-edge.tsx'
import { FocusContext } from './focus-context.ts'
import { KeepInView } from './keep-in-view.tsx'
import { words } from './words.ts'
import './canvas.css'

const nodeTypes = { component: ComponentNode }
const edgeTypes = { flow: FlowEdge }
const fit = { padding: 0.08, maxZoom: 1.15 }

interface CanvasProps {
  readonly picture: Picture
  readonly selected: string | undefined
  readonly onSelect: (id: string | undefined) => void
}

/** The running pipeline, drawn. Numbers that move never pass through here: nodes and edges subscribe to their own. */
export function Canvas({ picture, selected, onSelect }: CanvasProps) {
  const positions = useMemo(() => layOut(picture), [picture])
  const nodes = useMemo(
    () =>
      picture.nodes.map((node): ComponentFlowNode => {
        return {
          id: node.id,
          type: 'component',
          position: positions.get(node.id) ?? { x: 0, y: 0 },
          ...nodeSize,
          selected: node.id === selected,
          ariaLabel: `${node.name} ${node.label}`,
          data: { node },
        }
      }),
    [picture, positions, selected],
  )
  const edges = useMemo(
    () =>
      picture.edges.map((edge): FlowEdgeType => {
        const { id, from, to, kind } = edge
        return { id, type: 'flow', source: from, target: to, sourceHandle: kind, targetHandle: kind, data: { edge } }
      }),
    [picture],
  )
  const focus = useMemo(
    () => (selected === undefined ? undefined : pathThrough(picture.edges, selected)),
    [picture, selected],
  )
  const steered = useRef(false)
  const onNodesChange = (changes: NodeChange<ComponentFlowNode>[]): void => {
    const choices = changes.filter((change) => change.type === 'select')
    const chosen = choices.find((change) => change.selected)
    if (chosen !== undefined) onSelect(chosen.id)
    else if (choices.some(({ id }) => id === selected)) onSelect(undefined)
  }
  return (
    <FocusContext value={focus}>
      <ReactFlow
        aria-label={words.canvas}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        elementsSelectable
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        deleteKeyCode={null}
        onMove={(event) => {
          if (event !== null) steered.current = true
        }}
        fitView
        fitViewOptions={fit}
        minZoom={0.15}
        maxZoom={2}
        onlyRenderVisibleElements={nodes.length > 100}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1} />
        <MiniMap
          ariaLabel={words.minimap}
          pannable
          zoomable
          nodeBorderRadius={16}
          nodeClassName={({ id }) => (id === selected ? 'minimap-selected' : '')}
        />
        <CanvasControls fit={fit} steered={steered} />
        <KeepInView selected={selected} fit={fit} steered={steered} />
      </ReactFlow>
    </FocusContext>
  )
}
