import { Panel, useReactFlow } from 'reactflow'
import type { FitViewOptions } from 'reactflow'
import { IconButton } from '../../ui/icon-button.tsx'
import { words } from './words.ts'

const glide = { duration: 160 }

/** Zoom and fit, bottom left. */
export function CanvasControls({ fit }: { readonly fit: FitViewOptions }) {
  const { zoomIn, zoomOut, fitView } = useReactFlow()
  return (
    <Panel position="bottom-left" className="canvas-controls">
      <IconButton icon="plus" label={words.zoomIn} onClick={() => void zoomIn(glide)} />
      <IconButton icon="minus" label={words.zoomOut} onClick={() => void zoomOut(glide)} />
      <IconButton icon="fit" label={words.fit} onClick={() => void fitView({ ...fit, ...glide })} />
    </Panel>
  )
}
