import { setTimeout } from 'node:timers/promises'
import { WeirError } from '../../collector-core/weir-error.ts'

/** Sleeps; rejects with `cancelled` as soon as the signal says so. */
export async function sleepUnlessCancelled(ms: number, cancel: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal: cancel })
  } catch {
    throw new WeirError('cancelled', 'the order was cancelled', 'Nothing to do.')
  }
}
