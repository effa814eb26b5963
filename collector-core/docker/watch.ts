import type { Clock } from '../runtime/clock.ts'
import type { ContainerEvent, DockerEngine, EngineFailure } from './engine.ts'

export interface WatchOptions {
  readonly engine: DockerEngine
  readonly clock: Clock
  readonly random: () => number
  /** Called when events may have been missed: at the start, after each reconnection and every `refreshMs`. */
  readonly onReconcile: () => void
  readonly onEvent: (event: ContainerEvent) => void
  /** The event stream is gone; it is opened again with growing pauses. */
  readonly onLost: (failure: EngineFailure) => void
  readonly refreshMs: number
}

const firstPauseMs = 250
const longestPauseMs = 5_000

/** Watches an engine until stopped: its events as they come, and a reconciliation wherever some may have been missed. */
export async function watchEngine(options: WatchOptions, stop: AbortSignal): Promise<void> {
  await Promise.all([watchEvents(options, stop), reconcilePeriodically(options, stop)])
}

async function watchEvents({ engine, clock, random, ...on }: WatchOptions, stop: AbortSignal): Promise<void> {
  let failures = 0
  while (!stop.aborted) {
    const failure = await engine.events(
      () => {
        failures = 0
        on.onReconcile()
      },
      on.onEvent,
      stop,
    )
    if (isAborted(stop)) return
    on.onLost(failure)
    const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures++, 10))
    await clock.sleep(pause * (0.75 + random() / 4), stop)
  }
}

async function reconcilePeriodically(
  { clock, refreshMs, onReconcile }: WatchOptions,
  stop: AbortSignal,
): Promise<void> {
  onReconcile()
  for (;;) {
    await clock.sleep(refreshMs, stop)
    if (stop.aborted) return
    onReconcile()
  }
}

/** Asked again after waiting, which the compiler cannot see. */
const isAborted = (stop: AbortSignal): boolean => stop.aborted
