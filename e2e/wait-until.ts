/** Asks again and again until the answer is neither undefined nor false; fails with `what` after `withinMs`. */
export async function waitUntil<T>(
  what: string | (() => string),
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 30_000,
  everyMs = 50,
): Promise<T> {
  const giveUpAt = Date.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (Date.now() > giveUpAt) {
      throw new Error(`not within ${withinMs / 1000} s: ${typeof what === 'string' ? what : what()}`)
    }
    await sleep(everyMs)
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
