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
import { copyLine } from './copy-line.ts'
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

let sizes = new Uint32Array(4096)

function encodeSlices(slices: readonly Slice[], entries: number): Uint8Array {
  if (sizes.length < entries) sizes = new Uint32Array(2 * entries)
  const entrySizes = sizes
  const streamSizes: number[] = []
  let total = 0
  let index = 0
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
  }
  const target = Buffer.allocUnsafe(total)
  const view = new DataView(target.buffer, target.byteOffset, target.byteLength)
  let at = 0
  index = 0
  slices.forEach(({ stream, from, to }, s) => {
    const { key, lines } = stream
    target[at++] = 0x0a
    at = writeVarint(target, at, streamSizes[s])
    target[at++] = 0x0a
    at = writeVarint(target, at, key.length)
    target.set(key, at)
    at += key.length
    const source = new DataView(lines.bytes.buffer, lines.bytes.byteOffset, lines.bytes.byteLength)
    for (let i = from; i < to; i++) {
      target[at++] = 0x12
      at = writeVarint(target, at, entrySizes[index++])
      at = writeEntry(target, view, at, lines, source, i)
    }
  })
  return target
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

function writeEntry(
  target: Buffer,
  view: DataView,
  start: number,
  lines: LogLines,
  source: DataView,
  i: number,
): number {
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
  const length = lines.ends[i] - lines.starts[i]
  if (length > 0) {
    target[at++] = 0x12
    at = writeVarint(target, at, length)
    copyLine(lines.bytes, source, lines.starts[i], target, view, at, length)
    at += length
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
