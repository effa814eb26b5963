import type { CardState } from '../../contract/stack.ts'

/** So long a backend may say that it is not ready before that counts as trouble. */
const startingMs = 60_000
/** A start that has lasted so long was a good one; engines themselves count it like that. */
const soundMs = 10_000

/**
 * How a backend stands whose container runs. One the engine has restarted more than once is in a crash loop until it has lasted:
 * in between it may seem to start, or even to be ready.
 */
export function runningState(ready: boolean, restarts: number, uptimeMs: number): CardState {
  if (restarts > 1 && (!ready || uptimeMs < soundMs)) return 'failed'
  if (ready) return 'ready'
  return uptimeMs < startingMs ? 'starting' : 'unready'
}
