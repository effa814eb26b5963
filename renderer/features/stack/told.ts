import { WeirError } from '../../../collector-core/weir-error.ts'
import { notify } from '../../ui/toast.tsx'

/** The answer to a question; one that failed is told as a notice and answers undefined. */
export async function told<T>(question: Promise<T>): Promise<T | undefined> {
  try {
    return await question
  } catch (error) {
    if (!(error instanceof WeirError)) throw error
    notify({ tone: 'failed', title: error.message, detail: error.nextStep })
    return undefined
  }
}
