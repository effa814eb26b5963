import { LineIndex } from '../../../collector-core/language/position.ts'
import { useCell } from '../../live/connection-context.ts'
import { useWorkbench } from '../../model/workbench-context.ts'
import { useTranslation } from '../../ui/use-translation.ts'
import { useWords } from '../../ui/use-words.ts'
import styles from './review.module.css'
import { words } from './words.ts'

/** Why the last text that was to run does not run; nothing when it does. */
export function Outcome() {
  const translate = useTranslation()
  const say = useWords(words)
  const { project, spotlight } = useWorkbench()
  const applying = useCell(project.applying)
  if (applying.kind === 'failed') {
    return (
      <div className={styles.outcome} role="alert">
        <strong>{say.failedTitle}</strong>
        <p>
          {translate(applying.message)} {translate(applying.nextStep)}
        </p>
      </div>
    )
  }
  if (applying.kind !== 'refused') return null
  const lines = new LineIndex(project.document.text)
  return (
    <div className={styles.outcome} role="alert">
      <strong>{say.refusedTitle}</strong>
      <ul>
        {applying.diagnostics.slice(0, 20).map(({ message, span }, index) => (
          <li key={index}>
            <button type="button" className={styles.link} onClick={() => spotlight.show(span)}>
              {translate(message)} ({say.place(lines.lineOf(span.start))})
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
