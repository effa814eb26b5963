// Loki's push request: `PushRequest{1: Stream{1 labels, 2: Entry{1: Timestamp{1 seconds, 2 nanos}, 2 line}}}`.
import protobuf from 'protobufjs'

const { root } = protobuf.parse(`
  syntax = "proto3";
  message Timestamp { int64 seconds = 1; int32 nanos = 2; }
  message Entry { Timestamp timestamp = 1; string line = 2; }
  message Stream { string labels = 1; repeated Entry entries = 2; }
  message PushRequest { repeated Stream streams = 1; }
`)
export const PushRequest = root.lookupType('PushRequest')

/** Entries of a request, counted without decoding it. */
export function countEntries(bytes) {
  let count = 0
  const walk = (from, to, inStream) => {
    let at = from
    while (at < to) {
      const field = bytes[at++] >> 3
      let length = 0
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++]
        length |= (byte & 127) << shift
        if (byte < 128) break
      }
      if (inStream) count += field === 2 ? 1 : 0
      else if (field === 1) walk(at, at + length, true)
      at += length
    }
  }
  walk(0, bytes.length, false)
  return count
}
