import type { ReactNode } from 'react'
import type { WeirError } from '../../../collector-core/weir-error.ts'
import { useWorkbench } from '../../model/workbench-context.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/use-translation.ts'
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
  if (failure !== undefined) return <FailureState of={failure} />
  if (answer === undefined) return <Skeleton lines={8} />
  return isEmpty(answer) ? <EmptyState icon="search" {...empty} /> : children(answer)
}

/** Why there is no answer, and what to do about it. */
export function FailureState({ of: { code, message, nextStep } }: { readonly of: WeirError }) {
  const translate = useTranslation()
  const say = useWords(words)
  const { actions } = useWorkbench()
  const away = code === 'backend-unreachable' && (
    <Button kind="primary" onClick={() => actions.run('view.stack')}>
      {say.openStack}
    </Button>
  )
  const said = translate(message)
  const title = said.charAt(0).toUpperCase() + said.slice(1)
  return <EmptyState icon="error" title={title} detail={nextStep} actions={away} />
}
