// Sends batches through stages. A batch is processed at once and handed on before its `accept` settles; when a stage holds
// lines back, that batch and all behind it wait.
import type { Clock } from '../../../runtime/clock.ts'
import type { Logger } from '../../../runtime/logger.ts'
import type { Variant } from '../../../schema/field.ts'
import { mergeAcceptances } from '../../../signal/fan-out.ts'
import { logItems } from '../../../signal/log-batch.ts'
import type { LogBatch, LogStream } from '../../../signal/log-batch.ts'
import { accepted } from '../../../signal/receiver.ts'
import type { Acceptance, Receiver } from '../../../signal/receiver.ts'
import type { MetricScope } from '../../../telemetry/metric-scope.ts'
import { openGeoDatabase } from './geo-database.ts'
import { LineOutput } from './line-output.ts'
import { bufferOf, nodeLineText, nodeTemplateRuntime } from './node-line-text.ts'
import { allStages } from './pure/stages/all-stages.ts'
import { Entry } from './pure/stages/entry.ts'
import { memoLabels } from './pure/stages/label-memo.ts'
import type { LabelEdit } from './pure/stages/label-memo.ts'
import { anyRemembers, buildStages } from './pure/stages/stage-list.ts'
import type { Next, StageContext } from './pure/stages/stage.ts'

/** What a pipeline needs from its component. */
export interface PipelineWorld {
  readonly clock: Clock
  readonly random: () => number
  readonly log: Logger
  readonly metrics: MetricScope
  /** Counts entries given up on purpose. */
  readonly drop: (count: number, reason: string) => void
  /** Where lines go now. */
  readonly forward: () => Receiver<'logs'>
}

/** Waits shorter than this are gathered, so that a fast limit does not mean a batch per line. */
const shortestHoldMs = 20
const retryMs = 1000

interface Waiting {
  readonly batch: LogBatch
  readonly settle: (acceptance: Promise<Acceptance>) => void
}

/** Where processing a batch has got to. */
interface Cursor {
  stream: number
  line: number
}

export class Pipeline {
  private readonly world: PipelineWorld
  private readonly output = new LineOutput()
  private readonly entry = new Entry(nodeLineText)
  /** The leading stages that look at labels alone; they run once per stream. */
  private readonly edits: readonly LabelEdit[]
  /** The other stages; undefined when there are none. */
  private readonly head: Next | undefined
  private readonly remembers: boolean
  private readonly stops: (() => void)[] = []
  private readonly collectors: (() => void)[] = []
  private readonly drops = new Map<string, number>()
  private readonly stopping = new AbortController()
  /** Settles when what holds batches back is over. */
  private turn: Promise<void> | undefined
  private readonly waiting: Waiting[] = []
  private holdUntil = 0
  private now = 0
  private steady = 0

  /** `after` holds everything back until it settles. */
  constructor(stages: readonly Variant[], world: PipelineWorld, after?: Promise<void>) {
    this.world = world
    this.tick()
    const leading = stages.findIndex(
      ({ variant, arguments: args }) => allStages[variant].labelEdit?.(args as never) === undefined,
    )
    const rest = leading < 0 ? [] : stages.slice(leading)
    this.edits = stages
      .slice(0, stages.length - rest.length)
      .map(({ variant, arguments: args }) => memoLabels(allStages[variant].labelEdit!(args as never)!))
    this.remembers = anyRemembers(allStages, rest)
    this.head =
      rest.length === 0
        ? undefined
        : buildStages(allStages, rest, this.stageContext(), (entry) => this.output.add(entry))
    if (after !== undefined) void this.takeTurn(() => after)
  }

  accept(batch: LogBatch): Promise<Acceptance> {
    if (this.turn === undefined) return this.process(batch)
    return new Promise((resolve) => this.waiting.push({ batch, settle: resolve }))
  }

  /** Hands on what stages hold, without waiting for limits any more. Nothing may be accepted afterwards. */
  async stop(): Promise<void> {
    this.stopping.abort()
    while (this.turn !== undefined) await this.turn
    for (const call of this.stops) call()
    await this.passOn()
  }

  /** Lets stages tidy up before metrics are read. */
  collect(): void {
    this.tick()
    for (const collect of this.collectors) collect()
  }

  private process(batch: LogBatch): Promise<Acceptance> {
    if (this.head === undefined)
      return this.deliver({ streams: batch.streams.map((stream) => this.relabelled(stream)) })
    const cursor = { stream: 0, line: 0 }
    const done = this.advance(batch, cursor, this.head)
    if (done && this.holdUntil <= this.steady) return this.handOver()
    return new Promise((resolve, reject) => {
      this.takeTurn(async () => resolve(await this.processSlowly(batch, cursor, this.head!))).catch(reject)
    })
  }

  private relabelled(stream: LogStream): LogStream {
    const labels = this.editLabels(stream.labels)
    return labels === stream.labels ? stream : { labels, lines: stream.lines }
  }

  private editLabels(labels: LogStream['labels']): LogStream['labels'] {
    let edited = labels
    for (const edit of this.edits) edited = edit(edited)
    return edited
  }

  /** Sends lines through the stages until the batch ends (true) or a stage asks for a wait (false). */
  private advance(batch: LogBatch, cursor: Cursor, head: Next): boolean {
    this.tick()
    const { streams } = batch
    const { entry } = this
    for (; cursor.stream < streams.length; cursor.stream++, cursor.line = 0) {
      const { labels: base, lines } = streams[cursor.stream]
      const labels = this.editLabels(base)
      const bytes = bufferOf(lines.bytes, endOf(lines))
      for (; cursor.line < lines.length; cursor.line++) {
        entry.load(lines, bytes, cursor.line, labels, base)
        head(entry)
        if (this.holdUntil > this.steady + shortestHoldMs) {
          cursor.line++
          return false
        }
      }
    }
    return true
  }

  private async processSlowly(batch: LogBatch, cursor: Cursor, head: Next): Promise<Acceptance> {
    const { clock } = this.world
    const answers: Promise<Acceptance>[] = []
    for (let done = false; ; done = this.advance(batch, cursor, head)) {
      await clock.sleep(Math.max(this.holdUntil - clock.monotonic(), 0), this.stopping.signal)
      this.holdUntil = 0
      answers.push(this.handOver())
      if (done) return mergeAcceptances(await Promise.all(answers))
    }
  }

  /** Holds all other batches back while `work` is under way; those that came meanwhile follow in order. */
  private async takeTurn(work: () => Promise<void>): Promise<void> {
    const before = this.turn
    const outcome = (async () => {
      await before
      await work()
    })()
    const turn = outcome.catch(() => undefined)
    this.turn = turn
    await turn
    if (this.turn === turn) this.endTurn()
    await outcome
  }

  private endTurn(): void {
    this.turn = undefined
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      next.settle(this.process(next.batch))
      if (this.isHeld()) return
    }
    // A timer may have passed lines on meanwhile.
    void this.passOn()
  }

  private isHeld(): boolean {
    return this.turn !== undefined
  }

  private handOver(): Promise<Acceptance> {
    const batch = this.takeOutput()
    return batch === undefined ? Promise.resolve(accepted) : this.deliver(batch)
  }

  /** Hands on lines whose senders have their answer already, so that a refusal can only be counted. */
  private async passOn(): Promise<void> {
    const batch = this.takeOutput()
    if (batch === undefined) return
    const answer = await this.deliver(batch)
    if (answer.kind === 'accepted') return
    const lines = logItems(batch)
    this.world.drop(lines, 'rejected')
    this.world.log.error('lines a stage held back were not taken, they are dropped', { lines, reason: answer.reason })
  }

  private takeOutput(): LogBatch | undefined {
    for (const [reason, count] of this.drops) this.world.drop(count, reason)
    this.drops.clear()
    return this.output.take()
  }

  private async deliver(batch: LogBatch): Promise<Acceptance> {
    const answer = await this.world.forward().accept(batch)
    if (answer.kind === 'accepted' || !answer.retryable || !this.remembers) return answer
    return this.deliverAgain(batch, answer)
  }

  /** A repeat from upstream would go through the stages twice, so the pipeline itself repeats the hand-over. */
  private async deliverAgain(batch: LogBatch, refusal: Acceptance): Promise<Acceptance> {
    let answer = refusal
    await this.takeTurn(async () => {
      while (answer.kind === 'refused' && answer.retryable && !this.stopping.signal.aborted) {
        this.world.log.warn('what comes after this component does not take lines, trying again', {
          reason: answer.reason,
        })
        await this.world.clock.sleep(answer.retryAfterMs ?? retryMs, this.stopping.signal)
        answer = await this.world.forward().accept(batch)
      }
    })
    return answer
  }

  private tick(): void {
    this.now = this.world.clock.now()
    this.steady = this.world.clock.monotonic()
  }

  private stageContext(): StageContext {
    const { clock, metrics, random, log } = this.world
    return {
      text: nodeLineText,
      templates: nodeTemplateRuntime,
      openGeoDatabase,
      metrics: { ...metrics, beforeScrape: (collect) => void this.collectors.push(collect) },
      random,
      now: () => this.now,
      monotonic: () => this.steady,
      after: (delayMs, call) =>
        clock.after(delayMs, () => {
          this.tick()
          call()
          if (this.turn === undefined) void this.passOn()
        }),
      hold: (delayMs) => void (this.holdUntil = Math.max(this.holdUntil, this.steady + delayMs)),
      drop: (count, reason) => void this.drops.set(reason, (this.drops.get(reason) ?? 0) + count),
      warn: (message, fields) => log.warn(message, fields),
      onStop: (call) => void this.stops.unshift(call),
    }
  }
}

/** Where the last line of a stream ends in its buffer. */
function endOf({ ends, length }: LogStream['lines']): number {
  let end = 0
  for (let i = 0; i < length; i++) if (ends[i] > end) end = ends[i]
  return end
}
