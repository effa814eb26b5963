import { createContext, useContext, useEffect, useMemo } from 'react'
import type { ReactNode } from 'react'
import { useCell } from '../../live/connection-context.ts'
import type { BlockChange } from '../../model/compare-configs.ts'
import { drawScene } from '../../model/scene.ts'
import { useBlockChanges, useWorkbench } from '../../model/workbench-context.ts'
import { useWords } from '../../ui/use-words.ts'
import { useSession } from './session-context.ts'
import { words } from './words.ts'
import styles from './review-marks.module.css'

type Marks = ReadonlyMap<string, BlockChange['kind']>

const MarksContext = createContext<Marks>(new Map())

/** While a review is open, tells the nodes below what became of them since the config was applied. */
export function ReviewMarks({ open, children }: { readonly open: boolean; readonly children: ReactNode }) {
  // The same while it says the same: every node hears of a new one.
  const written = JSON.stringify(useBlockChanges(open).map(({ id, kind }) => [id, kind]))
  const marks = useMemo<Marks>(() => new Map(JSON.parse(written) as [string, BlockChange['kind']][]), [written])
  useComparison(open)
  return <MarksContext value={marks}>{children}</MarksContext>
}

export const useReviewMarks = (): Marks => useContext(MarksContext)

/** Has the session find what ran and is gone. */
function useComparison(open: boolean): void {
  const session = useSession()
  const { document, running } = useWorkbench().project
  const text = useCell(running)
  useEffect(() => {
    if (!open || text === undefined || !session.editable) return undefined
    session.compareWith(drawScene(document.snapshotOf(text)))
    return () => session.compareWith(undefined)
  }, [open, text, session, document])
}

/** Around a node that a review is about, beside its face, so as not to fade with it. */
export function ReviewMark({ id }: { readonly id: string }) {
  const say = useWords(words)
  const kind = useReviewMarks().get(id)
  return (
    kind && (
      <div className={styles.mark} data-kind={kind}>
        <span className={styles.word}>{say.marks[kind]}</span>
      </div>
    )
  )
}
