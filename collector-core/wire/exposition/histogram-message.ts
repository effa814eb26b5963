import { Labels } from '../../signal/labels.ts'
import type { Label } from '../../signal/labels.ts'
import type { BucketSpan, NativeHistogram } from '../../signal/native-histogram.ts'
import { readBucketSpan } from '../protobuf/bucket-span.ts'
import { readLabelPair } from '../protobuf/label-pair.ts'
import type { ProtobufReader } from '../protobuf/reader.ts'
import type { ExposedExemplar } from './exposition.ts'

/** One classic bucket; the count is cumulative. */
export interface ClassicBucket {
  readonly bound: number
  readonly count: number
  readonly exemplar: ExposedExemplar | undefined
}

/** A decoded `Histogram` message: classic and native parts side by side. */
export interface HistogramMessage {
  /** Of the classic view. */
  readonly count: number
  readonly sum: number
  readonly buckets: readonly ClassicBucket[]
  /** Absent when nothing says it is native. Bucket numbers are as sent. */
  readonly native: NativeHistogram | undefined
  /** Exemplars of the native view, those without a time left out. */
  readonly nativeExemplars: readonly ExposedExemplar[]
}

/** Any NaN becomes the plain one, so that no target can send a staleness marker. */
export const canonicalNaN = (value: number): number => (Number.isNaN(value) ? NaN : value)

/**
 * Decodes a `Histogram`; the reader stands at its first field.
 *
 * | no | field | type | no | field | type |
 * |---|---|---|---|---|---|
 * | 1 | sample_count | uint64 | 9 | negative_span | BucketSpan |
 * | 2 | sample_sum | double | 10 | negative_delta | sint64, packed |
 * | 3 | bucket | Bucket | 11 | negative_count | double, packed |
 * | 4 | sample_count_float | double | 12 | positive_span | BucketSpan |
 * | 5 | schema | sint32 | 13 | positive_delta | sint64, packed |
 * | 6 | zero_threshold | double | 14 | positive_count | double, packed |
 * | 7 | zero_count | uint64 | 15 | start_timestamp | Timestamp |
 * | 8 | zero_count_float | double | 16 | exemplars | Exemplar |
 */
export function readHistogram(reader: ProtobufReader, gauge: boolean): HistogramMessage {
  let count = 0
  let sum = 0
  let countFloat = 0
  let schema = 0
  let zeroThreshold = 0
  let zeroCount = 0
  let zeroCountFloat = 0
  const buckets: ClassicBucket[] = []
  const negativeSpans: BucketSpan[] = []
  const positiveSpans: BucketSpan[] = []
  const negativeDeltas: number[] = []
  const positiveDeltas: number[] = []
  const negativeCounts: number[] = []
  const positiveCounts: number[] = []
  const exemplars: ExposedExemplar[] = []
  const zigzags = (into: number[]): void => reader.packed(() => void into.push(reader.bareZigzag()))
  const doubles = (into: number[]): void => reader.packed(() => void into.push(reader.bareDouble()))
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        count = reader.uint()
        break
      case 2:
        sum = canonicalNaN(reader.double())
        break
      case 3:
        reader.message(() => void buckets.push(readBucket(reader)))
        break
      case 4:
        countFloat = reader.double()
        break
      case 5:
        schema = reader.sint()
        break
      case 6:
        zeroThreshold = reader.double()
        break
      case 7:
        zeroCount = reader.uint()
        break
      case 8:
        zeroCountFloat = reader.double()
        break
      case 9:
        reader.message(() => void negativeSpans.push(readBucketSpan(reader)))
        break
      case 10:
        zigzags(negativeDeltas)
        break
      case 11:
        doubles(negativeCounts)
        break
      case 12:
        reader.message(() => void positiveSpans.push(readBucketSpan(reader)))
        break
      case 13:
        zigzags(positiveDeltas)
        break
      case 14:
        doubles(positiveCounts)
        break
      case 16:
        reader.message(() => void exemplars.push(readExemplar(reader)))
        break
      default:
        reader.skip()
    }
  }
  const isNative = negativeSpans.length > 0 || positiveSpans.length > 0 || zeroThreshold > 0 || zeroCount > 0
  const float = countFloat > 0 || zeroCountFloat > 0
  const native: NativeHistogram | undefined = isNative
    ? {
        float,
        schema,
        zeroThreshold,
        zeroCount: float ? zeroCountFloat : zeroCount,
        count: float ? countFloat : count,
        sum,
        // A span of no buckets only says that the histogram is native.
        positiveSpans: positiveSpans.filter(hasEffect),
        positiveBuckets: float ? positiveCounts : positiveDeltas,
        negativeSpans: negativeSpans.filter(hasEffect),
        negativeBuckets: float ? negativeCounts : negativeDeltas,
        customValues: [],
        resetHint: gauge ? 'gauge' : 'unknown',
        stale: false,
      }
    : undefined
  const fromBuckets = buckets.flatMap(({ exemplar }) => (exemplar === undefined ? [] : [exemplar]))
  return {
    count: countFloat === 0 ? count : countFloat,
    sum,
    buckets,
    native,
    nativeExemplars: (exemplars.length > 0 ? exemplars : fromBuckets).filter(
      (exemplar) => exemplar.timestamp !== undefined,
    ),
  }
}

const hasEffect = (span: BucketSpan): boolean => span.offset !== 0 || span.length !== 0

/** Bucket: 1 cumulative_count uint64, 2 upper_bound double, 3 exemplar Exemplar, 4 cumulative_count_float double */
function readBucket(reader: ProtobufReader): ClassicBucket {
  let count = 0
  let countFloat = 0
  let bound = 0
  let exemplar: ExposedExemplar | undefined
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        count = reader.uint()
        break
      case 2:
        bound = canonicalNaN(reader.double())
        break
      case 3:
        reader.message(() => (exemplar = readExemplar(reader)))
        break
      case 4:
        countFloat = canonicalNaN(reader.double())
        break
      default:
        reader.skip()
    }
  }
  return { bound, count: countFloat === 0 ? count : countFloat, exemplar }
}

/** Exemplar: 1 label LabelPair, 2 value double, 3 timestamp google.protobuf.Timestamp */
export function readExemplar(reader: ProtobufReader): ExposedExemplar {
  const labels: Label[] = []
  let value = 0
  let timestamp: number | undefined
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        reader.message(() => void labels.push(readLabelPair(reader)))
        break
      case 2:
        value = canonicalNaN(reader.double())
        break
      case 3:
        reader.message(() => (timestamp = readTimestamp(reader)))
        break
      default:
        reader.skip()
    }
  }
  return { labels: Labels.of(labels), value, timestamp }
}

/** Timestamp: 1 seconds int64, 2 nanos int32. Milliseconds since the epoch. */
function readTimestamp(reader: ProtobufReader): number {
  let seconds = 0
  let nanos = 0
  while (reader.next()) {
    if (reader.field === 1) seconds = reader.int()
    else if (reader.field === 2) nanos = reader.int()
    else reader.skip()
  }
  return seconds * 1000 + Math.trunc(nanos / 1e6)
}
