import { useState } from 'react'
import { WeirError } from '../../../collector-core/weir-error.ts'
import type { StackAnswer } from '../../../host/contract/stack.ts'
import { notify } from '../../ui/toast.tsx'

/** Gives an order and tells how it ended; true when it was carried out. */
export type Order = (give: () => Promise<StackAnswer>) => Promise<boolean>

/** Orders to the stack, with what became of them as notices; `busy` while one is under way. */
export function useOrders(): { readonly order: Order; readonly busy: boolean } {
  const [underWay, setUnderWay] = useState(0)
  const order: Order = async (give) => {
    setUnderWay((count) => count + 1)
    try {
      const answer = await give()
      if (answer.kind === 'done') notify({ tone: 'done', title: answer.words })
      if (answer.kind === 'failed') {
        notify({ tone: 'failed', title: answer.problem.message, detail: answer.problem.nextStep })
      }
      return answer.kind === 'done'
    } catch (error) {
      if (!(error instanceof WeirError)) throw error
      notify({ tone: 'failed', title: error.message, detail: error.nextStep })
      return false
    } finally {
      setUnderWay((count) => count - 1)
    }
  }
  return { order, busy: underWay > 0 }
}
