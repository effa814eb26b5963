import { useLayoutEffect, useMemo } from 'react'
import { ReactFlowProvider } from 'reactflow'
import 'reactflow/dist/base.css'
import { useCell, useConnection } from '../../live/connection-context.ts'
import type { Picture } from '../../model/picture.ts'
import { useWorkbench } from '../../model/workbench-context.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useWords } from '../../ui/use-words.ts'
import { CanvasChooser } from './canvas-chooser.tsx'
import { FlowCanvas } from './flow-canvas.tsx'
import { ReviewMarks } from './review-marks.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { RenamingContext, SessionContext } from './session-context.ts'
import { sessionOf } from './session-of.ts'
import { words } from './words.ts'
import './canvas.css'

interface CanvasProps {
  /** What runs, to be looked at where there is no host and so no config to edit. */
  readonly picture: Picture
  /** What applying would change is looked at. */
  readonly reviewing?: boolean
}

/** The pipeline as a picture that is edited. Numbers that move never pass through here: nodes and edges subscribe to their own. */
export function Canvas({ picture, reviewing = false }: CanvasProps) {
  const say = useWords(words)
  const workbench = useWorkbench()
  const editable = useConnection().servedBy === 'host'
  const session = useMemo(() => sessionOf(workbench, editable), [workbench, editable])
  useLayoutEffect(() => {
    if (!editable) session.show(picture)
  }, [session, editable, picture])
  const task = useCell(session.task)
  const empty = useCell(session.scene).nodes.length === 0
  return (
    <SessionContext value={session}>
      <RenamingContext value={task?.kind === 'rename' ? task.node : undefined}>
        <ReactFlowProvider>
          <ReviewMarks open={reviewing}>
            <FlowCanvas />
          </ReviewMarks>
          {empty && editable && (
            <div className="canvas-empty">
              <EmptyState
                icon="components"
                title={say.empty.title}
                detail={say.empty.detail}
                actions={
                  <Button kind="primary" icon="plus" onClick={() => session.task.set({ kind: 'add', at: undefined })}>
                    {say.empty.add}
                  </Button>
                }
              />
            </div>
          )}
          <CanvasChooser />
          <RemoveDialog />
        </ReactFlowProvider>
      </RenamingContext>
    </SessionContext>
  )
}
