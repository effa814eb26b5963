// Reads remote-write 1.0 requests knowing that the same series come again and again: their label bytes are looked up as
// they are, and only what has not been seen is decoded.
import type { Labels } from '../../../../collector-core/signal/labels.ts'
import { ProtobufReader } from '../../../../collector-core/wire/protobuf/reader.ts'
import { decodeRequest, readSample } from '../../../../collector-core/wire/remote_write/decode-request.ts'
import type {
  DecodedRequest,
  DecodedSample,
  DecodedSeries,
} from '../../../../collector-core/wire/remote_write/decode-request.ts'

const mostKnown = 400_000
const nothing: readonly never[] = []

/** Decodes what `decodeRequest` decodes of version 1, faster for series it has seen before. */
export class WriteRequestReader {
  private readonly known = new Map<string, Labels>()

  read(bytes: Uint8Array): DecodedRequest | { readonly malformed: string } {
    const reader = new ProtobufReader(bytes)
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    const series: DecodedSeries[] = []
    const rest: Uint8Array[] = []
    for (let begin = 0; reader.next(); begin = reader.position) {
      if (reader.field !== 1) {
        reader.skip()
        rest.push(bytes.subarray(begin, reader.position))
        continue
      }
      reader.message(() => {
        const simple = this.readSimple(reader, text)
        if (simple !== undefined) series.push(simple)
        else rest.push(bytes.subarray(begin, reader.end))
      })
    }
    if (reader.malformed !== undefined) return { malformed: reader.malformed }
    if (rest.length === 0) return { series, metadata: nothing }
    const others = decodeRequest(rest.length === 1 ? rest[0] : Buffer.concat(rest), 1)
    if ('malformed' in others) return others
    return { series: [...series, ...others.series], metadata: others.metadata }
  }

  /** TimeSeries: 1 labels, 2 samples. Undefined for a series that has anything else, or labels not seen before. */
  private readSimple(reader: ProtobufReader, text: Buffer): DecodedSeries | undefined {
    const start = reader.position
    let end = start
    const samples: DecodedSample[] = []
    while (reader.next()) {
      if (reader.field === 1 && samples.length === 0) {
        reader.skip()
        end = reader.position
      } else if (reader.field === 2) reader.message(() => samples.push(readSample(reader)))
      else return undefined
    }
    const key = text.toString('latin1', start, end)
    const labels = this.known.get(key) ?? this.learn(key, text, start, end)
    return labels && { labels, samples, exemplars: nothing, histograms: nothing, metadata: undefined }
  }

  private learn(key: string, text: Buffer, start: number, end: number): Labels | undefined {
    const length: number[] = []
    for (let left = end - start; ; left = Math.floor(left / 128)) {
      length.push(left >= 128 ? (left % 128) | 128 : left)
      if (left < 128) break
    }
    const decoded = decodeRequest(Buffer.concat([Uint8Array.of(0x0a, ...length), text.subarray(start, end)]), 1)
    if ('malformed' in decoded) return undefined
    if (this.known.size >= mostKnown) this.known.clear()
    const [{ labels }] = decoded.series
    this.known.set(key, labels)
    return labels
  }
}
