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
const hexDigits = Buffer.from('0123456789abcdef')

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
    const size = end - start + this.bytes.length
    output.tag(itemField, 2)
    output.varint(size)
    output.again(start, end)
    const at = output.length + this.randomnessAt
    output.few(this.bytes)
    if (this.randomnessAt < 0) return
    const { bytes } = output
    for (let i = 0; i < 7; i++) {
      bytes[at + i] = hexDigits[(high >>> (24 - 4 * i)) & 0xf]
      bytes[at + 7 + i] = hexDigits[(low >>> (24 - 4 * i)) & 0xf]
    }
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
