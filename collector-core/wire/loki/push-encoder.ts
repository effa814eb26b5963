// Encodes Loki push requests from the byte ranges of lines; a line is copied once and never becomes a string.
//
//   PushRequest     1 streams    StreamAdapter, repeated
//   StreamAdapter   1 labels     string
//                   2 entries    EntryAdapter, repeated
//   EntryAdapter    1 timestamp  google.protobuf.Timestamp { 1 seconds int64, 2 nanos int32 }
//                   2 line       string
//                   3 structuredMetadata  LabelPairAdapter { 1 name string, 2 value string }, repeated
import type { LogLines } from '../../signal/log-batch.ts'
import type { Label } from '../../signal/labels.ts'
import { varintWidth, writeVarint } from './varint.ts'

/** Lines of a stream, with its labels as UTF-8 text (see `streamKey`). */
export interface PushStream {
  readonly key: Uint8Array
  readonly lines: LogLines
}

/** A serialized PushRequest; `size` counts line and metadata bytes, as `batch_size` does. */
export interface EncodedPush {
  readonly bytes: Uint8Array
  readonly entries: number
  readonly size: number
}

interface Slice {
  readonly stream: PushStream
  readonly from: number
  to: number
}

/**
 * Encodes streams into as few requests as `maxSize` (of line and metadata bytes) allows, lines in order; a line longer
 * than that is a request of its own.
 */
export function encodePushes(streams: readonly PushStream[], maxSize = Infinity): EncodedPush[] {
  const pushes: EncodedPush[] = []
  let slices: Slice[] = []
  let entries = 0
  let size = 0
  const close = (): void => {
    if (entries > 0) pushes.push({ bytes: encodeSlices(slices, entries), entries, size })
    slices = []
    entries = 0
    size = 0
  }
  for (const stream of streams) {
    const { starts, ends, metadata, length } = stream.lines
    let slice: Slice | undefined
    for (let i = 0; i < length; i++) {
      const own = ends[i] - starts[i] + (metadata?.[i] === undefined ? 0 : metadataText(metadata[i]!))
      if (size + own > maxSize && entries > 0) {
        close()
        slice = undefined
      }
      if (slice === undefined) {
        slice = { stream, from: i, to: i }
        slices.push(slice)
      }
      slice.to = i + 1
      entries++
      size += own
    }
  }
  close()
  return pushes
}

function metadataText(metadata: readonly Label[]): number {
  let bytes = 0
  for (const [name, value] of metadata) bytes += Buffer.byteLength(name) + Buffer.byteLength(value)
  return bytes
}

const scratchLimitBytes = 8 * 1024 * 1024

let sizes = new Uint32Array(4096)
let scratch = Buffer.alloc(0)

function scratchOf(bytes: number): Buffer {
  if (bytes > scratchLimitBytes) return Buffer.allocUnsafeSlow(bytes)
  if (scratch.length < bytes) scratch = Buffer.allocUnsafeSlow(Math.min(2 * bytes, scratchLimitBytes))
  return scratch
}

/** The stretch of a stream's buffer its lines lie in; `staged` when copying it as a whole is no waste. */
interface Stretch {
  readonly start: number
  readonly length: number
  readonly staged: boolean
}

/** Moving bytes within one buffer is far cheaper than between two, so the lines are first brought there in one piece. */
function stretchOf({ starts, ends }: LogLines, from: number, to: number): Stretch {
  let start = Infinity
  let end = 0
  let content = 0
  for (let i = from; i < to; i++) {
    if (starts[i] < start) start = starts[i]
    if (ends[i] > end) end = ends[i]
    content += ends[i] - starts[i]
  }
  const length = Math.max(end - start, 0)
  return { start, length, staged: to - from > 1 && length <= 2 * content }
}

function encodeSlices(slices: readonly Slice[], entries: number): Uint8Array {
  if (sizes.length < entries) sizes = new Uint32Array(2 * entries)
  const entrySizes = sizes
  const streamSizes: number[] = []
  const stretches: Stretch[] = []
  let total = 0
  let index = 0
  let stage = 0
  for (const { stream, from, to } of slices) {
    const { key, lines } = stream
    let streamSize = 1 + varintWidth(key.length) + key.length
    for (let i = from; i < to; i++) {
      const entrySize = sizeOfEntry(lines, i)
      entrySizes[index++] = entrySize
      streamSize += 1 + varintWidth(entrySize) + entrySize
    }
    streamSizes.push(streamSize)
    total += 1 + varintWidth(streamSize) + streamSize
    const stretch = stretchOf(lines, from, to)
    stretches.push(stretch)
    if (stretch.staged) stage = Math.max(stage, stretch.length)
  }
  const target = scratchOf(total + stage)
  let at = 0
  index = 0
  for (let s = 0; s < slices.length; s++) {
    const { stream, from, to } = slices[s]
    const { key, lines } = stream
    const { start, length, staged } = stretches[s]
    if (staged) target.set(lines.bytes.subarray(start, start + length), total)
    // Where byte 0 of the stream's buffer would be in the target.
    const origin = staged ? total - start : undefined
    target[at++] = 0x0a
    at = writeVarint(target, at, streamSizes[s])
    target[at++] = 0x0a
    at = writeVarint(target, at, key.length)
    target.set(key, at)
    at += key.length
    for (let i = from; i < to; i++) {
      target[at++] = 0x12
      at = writeVarint(target, at, entrySizes[index++])
      at = writeEntry(target, at, lines, i, origin)
    }
  }
  return Uint8Array.prototype.slice.call(target, 0, total)
}

function sizeOfTimestamp(seconds: number, nanos: number): number {
  return (seconds === 0 ? 0 : 1 + varintWidth(seconds)) + (nanos === 0 ? 0 : 1 + varintWidth(nanos))
}

function sizeOfEntry({ starts, ends, seconds, nanos, metadata }: LogLines, i: number): number {
  const line = ends[i] - starts[i]
  const size = 2 + sizeOfTimestamp(seconds[i], nanos[i]) + (line === 0 ? 0 : 1 + varintWidth(line) + line)
  return metadata?.[i] === undefined ? size : size + sizeOfMetadata(metadata[i])
}

function sizeOfMetadata(metadata: readonly Label[]): number {
  let size = 0
  for (const pair of metadata) {
    const pairSize = sizeOfPair(pair)
    size += 1 + varintWidth(pairSize) + pairSize
  }
  return size
}

function sizeOfPair([name, value]: Label): number {
  const nameSize = Buffer.byteLength(name)
  const valueSize = Buffer.byteLength(value)
  return 2 + varintWidth(nameSize) + nameSize + varintWidth(valueSize) + valueSize
}

function writeEntry(target: Buffer, start: number, lines: LogLines, i: number, origin: number | undefined): number {
  let at = start
  const seconds = lines.seconds[i]
  const nanos = lines.nanos[i]
  target[at++] = 0x0a
  target[at++] = sizeOfTimestamp(seconds, nanos)
  if (seconds !== 0) {
    target[at++] = 0x08
    at = writeVarint(target, at, seconds)
  }
  if (nanos !== 0) {
    target[at++] = 0x10
    at = writeVarint(target, at, nanos)
  }
  const from = lines.starts[i]
  const to = lines.ends[i]
  if (to > from) {
    target[at++] = 0x12
    at = writeVarint(target, at, to - from)
    if (origin === undefined) target.set(lines.bytes.subarray(from, to), at)
    else target.copyWithin(at, origin + from, origin + to)
    at += to - from
  }
  const metadata = lines.metadata?.[i]
  return metadata === undefined ? at : writeMetadata(target, at, metadata)
}

function writeMetadata(target: Buffer, start: number, metadata: readonly Label[]): number {
  let at = start
  for (const pair of metadata) {
    target[at++] = 0x1a
    at = writeVarint(target, at, sizeOfPair(pair))
    pair.forEach((text, part) => {
      target[at++] = part === 0 ? 0x0a : 0x12
      at = writeVarint(target, at, Buffer.byteLength(text))
      at += target.write(text, at, 'utf8')
    })
  }
  return at
}
