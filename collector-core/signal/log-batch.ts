import type { Label, Labels } from './labels.ts'

/**
 * Lines as byte ranges, column by column: line `i` is `bytes[starts[i]..ends[i])` (UTF-8, without its newline) at
 * `seconds[i]` + `nanos[i]` since the epoch. `metadata[i]`, where present, is its structured metadata.
 * Only the first `length` entries of each column are meaningful.
 */
export interface LogLines {
  readonly length: number
  readonly bytes: Uint8Array
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  readonly seconds: Float64Array
  readonly nanos: Uint32Array
  readonly metadata?: readonly (readonly Label[] | undefined)[]
}

/** Lines that share one label set, oldest first. */
export interface LogStream {
  readonly labels: Labels
  readonly lines: LogLines
}

/**
 * Log lines grouped by stream. Order is kept within a stream and means nothing between streams. Valid only until the
 * `accept` it was handed to settles: the bytes may be a read buffer.
 */
export interface LogBatch {
  readonly streams: readonly LogStream[]
}

/** Number of lines in a batch. */
export function logItems(batch: LogBatch): number {
  let items = 0
  for (const stream of batch.streams) items += stream.lines.length
  return items
}

/** Bytes of line text in a batch. */
export function logBytes(batch: LogBatch): number {
  let bytes = 0
  for (const { lines } of batch.streams) {
    for (let i = 0; i < lines.length; i++) bytes += lines.ends[i] - lines.starts[i]
  }
  return bytes
}
