import { useMemo, useRef } from 'react'
import type { KeyboardEvent } from 'react'
import type { Diagnostic } from '../../../collector-core/language/diagnostic.ts'
import { LineIndex } from '../../../collector-core/language/position.ts'
import { useSnapshot, useWorkbench } from '../../model/workbench-context.ts'
import { Badge } from '../../ui/badge.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useTranslation } from '../../ui/use-translation.ts'
import { useWords } from '../../ui/use-words.ts'
import styles from './problems.module.css'
import { words } from './words.ts'

const mostShown = 200

/** Everything the checker says of the config; each leads to its place, and offers its way out. */
export function Problems() {
  const say = useWords(words)
  const list = useRef<HTMLUListElement>(null)
  const { text, checked } = useSnapshot()
  const lines = useMemo(() => new LineIndex(text), [text])
  const { diagnostics } = checked
  if (diagnostics.length === 0) return <EmptyState icon="check" title={say.none} detail={say.noneDetail} />
  const move = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    const rows = [...list.current!.querySelectorAll<HTMLButtonElement>('button[data-problem]')]
    const at = rows.findIndex((row) => row.parentElement!.contains(document.activeElement))
    rows[Math.min(Math.max(at + by, 0), rows.length - 1)].focus()
  }
  return (
    <div className={styles.scroll}>
      <ul ref={list} className={styles.list} aria-label={say.list} onKeyDown={move}>
        {diagnostics.slice(0, mostShown).map((diagnostic, index) => (
          <Problem key={index} diagnostic={diagnostic} line={lines.lineOf(diagnostic.span.start)} />
        ))}
      </ul>
      {diagnostics.length > mostShown && <p className={styles.rest}>{say.rest(diagnostics.length - mostShown)}</p>}
    </div>
  )
}

function Problem({ diagnostic, line }: { readonly diagnostic: Diagnostic; readonly line: number }) {
  const translate = useTranslation()
  const say = useWords(words)
  const { project, selection, spotlight } = useWorkbench()
  const { checked } = useSnapshot()
  const { severity, message, span, suggestion } = diagnostic
  const component = checked.graph.components.find(
    ({ block }) => block.span.start <= span.start && span.end <= block.span.end,
  )?.id
  const go = (): void => {
    if (component !== undefined) selection.reveal(component)
    spotlight.show(span)
  }
  const edit = suggestion?.edit
  return (
    <li className={styles.row} data-severity={severity}>
      <button type="button" data-problem className={styles.problem} onClick={go}>
        <span className={styles.mark}>
          <Icon name={severity} size={14} />
          <span className={styles.unseen}>{say[severity]}</span>
        </span>
        <span className={styles.words}>
          {translate(message)}
          {suggestion !== undefined && edit === undefined && (
            <span className={styles.hint}> {translate(suggestion.text)}</span>
          )}
        </span>
        <span className={styles.place}>{[component, say.line(line)].filter(Boolean).join(' · ')}</span>
      </button>
      {edit !== undefined && (
        <button
          type="button"
          className={styles.fix}
          title={translate(suggestion!.text)}
          onClick={() => void project.document.apply({ kind: 'edits', edits: [edit] })}
        >
          <Icon name="fix" size={14} />
          {translate(suggestion!.text)}
        </button>
      )}
    </li>
  )
}

/** How many problems there are in all, and how many of the worst severity, as a number and in words. */
function useProblemCount() {
  const say = useWords(words)
  const { diagnostics } = useSnapshot().checked
  const total = diagnostics.length
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  return errors > 0
    ? ({ total, worst: 'error', count: errors, said: say.errors(errors) } as const)
    : ({ total, worst: 'warning', count: total, said: say.warnings(total) } as const)
}

/** How many problems there are, beside the name of their list; nothing when there are none. */
export function ProblemsBadge() {
  const { total, worst, said } = useProblemCount()
  if (total === 0) return null
  return (
    <Badge tone={worst === 'error' ? 'failing' : 'waiting'}>
      <span title={said}>{total}</span>
    </Badge>
  )
}

/** That something is wrong, wherever the list is; opens it. Nothing when there are no problems. */
export function ProblemsButton() {
  const say = useWords(words)
  const { actions } = useWorkbench()
  const { total, worst, count, said } = useProblemCount()
  if (total === 0) return null
  return (
    <button
      type="button"
      className={styles.open}
      aria-label={said}
      data-severity={worst}
      title={say.open}
      onClick={() => void actions.run('view.problems')}
    >
      <Icon name={worst} size={14} />
      <span className={styles.long}>{said}</span>
      <span className={styles.short}>{say.count(count)}</span>
    </button>
  )
}
