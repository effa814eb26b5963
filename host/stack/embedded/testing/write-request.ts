import { staleNaNBits } from '../../../../collector-core/signal/metric-batch.ts'
import { ProtobufWriter } from '../../../../collector-core/wire/protobuf/writer.ts'
import { compress } from '../../../../collector-core/wire/snappy/compress.ts'

/** Stands for a staleness marker, whose bits a number in JavaScript does not keep for certain. */
export const stale = Symbol('stale')

/** A series to write; samples are time in milliseconds and value. */
export interface SeriesToWrite {
  readonly labels: Readonly<Record<string, string>>
  readonly samples: readonly (readonly [time: number, value: number | typeof stale])[]
}

/** A remote-write 1.0 request as it goes over the wire. */
export function writeRequest(series: readonly SeriesToWrite[]): Uint8Array<ArrayBuffer> {
  const writer = new ProtobufWriter()
  for (const { labels, samples } of series) {
    const one = writer.begin(1)
    writer.raw(encodedLabels(labels))
    for (const [time, value] of samples) {
      const sample = writer.begin(2)
      if (value === stale) writer.fixed64(1, staleNaNBits.high, staleNaNBits.low)
      else writer.double(1, value)
      writer.int(2, time)
      writer.end(sample)
    }
    writer.end(one)
  }
  return new Uint8Array(compress(writer.finish()))
}

const encoded = new WeakMap<SeriesToWrite['labels'], Uint8Array>()

/** The same labels object is encoded once: loads write it again and again. */
function encodedLabels(labels: SeriesToWrite['labels']): Uint8Array {
  const known = encoded.get(labels)
  if (known !== undefined) return known
  const writer = new ProtobufWriter()
  for (const [name, value] of Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const pair = writer.begin(1)
    writer.string(1, name)
    writer.string(2, value)
    writer.end(pair)
  }
  const bytes = writer.finish().slice()
  encoded.set(labels, bytes)
  return bytes
}
