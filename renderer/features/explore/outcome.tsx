import type { ReactNode } from 'react'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useWords } from '../../ui/use-words.ts'
import type { Answering } from './use-answer.ts'
import { words } from './words.ts'

interface OutcomeProps<T> {
  readonly of: Answering<T>
  readonly isEmpty: (answer: T) => boolean
  readonly empty: { readonly title: string; readonly detail: string }
  readonly children: (answer: T) => ReactNode
}

/** What came of a question: bars while it is under way, why it failed, that there is nothing, or the answer. */
export function Outcome<T>({ of: { answer, failure }, isEmpty, empty, children }: OutcomeProps<T>) {
  const say = useWords(words)
  if (failure !== undefined) {
    const detail = `${failure.message}. ${failure.nextStep}`
    return <EmptyState icon="error" title={say.failedTitle} detail={detail} />
  }
  if (answer === undefined) return <Skeleton lines={8} />
  return isEmpty(answer) ? <EmptyState icon="search" {...empty} /> : children(answer)
}
