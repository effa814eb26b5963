import { useState } from 'react'
import { useCell } from '../../live/connection-context.ts'
import { useSnapshot, useWorkbench } from '../../model/workbench-context.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notify } from '../../ui/toast.tsx'
import { useWords } from '../../ui/use-words.ts'
import { Review } from './review.tsx'
import styles from './review.module.css'
import { runState } from './run-state.ts'
import { words } from './words.ts'

/** How text, file and collector stand to one another, and the way to bring them together. */
export function ReviewControls() {
  const say = useWords(words)
  const { project } = useWorkbench()
  const [open, setOpen] = useState(false)
  const differences = useCell(project.differences)
  const collector = useCell(project.collector)
  const busy = useCell(project.applying).kind === 'applying'
  const errors = useSnapshot().checked.diagnostics.filter(({ severity }) => severity === 'error').length
  const { state, tone } = runState(differences, collector)
  const apply = async (): Promise<void> => {
    if (await project.apply()) setOpen(false)
    else setOpen(true)
  }
  const discard = (): void => {
    project.revertToRunning()
    setOpen(false)
    notify({ tone: 'done', title: say.discarded, id: 'project' })
  }
  const nothing = differences.unapplied === false
  const applyButton = (
    <Button
      kind="primary"
      busy={busy}
      disabled={nothing || errors > 0}
      title={errors > 0 ? say.errors(errors) : undefined}
      onClick={() => void apply()}
    >
      {busy ? say.applying : say.apply}
    </Button>
  )
  return (
    <div className={styles.controls}>
      <span className={styles.state} role="status">
        <Badge tone={tone}>{say.state[state]}</Badge>
      </span>
      <Button disabled={nothing} onClick={() => setOpen(true)}>
        {say.review}
      </Button>
      {applyButton}
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={say.title}
        detail={say.detail}
        size="wide"
        actions={
          <>
            {errors > 0 && <span className={styles.blocked}>{say.errors(errors)}</span>}
            <Button kind="danger" disabled={nothing || differences.unapplied === undefined} onClick={discard}>
              {say.discard}
            </Button>
            {applyButton}
          </>
        }
      >
        <div className={styles.dialog}>
          <Review />
        </div>
      </Dialog>
    </div>
  )
}
