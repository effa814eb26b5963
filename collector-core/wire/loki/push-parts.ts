// Cuts and joins encoded push requests without decoding lines: the entries of a stream are ranges of bytes.
import { walkFields } from '../protobuf/walk.ts'
import { varintWidth, writeVarint } from './varint.ts'

/** A range of the entries of one stream. */
interface EntryRange {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
}

interface StreamParts {
  readonly label: Uint8Array
  readonly ranges: EntryRange[]
  entryBytes: number
}

const streamField = 1
const labelsField = 1
const entryField = 2

/**
 * One request with the streams of several, those with equal labels merged into one; entries keep their order. Undefined
 * when an input is not a push request.
 */
export function mergePushes(pushes: readonly Uint8Array[]): Uint8Array | undefined {
  if (pushes.length === 1) return pushes[0]
  const streams = new Map<string, StreamParts>()
  for (const bytes of pushes) {
    const read = eachStream(bytes, (start, end) => {
      let stream: StreamParts | undefined
      return walkFields(bytes, start, end, (field, _, from, to, begin) => {
        if (field === labelsField) stream = streamOf(streams, bytes.subarray(from, to))
        else if (field === entryField && stream !== undefined) addRange(stream, bytes, begin, to)
        return undefined
      })
    })
    if (!read) return undefined
  }
  return writeStreams([...streams.values()])
}

/** The two halves of a request, by number of entries; undefined when there is just one, or it is not a push request. */
export function splitPush(
  bytes: Uint8Array,
):
  | readonly [
      { readonly bytes: Uint8Array; readonly entries: number },
      { readonly bytes: Uint8Array; readonly entries: number },
    ]
  | undefined {
  const total = countEntries(bytes)
  if (total === undefined || total < 2) return undefined
  const half = total >>> 1
  const halves: [StreamParts[], StreamParts[]] = [[], []]
  let seen = 0
  eachStream(bytes, (start, end) => {
    let label: Uint8Array = new Uint8Array(0)
    let current: StreamParts | undefined
    return walkFields(bytes, start, end, (field, _, from, to, begin) => {
      if (field === labelsField) label = bytes.subarray(from, to)
      else if (field === entryField) {
        if (current === undefined || seen === half) {
          current = { label, ranges: [], entryBytes: 0 }
          halves[seen < half ? 0 : 1].push(current)
        }
        addRange(current, bytes, begin, to)
        seen++
      }
      return undefined
    })
  })
  return [
    { bytes: writeStreams(halves[0]), entries: half },
    { bytes: writeStreams(halves[1]), entries: total - half },
  ]
}

function countEntries(bytes: Uint8Array): number | undefined {
  let total = 0
  const read = eachStream(bytes, (start, end) =>
    walkFields(bytes, start, end, (field) => {
      if (field === entryField) total++
      return undefined
    }),
  )
  return read ? total : undefined
}

/** False when the bytes, or the inside of a stream, are not well formed. */
function eachStream(bytes: Uint8Array, visit: (start: number, end: number) => boolean): boolean {
  let sound = true
  const read = walkFields(bytes, 0, bytes.length, (field, wire, start, end) => {
    if (field === streamField && wire === 2) sound &&= visit(start, end)
    return sound ? undefined : false
  })
  return read && sound
}

function streamOf(streams: Map<string, StreamParts>, label: Uint8Array): StreamParts {
  const key = Buffer.from(label.buffer, label.byteOffset, label.byteLength).toString('latin1')
  let stream = streams.get(key)
  if (stream === undefined) {
    stream = { label, ranges: [], entryBytes: 0 }
    streams.set(key, stream)
  }
  return stream
}

/** Ranges that lie behind one another become one. */
function addRange(stream: StreamParts, bytes: Uint8Array, start: number, end: number): void {
  const last = stream.ranges.at(-1)
  if (last?.bytes === bytes && last.end === start)
    stream.ranges[stream.ranges.length - 1] = { bytes, start: last.start, end }
  else stream.ranges.push({ bytes, start, end })
  stream.entryBytes += end - start
}

function writeStreams(streams: readonly StreamParts[]): Uint8Array {
  const sizes = streams.map(({ label, entryBytes }) => 1 + varintWidth(label.length) + label.length + entryBytes)
  const target = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + 1 + varintWidth(size) + size, 0))
  let at = 0
  streams.forEach(({ label, ranges }, i) => {
    target[at++] = 0x0a
    at = writeVarint(target, at, sizes[i])
    target[at++] = 0x0a
    at = writeVarint(target, at, label.length)
    target.set(label, at)
    at += label.length
    for (const { bytes, start, end } of ranges) {
      target.set(bytes.subarray(start, end), at)
      at += end - start
    }
  })
  return target
}
