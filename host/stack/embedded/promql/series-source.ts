import type { Labels } from '../../../../collector-core/signal/labels.ts'
import type { LabelMatcher } from '../../../../collector-core/signal/logql/log-selector.ts'
import { staleNaNBits } from '../../../../collector-core/signal/metric-batch.ts'

/** Samples of a series in order of time, staleness markers included; times in milliseconds since 1970. */
export interface SourceSeries {
  readonly labels: Labels
  readonly times: Float64Array
  readonly values: Float64Array
}

/** Where the evaluator finds samples. */
export interface SeriesSource {
  /** The series that satisfy every matcher, with their samples of `[from, to]`. */
  select(matchers: readonly LabelMatcher[], from: number, to: number): Promise<readonly SourceSeries[]>
}

/** Tells staleness markers from other values. */
export function staleTest(values: Float64Array): (index: number) => boolean {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
  return (index) => words[index * 2] === staleNaNBits.low && words[index * 2 + 1] === staleNaNBits.high
}

/** A series without its staleness markers. */
export function withoutStale(series: SourceSeries): SourceSeries {
  const stale = staleTest(series.values)
  const kept: number[] = []
  for (let i = 0; i < series.times.length; i++) if (!stale(i)) kept.push(i)
  if (kept.length === series.times.length) return series
  return {
    labels: series.labels,
    times: Float64Array.from(kept, (i) => series.times[i]),
    values: Float64Array.from(kept, (i) => series.values[i]),
  }
}
