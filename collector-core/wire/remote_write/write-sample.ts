import { staleNaNBits } from '../../signal/metric-batch.ts'
import type { ProtobufWriter } from '../protobuf/writer.ts'

/**
 * Writes a Sample into `field` and answers where its 8 value bytes stand. Both versions:
 *
 * | number | name      | wire type |
 * |--------|-----------|-----------|
 * | 1      | value     | 64-bit    |
 * | 2      | timestamp | varint, ms |
 */
export function writeSample(
  writer: ProtobufWriter,
  field: number,
  value: number,
  timestamp: number,
  stale: boolean,
): number {
  const at = writer.begin(field)
  writeValue(writer, 1, value, stale)
  const valueAt = writer.length - 8
  writer.int(2, timestamp)
  writer.end(at)
  return valueAt
}

/** Writes a double, or the bits of a staleness marker. */
export function writeValue(writer: ProtobufWriter, field: number, value: number, stale: boolean): void {
  if (stale) writer.fixed64(field, staleNaNBits.high, staleNaNBits.low)
  else writer.double(field, value)
}
