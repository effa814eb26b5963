import type { BlockChange } from '../../model/compare-configs.ts'
import { useCell } from '../../live/connection-context.ts'
import { useBlockChanges, useSnapshot, useWorkbench } from '../../model/workbench-context.ts'
import { Button } from '../../ui/button.tsx'
import { DiffView } from '../../ui/code/diff-view.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useWords } from '../../ui/use-words.ts'
import { Outcome } from './outcome.tsx'
import styles from './review.module.css'
import { words } from './words.ts'

/** What is different between the text that runs and the text as it is edited: the components, and line by line. */
export function Review() {
  const say = useWords(words)
  const { project, actions } = useWorkbench()
  const { text } = useSnapshot()
  const running = useCell(project.running)
  const changes = useBlockChanges()
  if (running === undefined) return <EmptyState icon="warning" title={say.notKnown} detail={say.notKnownDetail} />
  if (running === text) return <EmptyState icon="check" title={say.nothing} detail={say.nothingDetail} />
  return (
    <div className={styles.review}>
      <Outcome />
      <section className={styles.changes} aria-label={say.changes}>
        {changes.length === 0 && <p className={styles.note}>{say.onlyText}</p>}
        <ul className={styles.list}>
          {changes.map((change) => (
            <Change key={`${change.kind} ${change.id}`} change={change} />
          ))}
        </ul>
        <div className={styles.discard}>
          <Button kind="danger" onClick={() => void actions.run('project.discard')}>
            {say.discard}
          </Button>
        </div>
      </section>
      <DiffView before={running} after={text} label={say.diff} />
    </div>
  )
}

const icons = { added: 'plus', changed: 'edit', disabled: 'minus', removed: 'minus' } as const

/** Leads to what was changed; what was removed can be seen, not selected. */
function Change({ change: { id, kind } }: { readonly change: BlockChange }) {
  const say = useWords(words)
  const { selection } = useWorkbench()
  return (
    <li>
      <button
        type="button"
        className={styles.change}
        data-kind={kind}
        onClick={() => (kind === 'removed' ? selection.pointTo(id) : selection.reveal(id))}
      >
        <Icon name={icons[kind]} size={14} />
        <span className={styles.id}>{id}</span>
        <span className={styles.kind}>{say.kinds[kind]}</span>
      </button>
    </li>
  )
}
