import { useState } from 'react'
import type { StackAnswer } from '../../../host/contract/stack.ts'
import { notify } from '../../ui/toast.tsx'
import { told } from './told.ts'

/** Gives an order and tells how it ended; true when it was carried out. */
export type Order = (give: () => Promise<StackAnswer>) => Promise<boolean>

/** Orders to the stack, with what became of them as notices; `busy` while one is under way. */
export function useOrders(): { readonly order: Order; readonly busy: boolean } {
  const [underWay, setUnderWay] = useState(0)
  const order: Order = async (give) => {
    setUnderWay((count) => count + 1)
    try {
      const answer = await told(give())
      if (answer?.kind === 'done') notify({ tone: 'done', title: answer.words })
      if (answer?.kind === 'failed') {
        notify({ tone: 'failed', title: answer.problem.message, detail: answer.problem.nextStep })
      }
      return answer?.kind === 'done'
    } finally {
      setUnderWay((count) => count - 1)
    }
  }
  return { order, busy: underWay > 0 }
}
