// Keeps the collector running: starts it, gives it configs, starts it again when it dies with the config that ran, each
// time later, and stops it in order. Whether anybody watches makes no difference to it.
import type { ComponentInfo } from '../../collector-core/http-api/contract.ts'
import type { Pipeline, StatsFrame, TrialScrape } from '../../collector-core/protocol.ts'
import type { Clock, Timer } from '../../collector-core/runtime/clock.ts'
import { WeirError } from '../../collector-core/weir-error.ts'
import type { AppliedConfig, CollectorState, LogLine } from '../contract/collector-report.ts'
import { Broadcast } from '../session/broadcast.ts'
import type { EventSink } from '../session/handlers.ts'
import type { TapFrame } from '../contract/tap.ts'
import { ConfigToRun } from './config-to-run.ts'
import type { ConfigText } from './config-to-run.ts'
import type { LaunchCollector, LaunchedCollector } from './launch.ts'
import { newestLines } from './log-lines.ts'
import type { FromCollector, TapSelection } from './messages.ts'
import { Questions } from './questions.ts'

/** The state of the process; whether the demo runs is not its business. */
export type SupervisedState = Exclude<CollectorState, { kind: 'running' }> | Omit<Running, 'demo'>
type Running = CollectorState & { kind: 'running' }

export interface SupervisorOptions {
  readonly launch: LaunchCollector
  readonly clock: Clock
  /** `host:port` the collector's own page is wanted at; another free port where that is taken. */
  readonly address: string
  readonly storagePath: string
  /** What configs may read as `sys.env`, by name; asked before each config is run. */
  readonly secrets?: () => Promise<Readonly<Record<string, string>>>
}

const shortestPauseMs = 500
const longestPauseMs = 30_000
/** A collector that ran this long was well: the next failure is a new one. */
const longEnoughMs = 60_000
/** A collector has five seconds to stop; one that takes longer is ended. */
const stopWithinMs = 8_000

export class CollectorSupervisor {
  readonly states = new Broadcast<SupervisedState>()
  readonly logs = new Broadcast<readonly LogLine[]>()
  readonly frames = new Broadcast<Pipeline | StatsFrame>((watched) => this.process?.send({ kind: 'watch', watched }))
  private readonly options: SupervisorOptions
  private readonly questions = new Questions()
  private readonly config = new ConfigToRun()
  private readonly taps = new Map<number, { selection: TapSelection; sink: EventSink<TapFrame> }>()
  private process: LaunchedCollector | undefined
  private current: SupervisedState = { kind: 'stopped' }
  private lines: readonly LogLine[] = []
  private pipeline: Pipeline | undefined
  private address: string
  private opened = false
  private openedAt = 0
  private pauseMs = shortestPauseMs
  private restart: Timer | undefined
  private stopping: { readonly ended: Promise<void>; end: () => void } | undefined
  private waitingToOpen: { resolve: () => void; reject: (error: WeirError) => void }[] = []
  private lastTap = 0

  constructor(options: SupervisorOptions) {
    this.options = options
    this.address = options.address
  }

  get state(): SupervisedState {
    return this.current
  }

  /** The text that runs, or ran last. */
  get runningText(): string {
    return this.config.applied?.text ?? ''
  }

  get log(): readonly LogLine[] {
    return this.lines
  }

  /** The picture of what runs as told last, while frames are watched. */
  get picture(): Pipeline | undefined {
    return this.pipeline
  }

  /** Starts the collector on the text that ran last, or on the one given when none did; does nothing when it runs. */
  async start(offered?: ConfigText): Promise<void> {
    if (offered !== undefined) this.config.offer(offered)
    await this.stopping?.ended
    if (this.process === undefined) this.launch()
    else if (this.opened && this.current.kind === 'failed') this.applyFirst()
  }

  /** Runs a text in place of what runs; starts the collector for it when it is stopped. */
  async apply(file: string, text: string): Promise<AppliedConfig> {
    try {
      await this.stopping?.ended
      if (this.process === undefined) this.launch()
      await this.untilOpen()
      const result = await this.applyNow({ file, text })
      // A new collector that was to run this text at once still owes what ran before.
      if (result.kind === 'refused' && this.current.kind === 'failed' && this.config.applied) this.applyFirst()
      return result
    } catch (error) {
      if (!(error instanceof WeirError)) throw error
      return { kind: 'failed', message: error.message, nextStep: error.nextStep }
    }
  }

  /** Runs what runs once more, for secrets that have changed; does nothing while nothing does. */
  async applyAgain(): Promise<void> {
    const { applied } = this.config
    if (this.current.kind === 'running' && applied !== undefined) await this.applyNow(applied)
  }

  async component(id: string): Promise<ComponentInfo> {
    const answer = await this.askRunning({ kind: 'component', component: id })
    if (answer.kind === 'component' && answer.info !== undefined) return answer.info
    throw new WeirError(
      'no-such-component',
      `There is no component "${id}" that runs.`,
      'Apply the config that has it, then look again.',
    )
  }

  /** What a target of a component exposes now; throws a `WeirError` when it is none of its targets. */
  async scrapeOnce(component: string, url: string): Promise<TrialScrape> {
    const answer = await this.askRunning({ kind: 'scrape-once', component, url })
    if (answer.kind === 'scraped-once' && answer.found !== undefined) return answer.found
    throw new WeirError(
      'no-such-target',
      `"${component}" has no target ${url} any more.`,
      'Choose one of its targets as they are now.',
    )
  }

  /** Shows items of edges until the returned function is called; goes on over a restart of the collector. */
  tap(selection: TapSelection, sink: EventSink<TapFrame>): () => void {
    const id = ++this.lastTap
    this.taps.set(id, { selection, sink })
    if (this.opened) this.process?.send({ kind: 'tap', id, selection })
    return () => {
      if (this.taps.delete(id)) this.process?.send({ kind: 'untap', id })
    }
  }

  /** Stops the collector; what it queued is on disk and goes on at the next start. */
  async stop(): Promise<void> {
    this.restart?.cancel()
    this.restart = undefined
    const { process } = this
    if (process === undefined) {
      this.become({ kind: 'stopped' })
      return
    }
    if (this.stopping === undefined) {
      let end = (): void => undefined
      const ended = new Promise<void>((resolve) => (end = resolve))
      const late = this.options.clock.after(stopWithinMs, () => process.kill())
      this.stopping = {
        ended,
        end() {
          late.cancel()
          end()
        },
      }
      process.send({ kind: 'stop' })
    }
    await this.stopping.ended
  }

  private become(state: SupervisedState): void {
    this.current = state
    this.states.send(state)
  }

  private launch(): void {
    this.restart?.cancel()
    this.restart = undefined
    this.become({ kind: 'starting' })
    let failure: string | undefined
    const args = [
      'collector',
      `--server.http.listen-addr=${this.address}`,
      `--storage.path=${this.options.storagePath}`,
    ]
    const process = this.options.launch(args, {
      message: (message) => {
        if (message.kind === 'cannot-open') failure = `${message.failure.message}\n${message.failure.nextStep}`
        else this.hear(message)
      },
      exited: (words) => this.exited(failure, words),
    })
    this.process = process
  }

  private hear(message: Exclude<FromCollector, { kind: 'cannot-open' }>): void {
    switch (message.kind) {
      case 'open':
        this.open(message.address)
        return
      case 'frame':
        if (message.frame.kind === 'pipeline') this.pipeline = message.frame
        this.frames.send(message.frame)
        return
      case 'log':
        this.lines = newestLines(this.lines, message.lines)
        this.logs.send(message.lines)
        return
      case 'tapped':
        this.taps.get(message.id)?.sink.send(message.frame)
        return
      default:
        this.questions.answer(message)
    }
  }

  private open(address: string): void {
    this.address = address
    this.opened = true
    this.openedAt = this.options.clock.monotonic()
    if (this.frames.watched) this.process?.send({ kind: 'watch', watched: true })
    for (const [id, { selection }] of this.taps) this.process?.send({ kind: 'tap', id, selection })
    // Who waits to apply a text goes first: the one that ran may be what the collector died of.
    if (this.waitingToOpen.length === 0) this.applyFirst()
    for (const { resolve } of this.waitingToOpen) resolve()
    this.waitingToOpen = []
  }

  private applyFirst(): void {
    const config = this.config.toStartWith
    if (config !== undefined) void this.applyNow(config).catch(() => undefined)
    else this.become({ kind: 'running', address: this.address, since: this.options.clock.now() })
  }

  private untilOpen(): Promise<void> {
    if (this.opened) return Promise.resolve()
    return new Promise((resolve, reject) => this.waitingToOpen.push({ resolve, reject }))
  }

  private async applyNow(config: ConfigText): Promise<AppliedConfig> {
    const secrets = (await this.options.secrets?.()) ?? {}
    const answer = await this.ask({ kind: 'apply', ...config, secrets })
    if (answer.kind !== 'applied') throw new Error('the collector answered something else')
    const { applied, diagnostics, text } = answer
    if (applied) {
      this.config.ran(config)
      if (this.current.kind !== 'running') {
        this.become({ kind: 'running', address: this.address, since: this.options.clock.now() })
      }
    } else if (this.current.kind === 'starting') this.become({ kind: 'failed', words: text.trim() })
    return { kind: applied ? 'applied' : 'refused', diagnostics }
  }

  private askRunning(question: Parameters<Questions['ask']>[0]): ReturnType<Questions['ask']> {
    if (this.opened) return this.ask(question)
    throw new WeirError('no-such-component', 'The collector does not run.', 'Start it, then look again.')
  }

  private ask(question: Parameters<Questions['ask']>[0]): ReturnType<Questions['ask']> {
    return this.questions.ask(question, (message) => this.process?.send(message))
  }

  private exited(failure: string | undefined, words: string): void {
    const ranMs = this.opened ? this.options.clock.monotonic() - this.openedAt : 0
    this.process = undefined
    this.opened = false
    this.pipeline = undefined
    const { stopping } = this
    this.stopping = undefined
    const gone = new WeirError(
      'collector-gone',
      stopping ? 'The collector was stopped meanwhile.' : `The collector ended unexpectedly. ${failure ?? words}`,
      'Try again once it runs; its log may say more.',
    )
    this.questions.fail(gone)
    for (const { reject } of this.waitingToOpen) reject(gone)
    this.waitingToOpen = []
    if (stopping !== undefined) this.become({ kind: 'stopped' })
    else if (failure !== undefined) this.become({ kind: 'failed', words: failure })
    else this.restartLater(ranMs, words)
    stopping?.end()
  }

  private restartLater(ranMs: number, words: string): void {
    if (ranMs >= longEnoughMs) this.pauseMs = shortestPauseMs
    const afterMs = this.pauseMs
    this.pauseMs = Math.min(this.pauseMs * 2, longestPauseMs)
    this.restart = this.options.clock.after(afterMs, () => this.launch())
    this.become({ kind: 'restarting', afterMs, words })
  }
}
