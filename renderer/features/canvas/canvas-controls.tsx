import type { RefObject } from 'react'
import { Panel, useReactFlow } from 'reactflow'
import type { FitViewOptions } from 'reactflow'
import { IconButton } from '../../ui/icon-button.tsx'
import { words } from './words.ts'

const glide = { duration: 160 }

interface CanvasControlsProps {
  readonly fit: FitViewOptions
  /** Whether the user chose what to look at; until then the picture fits itself to the window. */
  readonly steered: RefObject<boolean>
}

/** Zoom and fit, bottom left. */
export function CanvasControls({ fit, steered }: CanvasControlsProps) {
  const { zoomIn, zoomOut, fitView } = useReactFlow()
  const steer = (byUser: boolean, move: () => Promise<boolean>): void => {
    steered.current = byUser
    void move()
  }
  return (
    <Panel position="bottom-left" className="canvas-controls">
      <IconButton icon="plus" label={words.zoomIn} onClick={() => steer(true, () => zoomIn(glide))} />
      <IconButton icon="minus" label={words.zoomOut} onClick={() => steer(true, () => zoomOut(glide))} />
      <IconButton icon="fit" label={words.fit} onClick={() => steer(false, () => fitView({ ...fit, ...glide }))} />
    </Panel>
  )
}
