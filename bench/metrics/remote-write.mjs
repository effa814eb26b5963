// Just enough of remote write 1.0 to count and to compare: `WriteRequest{1: TimeSeries{1: Label{1 name, 2 value},
// 2: Sample{1: double, 2: varint ms}}}`.

const valueTag = 9
const staleHigh = 0x7ff00000
const staleLow = 2
/** `bench_`, the beginning of every metric of the pages. */
const marker = Buffer.from('bench_')
const up = Buffer.from('up')

/** Adds to `totals` the samples of the pages' metrics that are no staleness markers, and the scrapes that succeeded. */
export function countSamples(bytes, totals) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const end = bytes.length
  let at = 0
  while (at < end) {
    const field = bytes[at++] >> 3
    let length = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]
      length |= (byte & 127) << shift
      if (byte < 128) break
    }
    if (field === 1) countSeries(bytes, view, at, at + length, totals)
    at += length
  }
}

/** The label `__name__` comes first, since no other begins with an earlier letter. */
function countSeries(bytes, view, from, to, totals) {
  // Label: tag, length; name: tag, length, 8 bytes; value: tag, length.
  const nameAt = from + 2 + 2 + 8 + 2
  const ofPage = begins(bytes, nameAt, marker)
  const isUp = bytes[nameAt - 1] === up.length && begins(bytes, nameAt, up)
  if (!ofPage && !isUp) return
  let at = from
  while (at < to) {
    const field = bytes[at++] >> 3
    let length = bytes[at++]
    if (length > 127) length = (length & 127) | (bytes[at++] << 7)
    if (field === 2 && ofPage && !isStale(bytes, view, at)) totals.samples++
    if (field === 2 && isUp && bytes[at] === valueTag && view.getFloat64(at + 1, true) === 1) totals.succeeded++
    at += length
  }
}

function begins(bytes, at, start) {
  for (let i = 0; i < start.length; i++) if (bytes[at + i] !== start[i]) return false
  return true
}

/** A sample starts with the tag of its value, unless that is 0. */
const isStale = (bytes, view, at) =>
  bytes[at] === valueTag && view.getUint32(at + 5, true) === staleHigh && view.getUint32(at + 1, true) === staleLow

/** Every sample of a request: its labels as pairs, its value and timestamp. */
export function* decodeSamples(bytes) {
  for (const series of fields(bytes)) {
    if (series.number !== 1) continue
    const labels = []
    const samples = []
    for (const part of fields(series.bytes)) {
      if (part.number === 1) {
        const [name, value] = [...fields(part.bytes)].map((text) => Buffer.from(text.bytes).toString())
        labels.push([name, value])
      } else if (part.number === 2) samples.push(part.bytes)
    }
    for (const sample of samples) {
      const view = new DataView(sample.buffer, sample.byteOffset, sample.length)
      const hasValue = sample[0] === valueTag
      const value = hasValue ? view.getFloat64(1, true) : 0
      const timestamp = varint(sample, hasValue ? 10 : 1).value
      yield { labels, value, stale: isStale(sample, view, 0), timestamp }
    }
  }
}

/** The length-delimited fields of a message. */
function* fields(bytes) {
  let at = 0
  while (at < bytes.length) {
    const number = bytes[at++] >> 3
    const { value: length, next } = varint(bytes, at)
    yield { number, bytes: bytes.subarray(next, next + length) }
    at = next + length
  }
}

function varint(bytes, at) {
  let value = 0
  let factor = 1
  for (;;) {
    const byte = bytes[at++]
    value += (byte & 127) * factor
    if (byte < 128) return { value, next: at }
    factor *= 128
  }
}
