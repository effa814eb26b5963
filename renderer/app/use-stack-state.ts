import { useEffect, useState } from 'react'
import type { StackState } from '../../host/contract/stack.ts'
import { useWorkbench } from '../model/workbench-context.ts'

/** The local stack as the host tells it, while a view that shows it is open; undefined until it has. */
export function useStackState(): StackState | undefined {
  const { client } = useWorkbench()
  const [state, setState] = useState<StackState>()
  useEffect(() => client.subscribe('stackState', {}, setState), [client])
  return state
}
