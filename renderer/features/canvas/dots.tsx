import { useStore, ViewportPortal } from 'reactflow'
import type { ReactFlowState } from 'reactflow'
import styles from './dots.module.css'

const gap = 24

/**
 * The ground of the picture. It lies inside it and is larger than anyone wanders, so that all that stands on it shares its
 * layer: while the picture is panned nothing is drawn or sorted again.
 */
export function Dots() {
  const distance = useStore(distanceOfDots)
  return (
    <ViewportPortal>
      <div className={styles.dots} style={{ backgroundSize: `${distance}px ${distance}px` }} />
    </ViewportPortal>
  )
}

/** Doubled from afar, so that dots never run together. */
function distanceOfDots({ transform: [, , zoom] }: ReactFlowState): number {
  return gap * 2 ** Math.max(0, Math.ceil(Math.log2(0.5 / zoom)))
}
