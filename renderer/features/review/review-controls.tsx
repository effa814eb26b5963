import { useCell } from '../../live/connection-context.ts'
import { useSnapshot, useWorkbench } from '../../model/workbench-context.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { useWords } from '../../ui/use-words.ts'
import styles from './review.module.css'
import { runState } from './run-state.ts'
import { useReviewActions } from './use-review-actions.ts'
import { words } from './words.ts'

/** How text, file and collector stand to one another, and the way to bring them together. */
export function ReviewControls() {
  const say = useWords(words)
  useReviewActions()
  const { project, actions } = useWorkbench()
  const differences = useCell(project.differences)
  const collector = useCell(project.collector)
  const busy = useCell(project.applying).kind === 'applying'
  const errors = useSnapshot().checked.diagnostics.filter(({ severity }) => severity === 'error').length
  const { state, tone } = runState(differences, collector)
  const review = (): void => void actions.run('view.review')
  const nothing = differences.unapplied === false
  return (
    <div className={styles.controls}>
      <span className={styles.state} role="status">
        <Badge tone={tone}>{say.state[state]}</Badge>
      </span>
      <Button disabled={nothing} title={say.detail} onClick={review}>
        {say.review}
      </Button>
      <Button
        kind="primary"
        busy={busy}
        disabled={nothing || errors > 0}
        title={errors > 0 ? say.errors(errors) : undefined}
        onClick={() => void actions.run('project.apply')}
      >
        {busy ? say.applying : say.apply}
      </Button>
    </div>
  )
}
