import type { RequestCounts } from './envelope.ts'
import { noCounts } from './envelope.ts'
import { ProtobufReader } from '../protobuf/reader.ts'
import { walkFields } from '../protobuf/walk.ts'
import { varintWidth } from '../protobuf/writer.ts'
import type { RemoteWriteVersion } from './request-builder.ts'

/** One half of a split request. */
export interface RequestPart {
  readonly bytes: Uint8Array
  readonly counts: RequestCounts
}

interface Range {
  readonly field: number
  /** From the tag on. */
  readonly start: number
  readonly contentStart: number
  readonly end: number
}

const seriesField = { 1: 1, 2: 5 } as const
const symbolField = 4

/**
 * Cuts an uncompressed request into two by time series (and, in v1, metadata entries), order kept; in v2 both parts carry
 * the whole symbol table. Undefined when there is nothing to cut or the request is malformed.
 */
export function splitRequest(
  bytes: Uint8Array,
  version: RemoteWriteVersion,
): readonly [RequestPart, RequestPart] | undefined {
  const symbols: Range[] = []
  const entries: Range[] = []
  const whole = walkFields(bytes, 0, bytes.length, (field, wire, contentStart, end) => {
    if (wire !== 2) return
    const width = varintWidth(field * 8 + wire) + varintWidth(end - contentStart)
    const range = { field, start: contentStart - width, contentStart, end }
    if (version === 2 && field === symbolField) symbols.push(range)
    else entries.push(range)
  })
  if (!whole || entries.length < 2) return undefined
  const middle = entries.length >>> 1
  const part = (ranges: readonly Range[]): RequestPart => ({
    bytes: concatenate(bytes, [...symbols, ...ranges]),
    counts: ranges.reduce((counts, range) => countEntry(bytes, range, version, counts), noCounts),
  })
  return [part(entries.slice(0, middle)), part(entries.slice(middle))]
}

function concatenate(bytes: Uint8Array, ranges: readonly Range[]): Uint8Array {
  const out = new Uint8Array(ranges.reduce((sum, { start, end }) => sum + end - start, 0))
  let at = 0
  for (const { start, end } of ranges) {
    out.set(bytes.subarray(start, end), at)
    at += end - start
  }
  return out
}

/** Field numbers inside a time series, and of the timestamp inside what they hold. */
const contents = {
  1: { sample: 2, exemplar: 3, histogram: 4 },
  2: { sample: 2, histogram: 3, exemplar: 4 },
} as const

function countEntry(
  bytes: Uint8Array,
  { field, contentStart, end }: Range,
  version: RemoteWriteVersion,
  before: RequestCounts,
): RequestCounts {
  if (field !== seriesField[version]) return { ...before, metadata: before.metadata + 1 }
  let { samples, exemplars, histograms, highestTimestamp } = before
  const numbers = contents[version]
  walkFields(bytes, contentStart, end, (inner, _wire, start, stop) => {
    if (inner === numbers.sample) {
      samples++
      highestTimestamp = Math.max(highestTimestamp, timestampOf(bytes, start, stop, 2))
    } else if (inner === numbers.exemplar) {
      exemplars++
      highestTimestamp = Math.max(highestTimestamp, timestampOf(bytes, start, stop, 3))
    } else if (inner === numbers.histogram) {
      histograms++
      highestTimestamp = Math.max(highestTimestamp, timestampOf(bytes, start, stop, 15))
    }
  })
  return { ...before, samples, exemplars, histograms, highestTimestamp }
}

function timestampOf(bytes: Uint8Array, start: number, end: number, field: number): number {
  const reader = new ProtobufReader(bytes, start, end)
  let timestamp = 0
  while (reader.next()) {
    if (reader.field === field) timestamp = reader.int()
    else reader.skip()
  }
  return timestamp
}
