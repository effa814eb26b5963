import { memo, useContext, useEffect, useRef, useState } from 'react'
import { BaseEdge, EdgeLabelRenderer } from 'reactflow'
import type { EdgeProps } from 'reactflow'
import { useEdgeLive } from '../../live/connection-context.ts'
import type { SceneEdge } from '../../model/scene.ts'
import { Icon } from '../../ui/icon.tsx'
import { SignalGlyph } from '../../ui/signal-glyph.tsx'
import { useWords } from '../../ui/use-words.ts'
import { edgePath } from './edge-path.ts'
import type { FlowEdgeType } from './flow-elements.ts'
import { useEdgeEmphasis } from './focus-context.ts'
import { TargetEdgeContext, useSession } from './session-context.ts'
import { words } from './words.ts'
import styles from './flow-edge.module.css'

/** Long enough to move the pointer from an edge to the button on it. */
const lingerMs = 160

/** A connection: hue of its signal, width by its share of the traffic, its rate while looked at. */
export const FlowEdge = memo(function FlowEdge({ id, data, selected, ...ends }: EdgeProps<FlowEdgeType>) {
  const [hovered, hover] = useHover()
  const emphasis = useEdgeEmphasis(id)
  const aimed = useContext(TargetEdgeContext) === id
  const [path, x, y] = edgePath(ends)
  if (data === undefined) return null
  const lit = hovered || selected === true || aimed
  return (
    <g
      className={styles.edge}
      data-emphasis={lit ? 'lit' : emphasis}
      data-selected={selected}
      data-aimed={aimed}
      onMouseEnter={() => hover(true)}
      onMouseLeave={() => hover(false)}
    >
      <Stroke id={id} edge={data.edge} path={path} />
      <Refusals id={id} x={ends.targetX} y={ends.targetY} />
      {(lit || emphasis === 'lit') && (
        <EdgeLabelRenderer>
          <EdgeLabel id={id} edge={data.edge} x={x} y={y} lit={lit} selected={selected === true} hover={hover} />
        </EdgeLabelRenderer>
      )}
    </g>
  )
})

function useHover(): readonly [boolean, (hovered: boolean) => void] {
  const [hovered, setHovered] = useState(false)
  const timer = useRef<number>(undefined)
  useEffect(() => () => window.clearTimeout(timer.current), [])
  return [
    hovered,
    (next) => {
      window.clearTimeout(timer.current)
      if (next) setHovered(true)
      else timer.current = window.setTimeout(() => setHovered(false), lingerMs)
    },
  ]
}

function Stroke({ id, edge, path }: { readonly id: string; readonly edge: SceneEdge; readonly path: string }) {
  const share = useEdgeLive(id)?.share ?? 0
  const width = edge.items === undefined ? 1.25 : 1.5 + 3.5 * share
  return (
    <>
      <BaseEdge path={path} interactionWidth={0} style={{ stroke: `var(--${edge.kind})`, strokeWidth: width }} />
      <path d={path} className={styles.reach} />
    </>
  )
}

/** A short red stub in front of a component that refuses. */
function Refusals({ id, x, y }: { readonly id: string; readonly x: number; readonly y: number }) {
  const refused = (useEdgeLive(id)?.refusedItems ?? 0) > 0
  return refused && <path d={`M${x - 28} ${y + 9}h16`} className={styles.stub} />
}

interface EdgeLabelProps {
  readonly id: string
  readonly edge: SceneEdge
  readonly x: number
  readonly y: number
  readonly lit: boolean
  /** Then the ends of the edge can be pulled at, also where the label lies over them. */
  readonly selected: boolean
  readonly hover: (hovered: boolean) => void
}

function EdgeLabel({ id, edge, x, y, lit, selected, hover }: EdgeLabelProps) {
  const say = useWords(words)
  const session = useSession()
  const live = useEdgeLive(id)
  const counted = edge.items !== undefined && live !== undefined
  if (!counted && !(lit && session.editable)) return null
  return (
    <div
      className={`${styles.label} nodrag nopan`}
      data-selected={selected}
      style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
      onMouseEnter={() => hover(true)}
      onMouseLeave={() => hover(false)}
    >
      {counted && (
        <>
          <SignalGlyph kind={edge.kind} size={8} />
          <span>{say.perSecond(live.rate, edge.items)}</span>
          {live.refusedItems > 0 && <span className={styles.refused}>{say.refused(live.refusedItems)}</span>}
        </>
      )}
      {lit && session.editable && (
        <button
          type="button"
          tabIndex={-1}
          className={styles.insert}
          aria-label={say.insertHere}
          title={say.insertHere}
          onClick={() => session.task.set({ kind: 'insert', edge: id })}
        >
          <Icon name="plus" size={14} />
        </button>
      )}
    </div>
  )
}
