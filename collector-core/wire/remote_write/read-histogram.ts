import { staleNaNBits } from '../../signal/metric-batch.ts'
import type { BucketSpan, NativeHistogram } from '../../signal/native-histogram.ts'
import type { ProtobufReader } from '../protobuf/reader.ts'
import { readBucketSpan } from '../protobuf/bucket-span.ts'
import { resetHints } from './write-histogram.ts'

/** Reads what `writeHistogram` writes; the field table stands there. */
export function readHistogram(reader: ProtobufReader): { histogram: NativeHistogram; timestamp: number } {
  const spans: Record<'negative' | 'positive', BucketSpan[]> = { negative: [], positive: [] }
  const buckets: Record<'negative' | 'positive' | 'custom', number[]> = { negative: [], positive: [], custom: [] }
  const counts = { float: false, count: 0, zeroCount: 0 }
  let sum = 0
  let stale = false
  let schema = 0
  let zeroThreshold = 0
  let hint = 0
  let timestamp = 0
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        counts.count = reader.uint()
        break
      case 2:
        counts.count = reader.double()
        counts.float = true
        break
      case 3:
        sum = reader.double()
        stale = reader.high === staleNaNBits.high && reader.low === staleNaNBits.low
        break
      case 4:
        schema = reader.sint()
        break
      case 5:
        zeroThreshold = reader.double()
        break
      case 6:
        counts.zeroCount = reader.uint()
        break
      case 7:
        counts.zeroCount = reader.double()
        break
      case 8:
        reader.message(() => spans.negative.push(readBucketSpan(reader)))
        break
      case 9:
        reader.packed(() => buckets.negative.push(reader.bareZigzag()))
        break
      case 10:
        reader.packed(() => buckets.negative.push(reader.bareDouble()))
        break
      case 11:
        reader.message(() => spans.positive.push(readBucketSpan(reader)))
        break
      case 12:
        reader.packed(() => buckets.positive.push(reader.bareZigzag()))
        break
      case 13:
        reader.packed(() => buckets.positive.push(reader.bareDouble()))
        break
      case 14:
        hint = reader.uint()
        break
      case 15:
        timestamp = reader.int()
        break
      case 16:
        reader.packed(() => buckets.custom.push(reader.bareDouble()))
        break
      default:
        reader.skip()
    }
  }
  const histogram: NativeHistogram = {
    ...counts,
    schema,
    zeroThreshold,
    sum,
    positiveSpans: spans.positive,
    positiveBuckets: buckets.positive,
    negativeSpans: spans.negative,
    negativeBuckets: buckets.negative,
    customValues: buckets.custom,
    resetHint: resetHints.at(hint) ?? 'unknown',
    stale,
  }
  return { histogram, timestamp }
}
