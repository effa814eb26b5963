import { useState } from 'react'
import { BaseEdge, EdgeLabelRenderer, getBezierPath } from 'reactflow'
import type { Edge, EdgeProps } from 'reactflow'
import { useEdgeLive } from '../../live/connection-context.ts'
import type { PictureEdge } from '../../model/picture.ts'
import { SignalGlyph } from '../../ui/signal-glyph.tsx'
import { useEdgeEmphasis } from './focus-context.ts'
import { words } from './words.ts'
import styles from './flow-edge.module.css'

export type FlowEdgeType = Edge<{ readonly edge: PictureEdge }, 'flow'>

/** A connection: hue of its signal, width by its share of the traffic, its rate while looked at. */
export function FlowEdge({ id, data, ...ends }: EdgeProps<FlowEdgeType>) {
  const [hovered, setHovered] = useState(false)
  const live = useEdgeLive(id)
  const emphasis = useEdgeEmphasis(id)
  const [path, x, y] = getBezierPath({ ...ends, curvature: 0.35 })
  if (data === undefined) return null
  const { kind, items } = data.edge
  const width = items === undefined ? 1.25 : 1.5 + 3.5 * (live?.share ?? 0)
  return (
    <g
      className={styles.edge}
      data-emphasis={hovered ? 'lit' : emphasis}
      onMouseEnter={() => setHovered(true)}
      onMouseLeave={() => setHovered(false)}
    >
      <BaseEdge path={path} interactionWidth={18} style={{ stroke: `var(--${kind})`, strokeWidth: width }} />
      {(hovered || emphasis === 'lit') && items !== undefined && live !== undefined && (
        <EdgeLabelRenderer>
          <div className={styles.label} style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}>
            <SignalGlyph kind={kind} size={8} />
            <span>{words.perSecond(live.rate, items)}</span>
            {live.refusedItems > 0 && <span className={styles.refused}>{words.refused(live.refusedItems)}</span>}
          </div>
        </EdgeLabelRenderer>
      )}
    </g>
  )
}
