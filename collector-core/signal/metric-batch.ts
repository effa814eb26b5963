import type { Labels } from './labels.ts'
import type { NativeHistogram } from './native-histogram.ts'

/**
 * The series of a batch, in sample order. A producer that emits the same series again (a scrape in steady state) emits
 * the *same array object*, so consumers may remember per list what they computed per series (a relabelled list, an
 * encoded request to patch) in a `WeakMap`. Never mutated once it has been in a batch.
 */
export type SeriesList = readonly Labels[]

/** One native histogram observation of one series. */
export interface HistogramSample {
  readonly series: Labels
  readonly timestamp: number
  readonly histogram: NativeHistogram
}

/** One exemplar of one series; `timestamp` in milliseconds since the epoch. */
export interface ExemplarSample {
  readonly series: Labels
  readonly labels: Labels
  readonly value: number
  readonly timestamp: number
}

export type MetricType =
  'unknown' | 'counter' | 'gauge' | 'histogram' | 'gaugehistogram' | 'summary' | 'info' | 'stateset'

/** What a target says of a metric family. */
export interface MetricMetadata {
  readonly family: string
  readonly type: MetricType
  readonly help: string
  readonly unit: string
}

/**
 * A columnar batch of Prometheus samples. Sample `i` is `series[i]`, `values[i]` at `timestamps[i]` (or at the one
 * `timestamps` of the batch), milliseconds since the epoch. Samples from index `staleFrom` on are staleness markers:
 * their value is meaningless, an encoder writes the bits 0x7ff0000000000002.
 *
 * A batch, its arrays included, is only valid until the `accept` it was handed to settles: a receiver that keeps
 * anything copies it.
 */
export interface MetricBatch {
  readonly series: SeriesList
  readonly values: Float64Array
  readonly timestamps: number | Float64Array
  readonly staleFrom: number
  readonly histograms: readonly HistogramSample[]
  readonly exemplars: readonly ExemplarSample[]
  readonly metadata: readonly MetricMetadata[]
}

/** The two 32-bit halves of Prometheus' staleness marker NaN, high word first. */
export const staleNaNBits = { high: 0x7ff00000, low: 0x00000002 } as const

/** Timestamp of sample `index` in milliseconds since the epoch. */
export function timestampAt(batch: MetricBatch, index: number): number {
  return typeof batch.timestamps === 'number' ? batch.timestamps : batch.timestamps[index]
}

/** Everything countable in a batch: samples, staleness markers, histograms and exemplars. */
export function metricItems(batch: MetricBatch): number {
  return batch.series.length + batch.histograms.length + batch.exemplars.length
}

/** A batch from its samples alone, for the common case; `overrides` adds the rest. */
export function metricBatch(
  series: SeriesList,
  values: Float64Array,
  timestamps: number | Float64Array,
  overrides: Partial<MetricBatch> = {},
): MetricBatch {
  return {
    series,
    values,
    timestamps,
    staleFrom: series.length,
    histograms: [],
    exemplars: [],
    metadata: [],
    ...overrides,
  }
}
