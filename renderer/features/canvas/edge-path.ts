import { getBezierPath, getSmoothStepPath } from 'reactflow'
import type { EdgeProps } from 'reactflow'
import { nodeSize } from '../../model/layout.ts'

type Ends = Pick<EdgeProps, 'sourceX' | 'sourceY' | 'targetX' | 'targetY' | 'sourcePosition' | 'targetPosition'>

/** The way of an edge, and its middle: a soft curve; one that leads back goes around below, where nothing stands. */
export function edgePath(ends: Ends): readonly [string, number, number, ...number[]] {
  if (ends.targetX > ends.sourceX + 16) return getBezierPath({ ...ends, curvature: 0.35 })
  const centerY = Math.max(ends.sourceY, ends.targetY) + nodeSize.height / 2 + 24
  return getSmoothStepPath({ ...ends, borderRadius: 20, offset: 28, centerY })
}
