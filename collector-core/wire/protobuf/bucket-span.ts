import type { BucketSpan } from '../../signal/native-histogram.ts'
import type { ProtobufReader } from './reader.ts'

/** Decodes a `BucketSpan` of a native histogram: 1 offset sint32, 2 length uint32. */
export function readBucketSpan(reader: ProtobufReader): BucketSpan {
  let offset = 0
  let length = 0
  while (reader.next()) {
    if (reader.field === 1) offset = reader.sint()
    else if (reader.field === 2) length = reader.uint()
    else reader.skip()
  }
  return { offset, length }
}
