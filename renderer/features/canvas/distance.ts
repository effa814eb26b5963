import type { ReactFlowState } from 'reactflow'

export type Distance = 'near' | 'middle' | 'far' | 'farthest'

/** From how far the picture is seen: `far` only names can be read, `farthest` nothing can. */
export const distance = ({ transform: [, , zoom] }: ReactFlowState): Distance =>
  zoom > 0.9 ? 'near' : zoom > 0.42 ? 'middle' : zoom > 0.2 ? 'far' : 'farthest'
