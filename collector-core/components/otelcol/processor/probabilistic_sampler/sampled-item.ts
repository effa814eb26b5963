// What sampling needs of a span or log record, read in place, and the item with its sampling information written back.
import { ProtobufWriter } from '../../../../wire/protobuf/writer.ts'
import { ProtobufReader } from '../../../../wire/protobuf/reader.ts'
import { walkFields } from '../../../../wire/protobuf/walk.ts'
import { formatRandomness, formatThreshold, parseRandomness, parseThreshold } from './randomness.ts'
import { emptyTraceState, formatTraceState, parseTraceState } from './trace-state.ts'
import type { TraceState } from './trace-state.ts'

/** Where the fields lie that spans and log records keep in different places. */
export interface ItemLayout {
  readonly traceId: number
  readonly attributes: number
  /** Field of the trace state; log records have none and keep the information in attributes. */
  readonly traceState: number | undefined
}

/** Span: 1 trace_id, 3 trace_state, 9 attributes. */
export const spanLayout: ItemLayout = { traceId: 1, attributes: 9, traceState: 3 }
/** LogRecord: 9 trace_id, 6 attributes. */
export const logLayout: ItemLayout = { traceId: 9, attributes: 6, traceState: undefined }

const randomnessKey = 'sampling.randomness'
const thresholdKey = 'sampling.threshold'

/** A byte range of the request. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** One item as read; `traceState` is undefined when what is there cannot be used. */
export interface SampledItem {
  readonly traceId: Range
  readonly traceState: TraceState | undefined
  attribute(key: string): AttributeValue | undefined
}

/** A scalar attribute: its bytes as hashed, and its number where it is one. */
export interface AttributeValue {
  readonly bytes: Uint8Array
  readonly number: number | undefined
}

export function readItem(bytes: Uint8Array, start: number, end: number, layout: ItemLayout): SampledItem {
  let traceId: Range = { start, end: start }
  let state: Range | undefined
  const attributes: Range[] = []
  walkFields(bytes, start, end, (field, wire, from, to) => {
    if (wire !== 2) return undefined
    if (field === layout.traceId) traceId = { start: from, end: to }
    else if (field === layout.attributes) attributes.push({ start: from, end: to })
    else if (field === layout.traceState) state = { start: from, end: to }
    return undefined
  })
  const attribute = (key: string): AttributeValue | undefined => {
    const range = attributes.find((candidate) => hasKey(bytes, candidate, key))
    return range && attributeValue(bytes, range)
  }
  const traceState =
    layout.traceState === undefined
      ? attributeState(attribute(randomnessKey), attribute(thresholdKey))
      : state === undefined
        ? emptyTraceState
        : parseTraceState(Buffer.from(bytes.buffer, bytes.byteOffset + state.start, state.end - state.start).toString())
  return { traceId, traceState, attribute }
}

function attributeState(
  randomness: AttributeValue | undefined,
  threshold: AttributeValue | undefined,
): TraceState | undefined {
  if (randomness === undefined && threshold === undefined) return emptyTraceState
  const state = {
    ...emptyTraceState,
    randomness: randomness && parseRandomness(Buffer.from(randomness.bytes).toString()),
    threshold: threshold && parseThreshold(Buffer.from(threshold.bytes).toString()),
  }
  const usable = (randomness === undefined) === (state.randomness === undefined)
  return usable && (threshold === undefined) === (state.threshold === undefined) ? state : undefined
}

/** The item with `state` in place of what it carried. */
export function withState(bytes: Uint8Array, { start, end }: Range, layout: ItemLayout, state: TraceState): Uint8Array {
  const writer = new ProtobufWriter(end - start + 64)
  walkFields(bytes, start, end, (field, wire, from, to, begin) => {
    const range = { start: from, end: to }
    const replaced =
      field === layout.traceState ||
      (layout.traceState === undefined &&
        field === layout.attributes &&
        wire === 2 &&
        (hasKey(bytes, range, randomnessKey) || hasKey(bytes, range, thresholdKey)))
    if (!replaced) writer.raw(bytes.subarray(begin, to))
    return undefined
  })
  if (layout.traceState !== undefined) writer.string(layout.traceState, formatTraceState(state))
  else {
    if (state.randomness) writeAttribute(writer, layout.attributes, randomnessKey, formatRandomness(state.randomness))
    if (state.threshold) writeAttribute(writer, layout.attributes, thresholdKey, formatThreshold(state.threshold))
  }
  return writer.finish()
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

function hasKey(bytes: Uint8Array, { start, end }: Range, key: string): boolean {
  let found = false
  walkFields(bytes, start, end, (field, wire, from, to) => {
    if (field !== 1 || wire !== 2) return undefined
    found = to - from === key.length
    for (let i = 0; found && i < key.length; i++) found = bytes[from + i] === key.charCodeAt(i)
    return false
  })
  return found
}

/** AnyValue {1 string_value, 2 bool_value, 3 int_value int64, 4 double_value, 7 bytes_value}; others are no scalar. */
function attributeValue(bytes: Uint8Array, { start, end }: Range): AttributeValue | undefined {
  const reader = new ProtobufReader(bytes, start, end)
  let value: AttributeValue | undefined
  const text = (content: string, number: number | undefined): AttributeValue => ({
    bytes: Buffer.from(content),
    number,
  })
  while (reader.next()) {
    if (reader.field !== 2) {
      reader.skip()
      continue
    }
    reader.message(() => {
      while (reader.next()) {
        if (reader.field === 1) {
          const content = reader.string()
          value = text(content, content.trim() === '' || Number.isNaN(Number(content)) ? undefined : Number(content))
        } else if (reader.field === 2) value = text(String(reader.bool()), undefined)
        else if (reader.field === 3) {
          const number = reader.int()
          value = text(String(number), number)
        } else if (reader.field === 4) {
          const number = reader.double()
          value = text(String(number), number)
        } else if (reader.field === 7) value = { bytes: reader.bytesField(), number: undefined }
        else reader.skip()
      }
    })
  }
  return reader.malformed === undefined ? value : undefined
}
