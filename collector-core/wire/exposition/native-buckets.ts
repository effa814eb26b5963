// The bucket layout of native histograms: checking it, leaving out empty buckets, merging neighbours.
import { customBucketsSchema } from '../../signal/native-histogram.ts'
import type { BucketSpan, NativeHistogram } from '../../signal/native-histogram.ts'

export const lowestSchema = -4
export const highestSchema = 8

/** One side of a histogram as absolute counts at bucket indexes, ascending. */
interface Buckets {
  readonly indexes: number[]
  readonly counts: number[]
}

/** Buckets in use on both sides. */
export function bucketCount(histogram: NativeHistogram): number {
  return histogram.positiveBuckets.length + histogram.negativeBuckets.length
}

/** What is inconsistent about a histogram, in words that follow its name; undefined when nothing is. */
export function nativeHistogramProblem(histogram: NativeHistogram): string | undefined {
  const { schema, count, sum, zeroCount, float } = histogram
  if (schema !== customBucketsSchema && (schema < lowestSchema || schema > 52))
    return `has the unknown schema ${schema}`
  let total = zeroCount
  for (const [side, spans, values] of [
    ['positive', histogram.positiveSpans, histogram.positiveBuckets],
    ['negative', histogram.negativeSpans, histogram.negativeBuckets],
  ] as const) {
    if (spans.reduce((sum, span) => sum + span.length, 0) !== values.length) {
      return `has ${values.length} ${side} buckets, but its spans describe another number`
    }
    if (spans.some((span, i) => i > 0 && span.offset < 0)) return `has ${side} spans that overlap`
    let current = 0
    for (const value of values) {
      current = float ? value : current + value
      if (!(current >= 0)) return `has a ${side} bucket with a count below zero`
      total += current
    }
  }
  if (!(histogram.zeroThreshold >= 0) || !(zeroCount >= 0) || !(count >= 0))
    return 'has a count or threshold below zero'
  const tolerance = float ? count * 1e-6 : 0
  if (total > count + tolerance || (!float && !Number.isNaN(sum) && total !== count)) {
    return `counts ${count} observations, but its buckets hold ${total}`
  }
  return undefined
}

/** The same histogram without empty buckets. It must be consistent. */
export function compactHistogram(histogram: NativeHistogram): NativeHistogram {
  return withBuckets(histogram, (buckets) => buckets)
}

/** The same histogram at the next coarser schema: neighbouring buckets become one. It must be exponential and consistent. */
export function halveResolution(histogram: NativeHistogram): NativeHistogram {
  const halved = withBuckets(histogram, (buckets) => {
    const merged: Buckets = { indexes: [], counts: [] }
    buckets.indexes.forEach((index, i) => {
      const target = Math.ceil(index / 2)
      const last = merged.indexes.length - 1
      if (last >= 0 && merged.indexes[last] === target) merged.counts[last] += buckets.counts[i]
      else {
        merged.indexes.push(target)
        merged.counts.push(buckets.counts[i])
      }
    })
    return merged
  })
  return { ...halved, schema: histogram.schema - 1 }
}

function withBuckets(histogram: NativeHistogram, change: (buckets: Buckets) => Buckets): NativeHistogram {
  const { float } = histogram
  const positive = layOut(change(expand(histogram.positiveSpans, histogram.positiveBuckets, float)), float)
  const negative = layOut(change(expand(histogram.negativeSpans, histogram.negativeBuckets, float)), float)
  return {
    ...histogram,
    positiveSpans: positive.spans,
    positiveBuckets: positive.values,
    negativeSpans: negative.spans,
    negativeBuckets: negative.values,
  }
}

/** The buckets that are not empty. */
function expand(spans: readonly BucketSpan[], values: readonly number[], float: boolean): Buckets {
  const buckets: Buckets = { indexes: [], counts: [] }
  let index = 0
  let at = 0
  let count = 0
  for (const span of spans) {
    index += span.offset
    for (let i = 0; i < span.length; i++, index++) {
      count = float ? values[at++] : count + values[at++]
      if (count === 0) continue
      buckets.indexes.push(index)
      buckets.counts.push(count)
    }
  }
  return buckets
}

function layOut({ indexes, counts }: Buckets, float: boolean): { spans: BucketSpan[]; values: number[] } {
  const spans: { offset: number; length: number }[] = []
  let next = 0
  indexes.forEach((index, i) => {
    if (i === 0 || index !== next) spans.push({ offset: index - next, length: 0 })
    spans[spans.length - 1].length++
    next = index + 1
  })
  const values = float ? counts : counts.map((count, i) => (i === 0 ? count : count - counts[i - 1]))
  return { spans, values }
}
