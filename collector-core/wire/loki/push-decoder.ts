import { readLabelPair } from '../protobuf/label-pair.ts'
import { ProtobufReader } from '../protobuf/reader.ts'

/** An entry of a push request; `seconds` and `nanos` since the epoch, metadata in the order it was sent. */
export interface PushEntry {
  readonly seconds: number
  readonly nanos: number
  /** A view of the request. */
  readonly line: Uint8Array
  readonly metadata: readonly (readonly [name: string, value: string])[]
}

export interface DecodedStream {
  /** As sent, for example `{app="web"}`. */
  readonly labels: string
  readonly entries: readonly PushEntry[]
}

/** Decodes a serialized PushRequest (see `push-encoder.ts` for its fields); a sentence when it is not one. */
export function decodePush(bytes: Uint8Array): readonly DecodedStream[] | { readonly malformed: string } {
  const streams: DecodedStream[] = []
  const reader = new ProtobufReader(bytes)
  while (reader.next()) {
    if (reader.field === 1) reader.message(() => streams.push(readStream(reader)))
    else reader.skip()
  }
  return reader.malformed === undefined ? streams : { malformed: reader.malformed }
}

function readStream(reader: ProtobufReader): DecodedStream {
  let labels = ''
  const entries: PushEntry[] = []
  while (reader.next()) {
    if (reader.field === 1) labels = reader.string()
    else if (reader.field === 2) reader.message(() => entries.push(readEntry(reader)))
    else reader.skip()
  }
  return { labels, entries }
}

function readEntry(reader: ProtobufReader): PushEntry {
  let seconds = 0
  let nanos = 0
  let line: Uint8Array = new Uint8Array(0)
  const metadata: (readonly [string, string])[] = []
  while (reader.next()) {
    if (reader.field === 1) {
      reader.message(() => {
        while (reader.next()) {
          if (reader.field === 1) seconds = reader.int()
          else if (reader.field === 2) nanos = reader.int()
          else reader.skip()
        }
      })
    } else if (reader.field === 2) line = reader.bytesField()
    else if (reader.field === 3) reader.message(() => metadata.push(readLabelPair(reader)))
    else reader.skip()
  }
  return { seconds, nanos, line, metadata }
}
