import { customBucketsSchema } from '../../signal/native-histogram.ts'
import type { BucketSpan, NativeHistogram } from '../../signal/native-histogram.ts'
import type { ProtobufWriter } from '../protobuf/writer.ts'
import { writeValue } from './write-sample.ts'

export const resetHints: readonly NativeHistogram['resetHint'][] = ['unknown', 'yes', 'no', 'gauge']

/**
 * Writes a native histogram into `field`. Both versions, except that only v2 carries custom values:
 *
 * | number  | name                                  | wire type |
 * |---------|---------------------------------------|-----------|
 * | 1 / 2   | count_int / count_float               | varint / 64-bit |
 * | 3       | sum                                   | 64-bit |
 * | 4       | schema                                | varint, zigzag |
 * | 5       | zero_threshold                        | 64-bit |
 * | 6 / 7   | zero_count_int / zero_count_float     | varint / 64-bit |
 * | 8, 11   | negative_spans, positive_spans        | BucketSpan { 1 offset zigzag, 2 length varint } |
 * | 9, 12   | negative_deltas, positive_deltas      | packed zigzag |
 * | 10, 13  | negative_counts, positive_counts      | packed 64-bit |
 * | 14      | reset_hint                            | varint |
 * | 15      | timestamp                             | varint, ms |
 * | 16      | custom_values                         | packed 64-bit |
 */
export function writeHistogram(
  writer: ProtobufWriter,
  field: number,
  histogram: NativeHistogram,
  timestamp: number,
): void {
  const at = writer.begin(field)
  if (histogram.float) writer.double(2, histogram.count)
  else writer.uint(1, histogram.count)
  writeValue(writer, 3, histogram.sum, histogram.stale)
  writer.sint(4, histogram.schema)
  writer.double(5, histogram.zeroThreshold)
  if (histogram.float) writer.double(7, histogram.zeroCount)
  else writer.uint(6, histogram.zeroCount)
  writeSpans(writer, 8, histogram.negativeSpans)
  writeBuckets(writer, histogram.float ? 10 : 9, histogram.negativeBuckets, histogram.float)
  writeSpans(writer, 11, histogram.positiveSpans)
  writeBuckets(writer, histogram.float ? 13 : 12, histogram.positiveBuckets, histogram.float)
  writer.uint(14, resetHints.indexOf(histogram.resetHint))
  writer.int(15, timestamp)
  if (histogram.schema === customBucketsSchema) writeBuckets(writer, 16, histogram.customValues, true)
  writer.end(at)
}

function writeSpans(writer: ProtobufWriter, field: number, spans: readonly BucketSpan[]): void {
  for (const span of spans) {
    const at = writer.begin(field)
    writer.sint(1, span.offset)
    writer.uint(2, span.length)
    writer.end(at)
  }
}

function writeBuckets(writer: ProtobufWriter, field: number, buckets: readonly number[], float: boolean): void {
  if (buckets.length === 0) return
  const at = writer.begin(field)
  for (const bucket of buckets) {
    if (float) writer.rawDouble(bucket)
    else writer.zigzag(bucket)
  }
  writer.end(at)
}
