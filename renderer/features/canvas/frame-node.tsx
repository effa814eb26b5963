import { memo } from 'react'
import type { NodeProps } from 'reactflow'
import { useWorkbench } from '../../model/workbench-context.ts'
import type { FrameFlowNode } from './flow-elements.ts'
import { ReviewMark } from './review-marks.tsx'
import styles from './frame-node.module.css'

/** A module around its components; its title selects them all. */
export const FrameNode = memo(function FrameNode({ data: { frame } }: NodeProps<FrameFlowNode>) {
  const { selection } = useWorkbench()
  return (
    <div className={styles.frame}>
      <button type="button" className={`${styles.title} nodrag nopan`} onClick={() => selection.select(frame.nodes)}>
        <span className={styles.name}>{frame.name}</span> {frame.label}
      </button>
      <ReviewMark id={frame.id} />
    </div>
  )
})
