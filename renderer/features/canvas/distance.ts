import type { ReactFlowState } from 'reactflow'
import { interfaceSize } from '../../model/interface-size.ts'

export type Distance = 'near' | 'middle' | 'far' | 'farthest'

/** From how far the picture is seen: `far` only names can be read, `farthest` nothing can. */
export const distance = ({ transform: [, , zoom] }: ReactFlowState): Distance => {
  const seen = zoom / interfaceSize.get()
  return seen > 0.9 ? 'near' : seen > 0.42 ? 'middle' : seen > 0.2 ? 'far' : 'farthest'
}
