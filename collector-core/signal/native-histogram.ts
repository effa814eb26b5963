/** `length` consecutive buckets after a gap of `offset` empty ones (the first span's offset is the first bucket index). */
export interface BucketSpan {
  readonly offset: number
  readonly length: number
}

/**
 * A native histogram as in Prometheus' data model. With `float` false, bucket numbers are deltas between neighbours
 * (the first one absolute) and counts are whole; with `float` true, they are absolute. `schema` -53 means custom buckets
 * whose upper bounds are `customValues`.
 */
export interface NativeHistogram {
  readonly float: boolean
  readonly schema: number
  readonly zeroThreshold: number
  readonly zeroCount: number
  readonly count: number
  readonly sum: number
  readonly positiveSpans: readonly BucketSpan[]
  readonly positiveBuckets: readonly number[]
  readonly negativeSpans: readonly BucketSpan[]
  readonly negativeBuckets: readonly number[]
  readonly customValues: readonly number[]
  readonly resetHint: 'unknown' | 'yes' | 'no' | 'gauge'
  /** True for a staleness marker; `sum` is then meaningless. */
  readonly stale: boolean
}

/** The schema number of histograms with custom buckets. */
export const customBucketsSchema = -53
