import { useCell } from '../../live/connection-context.ts'
import type { AskedQuestion } from '../../model/project-session/question.ts'
import { useWorkbench } from '../../model/workbench-context.ts'
import { Button } from '../../ui/button.tsx'
import { DiffView } from '../../ui/code/diff-view.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useWords } from '../../ui/use-words.ts'
import { ChooseFile } from './choose-file.tsx'
import styles from './project-controls.module.css'
import { words } from './words.ts'

/** The question that has to be answered before the project goes on, if there is one. */
export function ProjectQuestion() {
  const asked = useCell(useWorkbench().project.question)
  if (asked === undefined) return null
  return asked.question.kind === 'choose-file' ? (
    <ChooseFile key={asked.question.purpose} question={asked.question} answer={asked.answer} />
  ) : (
    <Ask asked={asked} />
  )
}

function Ask({ asked: { question, answer } }: { readonly asked: AskedQuestion }) {
  const say = useWords(words)
  const { document } = useWorkbench().project
  switch (question.kind) {
    case 'recover':
      return (
        <Dialog
          open
          size="wide"
          title={say.recover.title}
          detail={say.recover.detail(Date.now() - question.draft.at)}
          onClose={() => answer('recover')}
          actions={
            <>
              <Button kind="danger" onClick={() => answer('discard')}>
                {say.recover.discard}
              </Button>
              <Button kind="primary" onClick={() => answer('recover')}>
                {say.recover.recover}
              </Button>
            </>
          }
        >
          <div className={styles.diff}>
            <DiffView before={question.saved} after={question.draft.text} label={say.differences} />
          </div>
        </Dialog>
      )
    case 'conflict':
      return (
        <Dialog
          open
          size="wide"
          title={say.conflict.title}
          detail={say.conflict.detail}
          onClose={() => answer('later')}
          actions={
            <>
              <Button kind="quiet" onClick={() => answer('later')}>
                {say.conflict.later}
              </Button>
              <Button onClick={() => answer('theirs')}>{say.conflict.theirs}</Button>
              <Button kind="primary" onClick={() => answer('mine')}>
                {say.conflict.mine}
              </Button>
            </>
          }
        >
          <div className={styles.diff}>
            <DiffView before={question.theirs} after={document.text} label={say.differences} />
          </div>
        </Dialog>
      )
    case 'unsaved':
      return (
        <Dialog
          open
          title={say.leave.title}
          detail={say.leave.detail}
          onClose={() => answer('cancel')}
          actions={
            <>
              <Button kind="quiet" onClick={() => answer('cancel')}>
                {say.cancel}
              </Button>
              <Button kind="danger" onClick={() => answer('discard')}>
                {say.leave.discard}
              </Button>
              <Button kind="primary" onClick={() => answer('save')}>
                {say.leave.save}
              </Button>
            </>
          }
        />
      )
    case 'choose-file':
      return null
  }
}
