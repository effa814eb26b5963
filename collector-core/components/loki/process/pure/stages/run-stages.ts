// Runs stages over plain entries, for tests and for trying a pipeline out.
import type { Fields, Variant } from '../../../../../schema/field.ts'
import { Labels } from '../../../../../signal/labels.ts'
import type { TemplateRuntime } from '../template/template-function.ts'
import { allStages } from './all-stages.ts'
import { Entry } from './entry.ts'
import { plainLineText } from './line-text.ts'
import { buildStages, checkStages } from './stage-list.ts'
import type { StageContext, StageMetrics } from './stage.ts'

/** An entry as plain data; `time` in nanoseconds since the epoch as decimal text. */
export interface PlainEntry {
  readonly line: string
  readonly labels?: Readonly<Record<string, string>>
  readonly time?: string
  readonly metadata?: Readonly<Record<string, string>>
}

/** What came out, with the extracted values at the end of the pipeline. */
export interface ProcessedEntry {
  readonly line: string
  readonly labels: Readonly<Record<string, string>>
  readonly time: string
  readonly metadata: Readonly<Record<string, string>>
  readonly extracted: Readonly<Record<string, unknown>>
}

/** A stage and those of its arguments that are not at their default. */
export type PlainStage = readonly [name: string, args?: Readonly<Record<string, unknown>>]

/** Completes written arguments with defaults, nested blocks included; maps may be written as objects. */
export function completeArguments(fields: Fields, written: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const args: Record<string, unknown> = {}
  for (const [name, { shape, default: fallback }] of Object.entries(fields)) {
    const value = written[name]
    if (shape.kind === 'variants') args[name] = completeStages(shape.of(), (value ?? []) as readonly PlainStage[])
    else if (shape.kind === 'blocks') {
      args[name] = ((value ?? []) as readonly Record<string, unknown>[]).map((block) =>
        completeArguments(shape.fields, block),
      )
    } else if (shape.kind === 'map' && value !== undefined) args[name] = new Map(Object.entries(value as object))
    else args[name] = value ?? fallback
  }
  return args
}

function completeStages(members: Readonly<Record<string, Fields>>, stages: readonly PlainStage[]): Variant[] {
  return stages.map(([variant, args = {}]) => ({ variant, arguments: completeArguments(members[variant], args) }))
}

/** The decoded form of a list of stages. */
export function stageVariants(stages: readonly PlainStage[]): Variant[] {
  return completeStages(
    Object.fromEntries(Object.entries(allStages).map(([name, { fields }]) => [name, fields])),
    stages,
  )
}

/** What the check says of a list of stages, as `path: message`. */
export function problemsOf(stages: readonly PlainStage[]): string[] {
  return checkStages(allStages, stageVariants(stages)).map(
    ({ path, message, severity }) => `${severity ?? 'error'} ${path.slice(2).join('.')}: ${message}`,
  )
}

/** A pipeline one can step: time stands still until it is told to move. */
export class StageRun {
  readonly out: ProcessedEntry[] = []
  readonly drops: Record<string, number> = {}
  readonly metrics = new Map<string, number>()
  held = 0
  nowMs = 1_700_000_000_000
  random = 0.5
  private steadyMs = 0
  private readonly push: (entry: Entry) => void
  private readonly stops: (() => void)[] = []
  private readonly scrapes: (() => void)[] = []
  private timers: { at: number; call: () => void }[] = []

  constructor(
    stages: readonly PlainStage[],
    templates: TemplateRuntime = { hash: (algorithm, text) => `${algorithm}:${text}` },
    openGeoDatabase: StageContext['openGeoDatabase'] = () => () => undefined,
  ) {
    const context: StageContext = {
      text: plainLineText,
      templates,
      openGeoDatabase,
      metrics: this.recordingMetrics(),
      random: () => this.random,
      now: () => this.nowMs,
      monotonic: () => this.steadyMs,
      after: (delayMs, call) => {
        const timer = { at: this.steadyMs + delayMs, call }
        this.timers.push(timer)
        return { cancel: () => void (this.timers = this.timers.filter((other) => other !== timer)) }
      },
      hold: (delayMs) => void (this.held = Math.max(this.held, delayMs)),
      drop: (count, reason) => void (this.drops[reason] = (this.drops[reason] ?? 0) + count),
      warn: () => undefined,
      onStop: (call) => void this.stops.unshift(call),
    }
    this.push = buildStages(allStages, stageVariants(stages), context, (entry) => this.out.push(processed(entry)))
  }

  /** Sends entries through, each on its own or as lines of one shared buffer. */
  send(...entries: readonly (PlainEntry | string)[]): this {
    for (const given of entries) {
      const {
        line,
        labels = {},
        time = `${this.nowMs}000000`,
        metadata,
      } = typeof given === 'string' ? { line: given } : given
      const entry = new Entry(plainLineText)
      const bytes = plainLineText.encode(`<${line}>`)
      const set = Labels.from(labels)
      const [seconds, nanos] = [Number(time.slice(0, -9)), Number(time.slice(-9))]
      entry.load(
        {
          length: 1,
          bytes,
          starts: Uint32Array.of(1),
          ends: Uint32Array.of(bytes.length - 1),
          seconds: Float64Array.of(seconds),
          nanos: Uint32Array.of(nanos),
          ...(metadata && { metadata: [Object.entries(metadata)] }),
        },
        bytes,
        0,
        set,
        set,
      )
      this.push(entry)
    }
    return this
  }

  advance(ms: number): this {
    this.steadyMs += ms
    this.nowMs += ms
    for (const timer of this.timers.filter(({ at }) => at <= this.steadyMs)) {
      this.timers = this.timers.filter((other) => other !== timer)
      timer.call()
    }
    return this
  }

  scrape(): this {
    for (const collect of this.scrapes) collect()
    return this
  }

  stop(): this {
    for (const call of this.stops) call()
    return this
  }

  get lines(): string[] {
    return this.out.map(({ line }) => line)
  }

  private recordingMetrics(): StageMetrics {
    const series = (name: string, names: readonly string[], values: readonly string[] = []): string =>
      names.length === 0 ? name : `${name}{${names.map((label, i) => `${label}=${values[i]}`).join(',')}}`
    const handle = (name: string, _help: string, names: readonly string[] = []) => ({
      add: (amount: number, values?: readonly string[]) => {
        const key = series(name, names, values)
        this.metrics.set(key, (this.metrics.get(key) ?? 0) + amount)
      },
      set: (value: number, values?: readonly string[]) => void this.metrics.set(series(name, names, values), value),
      remove: (values?: readonly string[]) => void this.metrics.delete(series(name, names, values)),
    })
    return {
      counter: handle,
      gauge: handle,
      histogram: (name, help, _buckets, names) => {
        const { add, remove } = handle(name, help, names)
        return { observe: add, remove }
      },
      beforeScrape: (collect) => void this.scrapes.push(collect),
    }
  }
}

function processed({ line, labels, seconds, nanos, metadata, extracted }: Entry): ProcessedEntry {
  return {
    line,
    labels: labels.toJSON(),
    time: `${seconds}${String(nanos).padStart(9, '0')}`,
    metadata: Object.fromEntries(metadata ?? []),
    extracted: Object.fromEntries(extracted.entries()),
  }
}

/** Runs entries through stages at once, the held ones included. */
export function runStages(stages: readonly PlainStage[], ...entries: readonly (PlainEntry | string)[]): StageRun {
  return new StageRun(stages).send(...entries).stop()
}
