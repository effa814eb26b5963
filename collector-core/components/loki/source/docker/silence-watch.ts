import type { DockerEngine } from '../../../../docker/engine.ts'
import type { Clock } from '../../../../runtime/clock.ts'
import type { LogSession } from './log-session.ts'
import { newestLine } from './newest-line.ts'

export interface SilenceOptions {
  readonly engine: DockerEngine
  readonly id: string
  readonly terminal: boolean
  readonly clock: Clock
  readonly session: LogSession
  /** The log has a line the stream did not bring, or the stream outlived its container. */
  readonly onStalled: () => void
}

const firstLookMs = 10_000
const longestPauseMs = 60_000
/** A line seen by the look but not yet by the stream may just be on its way. */
const graceMs = 3_000

/**
 * Engines have been seen to stop following a log when it is rotated, without ending the stream. A stream that brought
 * nothing for a while is therefore compared with the newest line of the log, more rarely the longer nothing comes.
 */
export async function watchSilence(options: SilenceOptions, stop: AbortSignal): Promise<void> {
  const { engine, id, terminal, clock, session } = options
  let pause = firstLookMs
  while (!stop.aborted) {
    const before = session.reads
    const silent = (): boolean => session.reads === before && !session.paused
    await clock.sleep(pause, stop)
    if (isAborted(stop)) return
    if (!silent()) {
      pause = firstLookMs
      continue
    }
    pause = Math.min(longestPauseMs, pause * 2)
    const newest = await newestLine(engine, id, terminal, stop)
    const state = newest === undefined ? undefined : await engine.inspect(id, stop)
    const behind = newest?.seconds !== session.lastLine?.seconds || newest?.nanos !== session.lastLine?.nanos
    const outlived = state?.kind === 'answer' && !state.value.running
    if (newest === undefined || (!behind && !outlived)) continue
    await clock.sleep(graceMs, stop)
    if (isAborted(stop)) return
    if (silent()) {
      options.onStalled()
      return
    }
  }
}

/** Asked again after waiting, which the compiler cannot see. */
const isAborted = (stop: AbortSignal): boolean => stop.aborted
