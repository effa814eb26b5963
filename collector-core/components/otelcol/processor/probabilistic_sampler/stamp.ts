import { ProtobufWriter } from '../../../../wire/protobuf/writer.ts'
import { itemField } from '../../../../wire/otlp/layout.ts'
import { formatRandomness, formatThreshold } from './randomness.ts'
import type { Word56 } from './randomness.ts'
import type { ItemLayout } from './item-scan.ts'
import { emptyState, formatTraceState } from './trace-state.ts'
import type { SamplingState } from './trace-state.ts'

/** Log record attributes that hold what spans hold in their trace state. */
export const randomnessKey = 'sampling.randomness'
export const thresholdKey = 'sampling.threshold'

const placeholder: Word56 = { high: 0x1234567, low: 0x89abcde }
/** The two digits of each byte. */
const hexPairs = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0')).join(''))
const itemTag = (itemField << 3) | 2
/** The tag and the longest varint of a size. */
const longestHead = 6

/**
 * The bytes that tell how an item was sampled, appended to items that tell nothing of it yet: all the same but for the
 * digits of the randomness, where that is told at all.
 */
export class Stamp {
  private readonly bytes: Uint8Array
  private readonly randomnessAt: number

  constructor(layout: ItemLayout, threshold: Word56, withRandomness: boolean) {
    const writer = new ProtobufWriter()
    writeState(writer, layout, {
      ...emptyState,
      randomness: withRandomness ? { value: placeholder, text: formatRandomness(placeholder) } : undefined,
      threshold: { value: threshold, text: formatThreshold(threshold) },
    })
    this.bytes = writer.finish()
    this.randomnessAt = Buffer.from(this.bytes).indexOf(formatRandomness(placeholder))
  }

  /** Writes the item `[start..end)` of what `output` holds as a field, the stamp at its end. */
  append(output: ProtobufWriter, start: number, end: number, high: number, low: number): void {
    const { bytes: stamp, randomnessAt } = this
    const size = end - start + stamp.length
    output.reserve(size + longestHead)
    const { bytes } = output
    let at = output.length
    bytes[at++] = itemTag
    let rest = size
    for (; rest > 0x7f; rest >>>= 7) bytes[at++] = (rest & 0x7f) | 0x80
    bytes[at++] = rest
    bytes.copyWithin(at, start, end)
    at += end - start
    for (let i = 0; i < stamp.length; i++) bytes[at + i] = stamp[i]
    output.length = at + stamp.length
    if (randomnessAt < 0) return
    writeHex(bytes, at + randomnessAt, high, low)
  }
}

/** Writes the 14 digits of a 56-bit number. */
function writeHex(bytes: Uint8Array, at: number, high: number, low: number): void {
  const pairs = hexPairs
  const middle = ((high & 0xf) << 4) | (low >>> 24)
  for (let i = 0; i < 7; i++) {
    const byte = i < 3 ? (high >>> (20 - 8 * i)) & 0xff : i === 3 ? middle : (low >>> (48 - 8 * i)) & 0xff
    bytes[at + 2 * i] = pairs[2 * byte]
    bytes[at + 2 * i + 1] = pairs[2 * byte + 1]
  }
}

/** Writes a trace state field, or the two attributes of a log record. */
export function writeState(writer: ProtobufWriter, layout: ItemLayout, state: SamplingState): void {
  if (layout.traceState !== undefined) {
    writer.string(layout.traceState, formatTraceState(state))
    return
  }
  if (state.randomness) writeAttribute(writer, layout.attributes, randomnessKey, state.randomness.text)
  if (state.threshold) writeAttribute(writer, layout.attributes, thresholdKey, state.threshold.text)
}

/** KeyValue {1 key string, 2 value AnyValue {1 string_value}}. */
function writeAttribute(writer: ProtobufWriter, field: number, key: string, value: string): void {
  const attribute = writer.begin(field)
  writer.string(1, key)
  const any = writer.begin(2)
  writer.string(1, value)
  writer.end(any)
  writer.end(attribute)
}
