import { WeirError } from '../../../collector-core/weir-error.ts'
import { notify } from '../../ui/toast.tsx'

/** Tells when something the user asked for was not done. */
export function attempt(work: Promise<unknown>, title: string): void {
  work.catch((error: unknown) => {
    const detail = error instanceof WeirError ? `${error.message} ${error.nextStep}` : String(error)
    notify({ tone: 'failed', title, detail })
  })
}
