// What every exposition format is read into: columns of samples, plus the few things that are not samples.
import type { Label, Labels } from '../../signal/labels.ts'
import type { MetricType } from '../../signal/metric-batch.ts'
import type { NativeHistogram } from '../../signal/native-histogram.ts'

/** The formats a target can answer in, by how they are parsed. */
export type ExpositionFormat = 'text' | 'openmetrics' | 'protobuf'

/** The metric family a series is listed under: what the last TYPE line (or the protobuf family) said. */
export interface MetricFamily {
  readonly name: string
  readonly type: MetricType
}

/** The family of series that come before any TYPE line. */
export const noFamily: MetricFamily = { name: '', type: 'unknown' }

/**
 * What the reader asks its user. `series` is called once for each distinct exposed series and makes what stands for it in
 * the columns; `labels` are in exposed order, may repeat names and may have empty values, and do not hold the name.
 * `metadata` is called when a family's line is new or has changed, and now and then when it only moved.
 */
export interface SeriesMaker<T> {
  series(name: string, labels: readonly Label[], family: MetricFamily): T
  metadata?(field: 'type' | 'help' | 'unit', family: string, text: string): void
}

/** An exemplar as exposed; `timestamp` in milliseconds since the epoch, undefined when the target gave none. */
export interface ExposedExemplar {
  readonly labels: Labels
  readonly value: number
  readonly timestamp: number | undefined
}

/** The exemplar of the sample at `index`. */
export interface SampleExemplar {
  readonly index: number
  readonly exemplar: ExposedExemplar
}

/** A native histogram as exposed; `before` is the number of samples that came before it. */
export interface ExposedHistogram<T> {
  readonly before: number
  readonly series: T
  readonly histogram: NativeHistogram
  readonly timestamp: number | undefined
  readonly exemplars: readonly ExposedExemplar[]
}

/**
 * One target's answer as columns: sample `i` is `series[i]`, `values[i]`, at `timestamps[i]` milliseconds (NaN: none
 * given; the whole column is undefined when no sample has one). `values` and `timestamps` may be longer than `count` and
 * are only valid until the reader reads again. When the same series come in the same order as last time, `series` is the
 * same array object.
 */
export interface Exposition<T> {
  readonly count: number
  readonly series: readonly T[]
  readonly values: Float64Array
  readonly timestamps: Float64Array | undefined
  readonly exemplars: readonly SampleExemplar[]
  readonly histograms: readonly ExposedHistogram<T>[]
}

/** Why an answer could not be read; `line` counts from 1 and is 0 where the format has no lines. */
export interface ExpositionError {
  readonly line: number
  /** The offending text, cut to 120 characters. */
  readonly text: string
  /** A plain sentence without the text. */
  readonly reason: string
}

/** The error as one sentence: what, on which line, and the text. */
export function describeExpositionError({ line, text, reason }: ExpositionError): string {
  const where = line > 0 ? ` on line ${line}` : ''
  return text === '' ? `${reason}${where}` : `${reason}${where}: ${JSON.stringify(text)}`
}

export type ExpositionResult<T> =
  { readonly ok: true; readonly exposition: Exposition<T> } | { readonly ok: false; readonly error: ExpositionError }

/** A reading in slices: each `next` works for a few milliseconds, the last one gives the result. */
export type ExpositionReading<T> = Generator<undefined, ExpositionResult<T>, undefined>

/** Does work that comes in slices, such as a reading, without pause. */
export function drained<T>(slices: Generator<undefined, T, undefined>): T {
  for (;;) {
    const step = slices.next()
    if (step.done === true) return step.value
  }
}
