import { setImmediate } from 'node:timers/promises'

/** Works with a pause for everybody else after each slice; undefined when stopped. */
export async function inSlices<T>(
  slices: Generator<undefined, T, undefined>,
  stop: AbortSignal,
): Promise<T | undefined> {
  for (;;) {
    const step = slices.next()
    if (step.done === true) return step.value
    await setImmediate()
    if (stop.aborted) return undefined
  }
}
