import { createContext, useContext, useMemo } from 'react'
import type { ReactNode } from 'react'
import type { BlockChange } from '../../model/compare-configs.ts'
import { useBlockChanges } from '../../model/workbench-context.ts'
import { useWords } from '../../ui/use-words.ts'
import { words } from './words.ts'
import styles from './review-marks.module.css'

type Marks = ReadonlyMap<string, BlockChange['kind']>

const MarksContext = createContext<Marks>(new Map())

/** Tells the nodes below what became of them since the config was applied, and names those that are gone. */
export function ReviewMarks({ children }: { readonly children: ReactNode }) {
  const say = useWords(words)
  // The same while it says the same: every node hears of a new one.
  const written = JSON.stringify(useBlockChanges().map(({ id, kind }) => [id, kind]))
  const marks = useMemo<Marks>(() => new Map(JSON.parse(written) as [string, BlockChange['kind']][]), [written])
  const gone = [...marks].filter(([, kind]) => kind === 'removed').map(([id]) => id)
  return (
    <MarksContext value={marks}>
      {children}
      {gone.length > 0 && (
        <p className={styles.gone} role="status">
          {say.gone(gone.length)} <span className={styles.ids}>{gone.join(', ')}</span>
        </p>
      )}
    </MarksContext>
  )
}

/** On a node that was added or changed since the config was applied: which of both. Stands beside its face, so as not to fade with it. */
export function ReviewMark({ id }: { readonly id: string }) {
  const say = useWords(words)
  const kind = useContext(MarksContext).get(id)
  if (kind !== 'added' && kind !== 'changed') return null
  return (
    <span className={styles.mark} data-kind={kind}>
      {say.marks[kind]}
    </span>
  )
}
