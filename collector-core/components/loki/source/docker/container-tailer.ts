import type { ContainerState, DockerEngine, EngineFailure } from '../../../../docker/engine.ts'
import type { Clock } from '../../../../runtime/clock.ts'
import type { Logger } from '../../../../runtime/logger.ts'
import type { Delivery } from '../../../../tail/delivery.ts'
import type { BlockPools } from './block-pools.ts'
import { ChannelProgress } from './channel-progress.ts'
import { LogSession } from './log-session.ts'
import type { Doubt, LineCounts } from './log-session.ts'
import { findLastLines } from './newest-line.ts'
import { clockWentBack, replayFrom } from './position.ts'
import type { ContainerPosition } from './position.ts'
import { watchSilence } from './silence-watch.ts'
import type { ContainerLabels } from './target-set.ts'

export interface TailerOptions {
  readonly id: string
  readonly host: string
  readonly engine: DockerEngine
  readonly clock: Clock
  readonly random: () => number
  readonly log: Logger
  readonly pools: BlockPools
  readonly delivery: Delivery<ContainerPosition>
  /** Where reading stopped last time. */
  readonly position: ContainerPosition | undefined
  readonly onCounts: (counts: LineCounts) => void
}

const pollMs = 5_000
const firstPauseMs = 500
const longestPauseMs = 5_000
/** Before a log that cannot be read is tried again. */
const unsupportedPauseMs = 60_000

/**
 * Follows one container through its stops and starts, and picks up where it left off after every interruption. Ends when
 * the container is gone, when `stop` aborts, or, after `release`, when a stopped container's log is read to its end.
 */
export class ContainerTailer {
  labels: ContainerLabels
  running = false
  lastError: EngineFailure | undefined
  private readonly options: TailerOptions
  private readonly progress: readonly [ChannelProgress, ChannelProgress]
  /** How far was read, accepted or not. */
  private position: ContainerPosition | undefined
  private session: LogSession | undefined
  private released = false
  private drained: string | undefined
  private doubt: Doubt | undefined
  private failures = 0
  private interrupt: (() => void) | undefined
  private wakeUp: (() => void) | undefined
  private wokenEarly = false

  constructor(options: TailerOptions, labels: ContainerLabels) {
    this.options = options
    this.labels = labels
    this.position = options.position
    const [stdout, stderr] = options.position?.channels ?? [null, null]
    this.progress = [new ChannelProgress(stdout), new ChannelProgress(stderr)]
  }

  async run(stop: AbortSignal): Promise<'gone' | 'finished'> {
    const { engine, id } = this.options
    while (!stop.aborted) {
      const state = await engine.inspect(id, stop)
      if (state.kind === 'failure') {
        if (state.code === 'not_found') return 'gone'
        await this.recover(state, stop)
        continue
      }
      const { running, incarnation } = state.value
      if (this.released && running) return 'finished'
      if (!running && this.drained === incarnation) {
        if (this.released) return 'finished'
        await this.wait(pollMs, stop)
        continue
      }
      const end = await this.readOnce(state.value, stop)
      if (end === 'ended' && !running) this.drained = incarnation
      else if (typeof end === 'object') await this.recover(end, stop)
    }
    return 'finished'
  }

  /** Something happened to the container: look at it now. */
  wake(): void {
    if (this.wakeUp) this.wakeUp()
    else this.wokenEarly = true
  }

  /** The container is wanted (again), with these labels; they hold from the next read on. */
  retain(labels: ContainerLabels): void {
    this.labels = labels
    this.released = false
  }

  /** The container is no longer wanted. If it stopped, the rest of its log is still read. */
  release(stop: AbortSignal): void {
    if (this.released) return
    this.released = true
    this.wake()
    void this.options.engine.inspect(this.options.id, stop).then((state) => {
      const stillRuns = state.kind === 'answer' && state.value.running
      if (this.released && (stillRuns || state.kind === 'failure')) this.interrupt?.()
    })
  }

  /** How far the log was read, as shown to people. */
  get offset(): string {
    const position = this.session?.position ?? this.position
    return position === undefined ? '' : `${position.seconds}.${String(position.nanos).padStart(9, '0')}`
  }

  /** One connection; `again` when it was interrupted on purpose. */
  private async readOnce(state: ContainerState, stop: AbortSignal): Promise<EngineFailure | 'ended' | 'again'> {
    const { engine, id, clock, delivery, pools, host, onCounts } = this.options
    const since = replayFrom(this.position, this.doubt?.seconds)
    if (!(await this.prepareReplay(since, state.terminal, stop))) return 'again'
    const over = new AbortController()
    const life = AbortSignal.any([stop, over.signal])
    const outcome: { unusable?: EngineFailure } = {}
    const session = new LogSession({
      host,
      terminal: state.terminal,
      progress: this.progress,
      labels: () => this.labels,
      delivery,
      pools,
      onCounts,
      onUnusable: (message) => {
        outcome.unusable = { kind: 'failure', code: 'rejected', message, nextStep: 'The log is opened again.' }
        over.abort('unusable')
      },
      onDoubt: (doubt) => {
        this.doubt = doubt
        this.interrupt?.()
      },
    })
    this.interrupt = () => {
      over.abort('interrupted')
    }
    this.session = session
    this.running = true
    const stalled = (): void => {
      this.options.log.info('the engine stopped following the log, it is opened again', { container: id.slice(0, 12) })
      this.interrupt?.()
    }
    const watching = watchSilence({ engine, id, terminal: state.terminal, clock, session, onStalled: stalled }, life)
    const reads = (bytes: Uint8Array): undefined | Promise<void> => {
      const wait = session.onBytes(bytes)
      if (session.lastLine) {
        this.failures = 0
        this.lastError = undefined
      }
      return wait
    }
    const end = await engine.logs(id, { since, follow: true }, reads, life)
    if (end.kind === 'answer' && !state.running) session.end()
    this.position = session.position ?? this.position
    this.session = undefined
    session.close()
    over.abort('over')
    this.running = false
    this.interrupt = undefined
    await watching
    if (over.signal.reason === 'interrupted' || stop.aborted) return 'again'
    if (outcome.unusable) return outcome.unusable
    if (end.kind === 'failure') return end
    this.lastError = undefined
    if (state.running && session.reads === 0) await this.wait(firstPauseMs, stop)
    return 'ended'
  }

  /** Makes the channels expect a repetition; false when that could not be found out and the loop should start over. */
  private async prepareReplay(since: number, terminal: boolean, stop: AbortSignal): Promise<boolean> {
    for (const channel of this.progress) channel.replay()
    const { engine, id } = this.options
    const { position, doubt } = this
    if (position === undefined || (!doubt && !position.channels.some(clockWentBack))) return true
    const found = await findLastLines(engine, id, terminal, position, since, stop)
    if (found === undefined) {
      await this.wait(firstPauseMs, stop)
      return false
    }
    for (const channel of [0, 1] as const) {
      if (doubt?.channel !== channel && !clockWentBack(position.channels[channel])) continue
      if (found[channel]) this.progress[channel].replay(true)
      else this.progress[channel].replayIsNew()
    }
    if (doubt) this.progress[doubt.channel].trust(doubt.seconds, doubt.nanos)
    this.doubt = undefined
    return true
  }

  private async recover(failure: EngineFailure, stop: AbortSignal): Promise<void> {
    if (failure.code === 'stopped' || failure.code === 'not_found') return
    const { log, id, random } = this.options
    if (this.lastError?.message !== failure.message) {
      const fields = { container: id.slice(0, 12), error: failure.message, next_step: failure.nextStep }
      log.warn('the log of a container cannot be read now', fields)
    }
    this.lastError = failure
    const backoff = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(this.failures++, 10))
    const pause = failure.code === 'unsupported' ? unsupportedPauseMs : backoff * (0.75 + random() / 4)
    await this.wait(pause, stop)
  }

  /** Waits until woken, or until the time is over. */
  private async wait(ms: number, stop: AbortSignal): Promise<void> {
    if (this.wokenEarly) {
      this.wokenEarly = false
      return
    }
    const wake = new AbortController()
    this.wakeUp = () => wake.abort()
    await this.options.clock.sleep(ms, AbortSignal.any([stop, wake.signal]))
    this.wakeUp = undefined
  }
}
