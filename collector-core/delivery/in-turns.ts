import { setImmediate } from 'node:timers/promises'

/** Work on end, ms; then others get their turn. */
const turnMs = 10

/** Does work that comes in steps without keeping others waiting. `monotonic` is a clock in ms. */
export async function inTurns<T>(steps: Generator<undefined, T, undefined>, monotonic: () => number): Promise<T> {
  for (;;) {
    const until = monotonic() + turnMs
    do {
      const step = steps.next()
      if (step.done === true) return step.value
    } while (monotonic() < until)
    await setImmediate()
  }
}
