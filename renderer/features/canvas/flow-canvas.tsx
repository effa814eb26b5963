import { useEffect, useMemo, useRef, useState } from 'react'
import type { DragEvent, MouseEvent } from 'react'
import { applyNodeChanges, MiniMap, ReactFlow, SelectionMode, useReactFlow, useStore } from 'reactflow'
import type { EdgeChange, FinalConnectionState, NodeChange } from 'reactflow'
import { useCell } from '../../live/connection-context.ts'
import { componentOffers } from '../../model/component-offers.ts'
import { draggedComponent } from '../../model/dragged-component.ts'
import { portsOnEdge } from '../../model/gestures/add.ts'
import { interfaceSize } from '../../model/interface-size.ts'
import { nodeSize } from '../../model/layout.ts'
import type { Positions } from '../../model/layout.ts'
import { pathThrough } from '../../model/path-focus.ts'
import type { SceneEdge, SceneNode } from '../../model/scene.ts'
import { useSelection, useWorkbench } from '../../model/workbench-context.ts'
import { focusWhenDrawn } from '../../ui/focus-when-drawn.ts'
import { notify } from '../../ui/toast.tsx'
import { useWords } from '../../ui/use-words.ts'
import { canvasActions } from './canvas-actions.ts'
import { CanvasControls } from './canvas-controls.tsx'
import { useCanvasKeys } from './canvas-keys.ts'
import { CanvasMenu } from './canvas-menu.tsx'
import { ComponentNode } from './component-node.tsx'
import { FlowEdge } from './flow-edge.tsx'
import { flowEdges, flowNodes } from './flow-elements.ts'
import type { CanvasNode, FlowEdgeType } from './flow-elements.ts'
import { FocusContext } from './focus-context.ts'
import { FrameNode } from './frame-node.tsx'
import { Ghosts } from './ghosts.tsx'
import { KeepInView } from './keep-in-view.tsx'
import { TargetEdgeContext, useSession, WiringContext } from './session-context.ts'
import type { Wiring } from './session-context.ts'
import { useReviewMarks } from './review-marks.tsx'
import { useTabStop } from './use-tab-stop.ts'
import { distance } from './distance.ts'
import { Dots } from './dots.tsx'
import { endOn, underPointer, wiringFrom } from './wiring.ts'
import { WireHint } from './wire-hint.tsx'
import { words } from './words.ts'

const nodeTypes = { component: ComponentNode, frame: FrameNode }
const edgeTypes = { flow: FlowEdge }
/** How far the picture can be made larger and smaller, in a window drawn at a size. */
const zoomsAt = (size: number) => ({ minZoom: 0.1, maxZoom: 2 * size })
const fitAt = (size: number) => ({ padding: 0.08, minZoom: 0.1, maxZoom: 1.15 * size })
const glide = { duration: 160 }
const multiSelectionKeys = ['Meta', 'Control', 'Shift']
const noPositions: Positions = new Map()

/** React Flow, told what to draw by the scene and telling the session what was done. */
export function FlowCanvas() {
  const say = useWords(words)
  const workbench = useWorkbench()
  const { selection, actions, readClipboard } = workbench
  const session = useSession()
  const scene = useCell(session.scene)
  const settled = useCell(session.places.current)
  const chosen = useSelection()
  const { fitView, zoomIn, zoomOut, screenToFlowPosition } = useReactFlow()
  const size = useCell(interfaceSize)
  const fit = useMemo(() => fitAt(size), [size])
  const readable = useStore(distance) !== 'farthest'
  const frame = useRef<HTMLDivElement>(null)
  const steered = useRef(false)
  const [dragged, setDragged] = useState(noPositions)
  const [wiring, setWiring] = useState<Wiring>()
  /** The edge of which an end is being dragged. */
  const pulled = useRef<string>(undefined)
  const [target, setTarget] = useState<string>()
  const marks = useReviewMarks()
  const keys = useCanvasKeys(workbench, session)
  const tabStop = useTabStop(frame, scene, chosen, useCell(session.task) !== undefined)

  useEffect(() => {
    const refuse = (error: unknown): void =>
      notify({ id: 'canvas', tone: 'warning', title: say.notDone, detail: String(error) })
    return actions.add(
      canvasActions({
        ...{ session, selection },
        view: {
          focus: () => focusWhenDrawn('.react-flow__node[tabindex="0"]'),
          inspect: (id) => {
            selection.reveal(id)
            actions.run('view.inspector')
          },
          fit: () => {
            steered.current = false
            void fitView({ ...fit, ...glide })
          },
          zoom: (step) => void (step > 0 ? zoomIn(glide) : zoomOut(glide)),
        },
        copyText: (text) => void navigator.clipboard.writeText(text).catch(refuse),
        pasteText: () => void readClipboard().then((text) => session.paste(text), refuse),
      }),
    )
  }, [actions, session, selection, readClipboard, say, fit, fitView, zoomIn, zoomOut])

  const positions = useMemo(
    () => (dragged.size === 0 ? settled : new Map([...settled, ...dragged])),
    [settled, dragged],
  )
  const keptNodes = useRef<ReadonlyMap<string, CanvasNode>>(new Map())
  const keptEdges = useRef<ReadonlyMap<string, FlowEdgeType>>(new Map())
  const nodes = useMemo(() => {
    const nameOf = ({ id, name, label, standing, validity }: SceneNode): string => {
      const state = standing === 'running' ? validity : standing
      const mark = marks.get(id)
      const said = [state && say.states[state], mark && say.changes[mark]].filter((one) => one !== undefined)
      return say.nodeName(name, label, said.join(', '))
    }
    const drawn = { scene, positions, selected: new Set(chosen.nodes), tabStop, nameOf }
    const list = flowNodes(drawn, keptNodes.current)
    keptNodes.current = new Map(list.map((node) => [node.id, node]))
    return [...list]
  }, [scene, positions, chosen.nodes, tabStop, marks, say])
  const edges = useMemo(() => {
    const nameOf = ({ kind, from, to }: SceneEdge): string => say.edgeName(say.kinds[kind], from, to)
    const list = flowEdges({ scene, positions: settled, selected: new Set(chosen.edges) }, nameOf, keptEdges.current)
    keptEdges.current = new Map(list.map((edge) => [edge.id, edge]))
    return [...list]
  }, [scene, settled, chosen.edges, say])
  const focus = useMemo(() => {
    const [id, ...others] = chosen.nodes
    const path = others.length === 0 ? pathThrough(scene.edges, id) : undefined
    return path && path.edges.size > 0 ? path : undefined
  }, [scene, chosen.nodes])

  const onNodesChange = (changes: NodeChange<CanvasNode>[]): void => {
    const picks = changes.filter((change) => change.type === 'select')
    if (picks.length > 0) {
      const now = selection.current.get()
      const out = new Set(picks.filter((pick) => !pick.selected).map(({ id }) => id))
      const added = picks.filter((pick) => pick.selected && !now.nodes.includes(pick.id)).map(({ id }) => id)
      selection.select([...now.nodes.filter((id) => !out.has(id)), ...added], now.edges)
    }
    const moves = changes.filter((change) => change.type === 'position')
    if (moves.length === 0) return
    const moved = applyNodeChanges(moves, nodes)
    const ids = new Set(moves.map(({ id }) => id))
    const places = new Map(moved.filter(({ id }) => ids.has(id)).map(({ id, position }) => [id, position]))
    if (moves.some(({ dragging }) => dragging)) setDragged(places)
    else {
      setDragged(noPositions)
      session.places.move(places)
    }
  }
  const onEdgesChange = (changes: EdgeChange<FlowEdgeType>[]): void => {
    const picks = changes.filter((change) => change.type === 'select')
    if (picks.length === 0) return
    const now = selection.current.get()
    const out = new Set(picks.filter((pick) => !pick.selected).map(({ id }) => id))
    const added = picks.filter((pick) => pick.selected && !now.edges.includes(pick.id)).map(({ id }) => id)
    selection.select(now.nodes, [...now.edges.filter((id) => !out.has(id)), ...added])
  }

  /** The edge under the pointer into which a component fits. */
  const edgeUnder = (
    at: { x: number; y: number },
    component: Parameters<typeof portsOnEdge>[1],
  ): string | undefined => {
    const { edge } = underPointer(at)
    const found = scene.edges.find(({ id }) => id === edge)
    return found && portsOnEdge(found, component) ? found.id : undefined
  }
  const loose = (id: string): SceneNode | undefined =>
    scene.edges.some(({ from, to }) => from === id || to === id) ? undefined : scene.byId.get(id)
  const pointOf = (event: globalThis.MouseEvent | TouchEvent): { x: number; y: number } =>
    'clientX' in event
      ? { x: event.clientX, y: event.clientY }
      : { x: event.changedTouches[0].clientX, y: event.changedTouches[0].clientY }

  const onConnectStart = (
    _: unknown,
    { nodeId, handleId }: { nodeId: string | null; handleId: string | null },
  ): void => {
    const node = scene.byId.get(nodeId ?? '')
    const port = node && [...node.inputs, ...node.outputs].find(({ id }) => id === handleId)
    if (port) setWiring(wiringFrom(scene, { node, port }, pulled.current))
  }
  const onConnectEnd = (event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState): void => {
    setWiring(undefined)
    if (wiring === undefined) return
    const at = pointOf(event)
    const under = underPointer(at)
    const node = state.toHandle?.nodeId ?? under.node
    if (node === wiring.end.node.id) return
    if (pulled.current !== undefined) {
      const end = node === undefined ? undefined : endOn(scene, wiring, node, state.toHandle?.id ?? under.port)
      if (end) session.reconnect(pulled.current, end)
      pulled.current = undefined
      return
    }
    if (node === undefined) {
      const { x, y } = screenToFlowPosition(at)
      const left = wiring.end.port.side === 'in' ? nodeSize.width : 0
      return session.task.set({ kind: 'wire', end: wiring.end, at: { x: x - left, y: y - nodeSize.height / 2 } })
    }
    const end = endOn(scene, wiring, node, state.toHandle?.id ?? under.port)
    if (end) session.connect(wiring.end, end)
  }

  const onDragOver = (event: DragEvent): void => {
    const offer = componentOffers.find(({ name }) => name === draggedComponent.get())
    if (offer === undefined) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    setTarget(edgeUnder({ x: event.clientX, y: event.clientY }, offer))
  }
  const onDrop = (event: DragEvent): void => {
    const name = draggedComponent.get()
    setTarget(undefined)
    if (name === undefined) return
    event.preventDefault()
    const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY })
    if (target !== undefined) session.insert(target, { name })
    else session.add(name, { x: x - nodeSize.width / 2, y: y - nodeSize.height / 2 })
  }
  /** A right click acts on what is under it. */
  const onContextMenu = (event: MouseEvent): void => {
    const { node, edge } = underPointer({ x: event.clientX, y: event.clientY })
    const now = selection.current.get()
    if (event.clientX === 0 && event.clientY === 0) return
    if (node !== undefined) {
      if (!now.nodes.includes(node)) selection.select([node])
    } else if (edge !== undefined) selection.select([], [edge])
    else selection.clear()
  }

  return (
    <FocusContext value={focus}>
      <WiringContext value={wiring}>
        <TargetEdgeContext value={target}>
          <CanvasMenu>
            <div
              ref={frame}
              className="canvas"
              role="application"
              aria-label={say.canvas}
              aria-description={say.help}
              tabIndex={-1}
              {...keys}
              onContextMenu={onContextMenu}
              onDragOver={onDragOver}
              onDragLeave={() => setTarget(undefined)}
              onDrop={onDrop}
            >
              <ReactFlow
                nodes={nodes}
                edges={edges}
                nodeTypes={nodeTypes}
                edgeTypes={edgeTypes}
                onNodesChange={onNodesChange}
                onEdgesChange={onEdgesChange}
                onConnectStart={onConnectStart}
                onConnectEnd={onConnectEnd}
                reconnectRadius={18}
                onReconnectStart={(_, { id }) => (pulled.current = id)}
                // Asked for, or no edge can be pulled at; where it ended is seen when the wire ends.
                onReconnect={() => undefined}
                onNodeClick={({ shiftKey, ctrlKey, metaKey }, { id, type }) => {
                  // One of several is meant alone, unless a key says otherwise.
                  if (type === 'component' && !shiftKey && !ctrlKey && !metaKey) selection.select([id])
                }}
                onNodeDragStart={() => (steered.current = true)}
                onNodeDrag={(event, node, all) => {
                  const component = all.length === 1 ? loose(node.id) : undefined
                  setTarget(component && edgeUnder(pointOf(event), component))
                }}
                onNodeDragStop={(_, node) => {
                  if (target !== undefined) session.insert(target, { node: node.id })
                  setTarget(undefined)
                }}
                onPaneClick={() => frame.current?.focus({ preventScroll: true })}
                onMove={(event) => {
                  if (event !== null) steered.current = true
                }}
                onDoubleClick={(event) => {
                  if (!session.editable || !(event.target as Element).classList.contains('react-flow__pane')) return
                  session.task.set({ kind: 'add', at: screenToFlowPosition({ x: event.clientX, y: event.clientY }) })
                }}
                nodesConnectable={session.editable}
                connectOnClick={false}
                connectionRadius={24}
                connectionLineStyle={{ stroke: `var(--${wiring?.end.port.kind ?? 'other'})`, strokeWidth: 2 }}
                disableKeyboardA11y
                edgesFocusable={false}
                zoomOnDoubleClick={false}
                snapToGrid
                snapGrid={[4, 4]}
                selectionMode={SelectionMode.Partial}
                multiSelectionKeyCode={multiSelectionKeys}
                deleteKeyCode={null}
                {...zoomsAt(size)}
                onlyRenderVisibleElements={readable && nodes.length > 60}
              >
                <Dots />
                <MiniMap
                  ariaLabel={say.minimap}
                  pannable
                  zoomable
                  nodeBorderRadius={16}
                  nodeClassName={({ id, type }) =>
                    type === 'frame' ? 'minimap-frame' : chosen.nodes.includes(id) ? 'minimap-selected' : ''
                  }
                />
                <CanvasControls />
                <Ghosts />
                <KeepInView fit={fit} steered={steered} />
              </ReactFlow>
              <WireHint />
            </div>
          </CanvasMenu>
        </TargetEdgeContext>
      </WiringContext>
    </FocusContext>
  )
}
