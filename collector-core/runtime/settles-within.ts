import type { Clock } from './clock.ts'

/** True once `work` has settled, however; false when it has not after `ms`, or when `hurry` aborts first. */
export async function settlesWithin(
  clock: Clock,
  work: Promise<unknown>,
  ms: number,
  hurry?: AbortSignal,
): Promise<boolean> {
  const ended = new AbortController()
  const settled = work.then(
    () => true,
    () => true,
  )
  const late = clock.sleep(ms, hurry ? AbortSignal.any([hurry, ended.signal]) : ended.signal).then(() => false)
  const inTime = await Promise.race([settled, late])
  ended.abort()
  return inTime
}
