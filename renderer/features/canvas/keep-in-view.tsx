import { useEffect } from 'react'
import { useNodesInitialized, useReactFlow, useStore } from 'reactflow'
import type { FitViewOptions, ReactFlowState } from 'reactflow'

const margin = 24
const widthOf = ({ width }: ReactFlowState): number => width
const heightOf = ({ height }: ReactFlowState): number => height
const idsOf = ({ nodes }: ReactFlowState): string => nodes.map(({ id }) => id).join()

/** Moves the picture when it must: all of it after components came or went, the selected one when it is out of sight. */
export function KeepInView({ selected, fit }: { readonly selected: string | undefined; readonly fit: FitViewOptions }) {
  const { fitView, getNode, getViewport, setViewport } = useReactFlow()
  const width = useStore(widthOf)
  const height = useStore(heightOf)
  const ids = useStore(idsOf)
  const ready = useNodesInitialized()

  useEffect(() => {
    if (ready) void fitView({ ...fit, duration: 160 })
  }, [ids, ready, fit, fitView])

  useEffect(() => {
    const node = selected === undefined ? undefined : getNode(selected)
    if (node === undefined) return
    const { x, y, zoom } = getViewport()
    const right = (node.position.x + (node.width ?? 0)) * zoom + x
    const bottom = (node.position.y + (node.height ?? 0)) * zoom + y
    const left = node.position.x * zoom + x
    const top = node.position.y * zoom + y
    const shift = (start: number, end: number, size: number): number =>
      start < margin ? margin - start : end > size - margin ? size - margin - end : 0
    const moved = { x: x + shift(left, right, width), y: y + shift(top, bottom, height), zoom }
    if (moved.x !== x || moved.y !== y) void setViewport(moved, { duration: 160 })
  }, [selected, width, height, getNode, getViewport, setViewport])

  return null
}
