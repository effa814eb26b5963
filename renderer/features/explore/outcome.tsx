import type { ReactNode } from 'react'
import type { WeirError } from '../../../collector-core/weir-error.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { Answering } from './use-answer.ts'

interface OutcomeProps<T> {
  readonly of: Answering<T>
  readonly isEmpty: (answer: T) => boolean
  readonly empty: { readonly title: string; readonly detail: string }
  readonly children: (answer: T) => ReactNode
}

/** What came of a question: bars while it is under way, why it failed, that there is nothing, or the answer. */
export function Outcome<T>({ of: { answer, failure }, isEmpty, empty, children }: OutcomeProps<T>) {
  if (failure !== undefined) return <FailureState of={failure} />
  if (answer === undefined) return <Skeleton lines={8} />
  return isEmpty(answer) ? <EmptyState icon="search" {...empty} /> : children(answer)
}

/** Why there is no answer, and what to do about it. */
export function FailureState({ of: { message, nextStep } }: { readonly of: WeirError }) {
  return <EmptyState icon="error" title={message.charAt(0).toUpperCase() + message.slice(1)} detail={nextStep} />
}
