import { useEffect } from 'react'
import type { RefObject } from 'react'
import { getViewportForBounds, useNodesInitialized, useReactFlow, useStore } from 'reactflow'
import type { FitViewOptions, ReactFlowState } from 'reactflow'

const margin = 24
/** Below this zoom a face can hardly be read: rather than shrink further, the picture is cut. */
const leastReadable = 0.6
const duration = 160
const widthOf = ({ width }: ReactFlowState): number => width
const heightOf = ({ height }: ReactFlowState): number => height
const idsOf = ({ nodes }: ReactFlowState): string => nodes.map(({ id }) => id).join()

interface KeepInViewProps {
  readonly selected: string | undefined
  readonly fit: FitViewOptions
  readonly steered: RefObject<boolean>
}

/**
 * Moves the picture when it must: all of it when components came or went, or when the window changed and it still fits,
 * unless the user chose what to look at; else the selected component when it is out of sight.
 */
export function KeepInView({ selected, fit, steered }: KeepInViewProps) {
  const { fitView, getNode, getNodes, getNodesBounds, getViewport, setViewport } = useReactFlow()
  const width = useStore(widthOf)
  const height = useStore(heightOf)
  const ids = useStore(idsOf)
  const ready = useNodesInitialized()

  useEffect(() => {
    if (ready) void fitView({ ...fit, duration })
  }, [ids, ready, fit, fitView])

  useEffect(() => {
    const all = getViewportForBounds(getNodesBounds(getNodes()), width, height, 0, fit.maxZoom ?? 1, fit.padding ?? 0)
    if (!steered.current && all.zoom >= leastReadable) {
      void setViewport(all, { duration })
      return
    }
    const node = selected === undefined ? undefined : getNode(selected)
    if (node === undefined) return
    const { x, y, zoom } = getViewport()
    const left = node.position.x * zoom + x
    const top = node.position.y * zoom + y
    const moved = {
      x: x + shift(left, left + (node.width ?? 0) * zoom, width),
      y: y + shift(top, top + (node.height ?? 0) * zoom, height),
      zoom,
    }
    if (moved.x !== x || moved.y !== y) void setViewport(moved, { duration })
  }, [selected, width, height, fit, steered, getNode, getNodes, getNodesBounds, getViewport, setViewport])

  return null
}

/** How far to move so that a stretch lies inside a window of `size`, its start before its end. */
function shift(start: number, end: number, size: number): number {
  if (start < margin) return margin - start
  return end > size - margin ? Math.max(size - margin - end, margin - start) : 0
}
