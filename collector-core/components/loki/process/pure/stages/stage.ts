// What a processing stage is. Stages are synchronous: each is a function that gets an entry and calls the next one for
// every entry it lets through, so dropping is not calling and splitting is calling often.
import type { ArgumentProblem } from '../../../../../schema/definition.ts'
import type { ArgumentsOf, Fields } from '../../../../../schema/field.ts'
import type { Json } from '../jmespath/json-value.ts'
import type { Entry } from './entry.ts'
import type { LabelEdit } from './label-memo.ts'
import { memoLabels } from './label-memo.ts'
import type { LineText } from './line-text.ts'
import type { TemplateRuntime } from '../template/template-function.ts'

/** Takes an entry; it may be changed in place and is not kept. */
export type Next = (entry: Entry) => void

interface Observer {
  observe(value: number, labels?: readonly string[]): void
  remove(labels?: readonly string[]): void
}

interface Adder {
  add(amount: number, labels?: readonly string[]): void
  remove(labels?: readonly string[]): void
}

/** Registers metrics of stages, as a component's metric scope does. */
export interface StageMetrics {
  counter(name: string, help: string, labelNames?: readonly string[]): Adder
  gauge(
    name: string,
    help: string,
    labelNames?: readonly string[],
  ): Adder & { set(value: number, labels?: readonly string[]): void }
  histogram(name: string, help: string, buckets: readonly number[], labelNames?: readonly string[]): Observer
  beforeScrape(collect: () => void): void
}

/** What a database knows of an address; undefined where it is no address or not known. */
export type GeoDatabase = (address: string) => Json | undefined

/** Everything a stage may use from outside itself. */
export interface StageContext {
  readonly text: LineText
  readonly templates: TemplateRuntime
  readonly metrics: StageMetrics
  readonly random: () => number
  /** Throws when the file is no GeoIP database that can be read. */
  readonly openGeoDatabase: (path: string) => GeoDatabase
  /** Wall time, milliseconds since the epoch. */
  now(): number
  /** Milliseconds since some fixed moment; never goes back. */
  monotonic(): number
  /** Calls later; what the call hands to the next stage is sent on. */
  after(delayMs: number, call: () => void): { cancel(): void }
  /** Holds everything processed up to now, and all that follows, back for that long. */
  hold(delayMs: number): void
  /** Counts entries given up on purpose. */
  drop(count: number, reason: string): void
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void
  /** Registers what to do when the pipeline ends: hand on what is held. Stages end in pipeline order. */
  onStop(call: () => void): void
}

/** One kind of stage: its arguments, what can be wrong with them, and how to build one. */
export interface StageType<F extends Fields = Fields> {
  readonly fields: F
  /** Set where sending the same entry through twice is not the same as once. */
  readonly remembers?: true
  /** Paths start at the stage's own arguments. Never throws. */
  check?(args: ArgumentsOf<F>): readonly ArgumentProblem[]
  /** The stage as a change of labels alone, where it is one: it then runs once per stream. */
  labelEdit?(args: ArgumentsOf<F>): LabelEdit | undefined
  build(args: ArgumentsOf<F>, context: StageContext, next: Next): Next
}

/** Declares a stage that looks at nothing but labels. */
export function defineLabelStage<const F extends Fields>(stage: {
  readonly fields: F
  check?(args: ArgumentsOf<F>): readonly ArgumentProblem[]
  labelEdit(args: ArgumentsOf<F>): LabelEdit
}): StageType<F> {
  return {
    ...stage,
    build(args, _, next) {
      const edit = memoLabels(stage.labelEdit(args))
      return (entry) => {
        entry.labels = edit(entry.labels)
        next(entry)
      }
    },
  }
}

/** Declares a stage; the argument types follow from its fields. */
export function defineStage<const F extends Fields>(stage: StageType<F>): StageType<F> {
  return stage
}

/** A problem with one argument. */
export function problem(path: string | readonly (string | number)[], message: string): ArgumentProblem {
  return { path: typeof path === 'string' ? [path] : path, message }
}
