import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'
import { getViewportForBounds, useReactFlow, useStore } from 'reactflow'
import type { ReactFlowState } from 'reactflow'
import { useCell } from '../../live/connection-context.ts'
import { boxAround } from '../../model/align.ts'
import { nodeSize } from '../../model/layout.ts'
import { useWorkbench } from '../../model/workbench-context.ts'
import { useSession } from './session-context.ts'

const margin = 32
const duration = 160
const sizeOf = ({ width, height }: ReactFlowState): string => `${width} ${height}`

interface KeepInViewProps {
  readonly fit: { readonly padding: number; readonly minZoom: number; readonly maxZoom: number }
  /** Whether the user chose what to look at; until then the picture fits itself to the window. */
  readonly steered: RefObject<boolean>
}

/** Moves the picture when it must: all of it when a config is opened or the window changes, a node when it is asked for. */
export function KeepInView({ fit, steered }: KeepInViewProps) {
  const { fitView, getViewport, setViewport } = useReactFlow()
  const { selection, project } = useWorkbench()
  const session = useSession()
  const size = useStore(sizeOf)
  const opened = useCell(project.project)
  const gone = useCell(session.removed).positions
  const placed = useCell(session.places.current).size
  const revealed = useCell(selection.revealed)
  const shown = useRef(revealed)

  useEffect(() => {
    steered.current = false
  }, [opened, steered])

  useEffect(() => {
    if (placed === 0 || steered.current) return
    if (gone.size === 0) void fitView(fit)
    else {
      const [width, height] = size.split(' ').map(Number)
      const box = boxAround(new Map([...session.places.current.get(), ...gone]))
      void setViewport(getViewportForBounds(box, width, height, fit.minZoom, fit.maxZoom, fit.padding))
    }
  }, [placed, gone, opened, size, fit, steered, session, fitView, setViewport])

  useEffect(() => {
    if (revealed === undefined || revealed === shown.current) return
    shown.current = revealed
    const position = session.placeOf(revealed.id)
    if (position === undefined) return
    const [width, height] = size.split(' ').map(Number)
    const view = getViewport()
    const zoom = Math.max(view.zoom, 0.5)
    const moved = {
      x: shifted(view.x, position.x * zoom, nodeSize.width * zoom, width),
      y: shifted(view.y, position.y * zoom, nodeSize.height * zoom, height),
      zoom,
    }
    if (moved.x !== view.x || moved.y !== view.y) void setViewport(moved, { duration })
  }, [revealed, size, session, getViewport, setViewport])

  return null
}

/** Where the picture has to start so that a stretch of it lies inside a window of `size`. */
function shifted(start: number, at: number, length: number, size: number): number {
  if (start + at < margin) return margin - at
  return start + at + length > size - margin ? Math.max(size - margin - length, margin) - at : start
}
