import { ProtobufReader } from '../../../../wire/protobuf/reader.ts'
import { formatDecimal64 } from '../../../../wire/otlp/decimal64.ts'

/** A scalar attribute value as sampling looks at it. */
export type AttributeValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number; readonly text: string }
  | { readonly kind: 'bool'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }

/**
 * The value of the attribute in `bytes[start..end)`; undefined when it is malformed, empty, or not a scalar.
 *
 *   KeyValue  2 value AnyValue
 *   AnyValue  1 string_value  2 bool_value  3 int_value int64  4 double_value  7 bytes_value
 */
export function attributeValue(bytes: Uint8Array, start: number, end: number): AttributeValue | undefined {
  const reader = new ProtobufReader(bytes, start, end)
  let value: AttributeValue | undefined
  while (reader.next()) {
    if (reader.field === 2) reader.message(() => (value = anyValue(reader) ?? value))
    else reader.skip()
  }
  return reader.malformed === undefined ? value : undefined
}

function anyValue(reader: ProtobufReader): AttributeValue | undefined {
  let value: AttributeValue | undefined
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        value = { kind: 'text', text: reader.string() }
        break
      case 2:
        value = { kind: 'bool', text: String(reader.bool()) }
        break
      case 3: {
        const number = reader.int()
        value = { kind: 'number', number, text: formatDecimal64(reader, true) }
        break
      }
      case 4: {
        const number = reader.double()
        value = { kind: 'number', number, text: String(number) }
        break
      }
      case 7:
        value = { kind: 'bytes', bytes: reader.bytesField() }
        break
      default:
        reader.skip()
    }
  }
  return value
}

/** The bytes a hash is taken over: raw ones as they are, everything else as text. */
export function hashedBytes(value: AttributeValue): Uint8Array {
  return value.kind === 'bytes' ? value.bytes : Buffer.from(value.text)
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** The number of a value, also of text that spells one. */
export function numberOf(value: AttributeValue | undefined): number | undefined {
  if (value?.kind === 'number') return value.number
  return value?.kind === 'text' && decimal.test(value.text) ? Number(value.text) : undefined
}
