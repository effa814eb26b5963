import { Position as Side, useStore, ViewportPortal } from 'reactflow'
import { useCell } from '../../live/connection-context.ts'
import type { Position } from '../../model/layout.ts'
import { nodeSize } from '../../model/layout.ts'
import type { RemovedParts } from '../../model/removed-parts.ts'
import type { SceneEdge, SceneNode } from '../../model/scene.ts'
import { useWorkbench } from '../../model/workbench-context.ts'
import { SignalGlyph } from '../../ui/signal-glyph.tsx'
import { useWords } from '../../ui/use-words.ts'
import { distance } from './distance.ts'
import { edgePath } from './edge-path.ts'
import { portTop } from './flow-elements.ts'
import { useSession } from './session-context.ts'
import { words } from './words.ts'
import styles from './ghosts.module.css'

/**
 * What a review shows of components and edges that are gone: drawn under the picture and apart from React Flow's nodes, so
 * that nothing can be done to them. Nothing while there is no review.
 */
export function Ghosts() {
  const session = useSession()
  const removed = useCell(session.removed)
  if (removed.nodes.length + removed.edges.length === 0) return null
  return (
    <ViewportPortal>
      <svg className={styles.edges} aria-hidden="true">
        {removed.edges.map((edge) => (
          <GhostEdge key={edge.id} edge={edge} removed={removed} />
        ))}
      </svg>
      {removed.nodes.map((node) => (
        <GhostNode key={node.id} node={node} at={removed.positions.get(node.id)!} />
      ))}
    </ViewportPortal>
  )
}

function GhostNode({ node, at }: { readonly node: SceneNode; readonly at: Position }) {
  const say = useWords(words)
  const seen = useStore(distance)
  const pointed = useCell(useWorkbench().selection.revealed)?.id === node.id
  const { id, name, label, kind } = node
  return (
    <div
      className={styles.node}
      role="group"
      aria-label={say.removed(say.nodeName(name, label, ''))}
      data-ghost={id}
      data-pointed={pointed}
      data-distance={seen}
      style={{ left: at.x, top: at.y, ...nodeSize }}
    >
      {seen !== 'farthest' && (
        <>
          <span className={styles.mark}>{say.marks.removed}</span>
          <span className={styles.kind}>
            <SignalGlyph kind={kind} />
            <del className={styles.name}>{name}</del>
          </span>
          <del className={styles.label}>{label === '' ? name : label}</del>
        </>
      )}
    </div>
  )
}

function GhostEdge({ edge, removed }: { readonly edge: SceneEdge; readonly removed: RemovedParts }) {
  const session = useSession()
  const nodes = useCell(session.scene).byId
  const placed = useCell(session.places.current)
  const end = (id: string, side: 'inputs' | 'outputs', port: string): Position | undefined => {
    const at = placed.get(id) ?? removed.positions.get(id)
    const ports = (nodes.get(id) ?? removed.nodes.find((node) => node.id === id))?.[side] ?? []
    const index = ports.findIndex((one) => one.id === port)
    // A port goes with its last edge where the component has it only for that.
    const y = index === -1 ? nodeSize.height / 2 : portTop(index, ports.length)
    return at && { x: at.x + (side === 'outputs' ? nodeSize.width : 0), y: at.y + y }
  }
  const [from, to] = [end(edge.from, 'outputs', edge.out.id), end(edge.to, 'inputs', edge.into.id)]
  if (from === undefined || to === undefined) return null
  const [path] = edgePath({
    ...{ sourceX: from.x, sourceY: from.y, sourcePosition: Side.Right },
    ...{ targetX: to.x, targetY: to.y, targetPosition: Side.Left },
  })
  return <path className={styles.edge} d={path} />
}
