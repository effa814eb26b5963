import { useEffect, useState } from 'react'
import type { WeirError } from '../../collector-core/weir-error.ts'
import type { StackState } from '../../host/contract/stack.ts'
import { useWorkbench } from '../model/workbench-context.ts'

/** The local stack as the host tells it, or why it does not. */
export interface StackWatch {
  readonly state: StackState | undefined
  readonly failure: WeirError | undefined
}

/** Follows the local stack while a view that shows it is open. */
export function useStackState(): StackWatch {
  const { client } = useWorkbench()
  const [watch, setWatch] = useState<StackWatch>({ state: undefined, failure: undefined })
  useEffect(
    () =>
      client.subscribe('stackState', {}, (state) => setWatch({ state, failure: undefined }), {
        ended: (failure) => setWatch(({ state }) => ({ state, failure })),
      }),
    [client],
  )
  return watch
}
