import { WeirError } from '../../collector-core/weir-error.ts'
import { notify } from './toast.tsx'
import { translation } from '../model/translation.ts'

/** Tells when something the user asked for was not done. */
export function attempt(work: Promise<unknown>, title: string): void {
  work.catch((error: unknown) => {
    const say = translation.get()
    const detail = error instanceof WeirError ? `${say(error.message)} ${say(error.nextStep)}` : String(error)
    notify({ tone: 'failed', title, detail })
  })
}
