import { accepted, refused } from './receiver.ts'
import type { Acceptance, Receiver, Refused, Signal, SignalBatches } from './receiver.ts'

/**
 * One receiver in front of several: all are called at once, in order; the answer waits for all of them. It is refused
 * when any refused, retryable when any of those was, after the longest wait any asked for.
 */
export function fanOut<S extends Signal>(signal: S, receivers: readonly Receiver<S>[]): Receiver<S> {
  if (receivers.length === 1) return receivers[0]
  return {
    signal,
    async accept(batch: SignalBatches[S]): Promise<Acceptance> {
      if (receivers.length === 0) return accepted
      return mergeAcceptances(await Promise.all(receivers.map((receiver) => receiver.accept(batch))))
    },
  }
}

/** The one answer that stands for several. */
export function mergeAcceptances(acceptances: readonly Acceptance[]): Acceptance {
  const refusals = acceptances.filter((acceptance): acceptance is Refused => acceptance.kind === 'refused')
  if (refusals.length === 0) return accepted
  const waits = refusals.flatMap(({ retryAfterMs }) => (retryAfterMs === undefined ? [] : [retryAfterMs]))
  return refused(
    [...new Set(refusals.map(({ reason }) => reason))].join('; '),
    refusals.some(({ retryable }) => retryable),
    waits.length > 0 ? Math.max(...waits) : undefined,
  )
}
