import type { OtlpKind } from '../../signal/otlp-batch.ts'
import { ProtobufReader } from '../protobuf/reader.ts'
import { formatDecimal64 } from './decimal64.ts'
import { requestSchemas } from './schema.ts'
import type { MessageSchema, ScalarType } from './schema.ts'

/** A decoded message: OTLP/JSON as plain data, unknown fields left out. */
export type JsonMessage = Record<string, unknown>

/** Decodes a protobuf export request into OTLP/JSON; undefined when it is malformed. */
export function requestToJson(kind: OtlpKind, request: Uint8Array): JsonMessage | undefined {
  return messageToJson(requestSchemas[kind], request)
}

/** Decodes any message of the schema; undefined when it is malformed. */
export function messageToJson(schema: MessageSchema, bytes: Uint8Array): JsonMessage | undefined {
  const reader = new ProtobufReader(bytes)
  const json = readMessage(reader, schema)
  return reader.malformed === undefined ? json : undefined
}

const byNumber = new WeakMap<MessageSchema, Map<number, string>>()

function nameOf(schema: MessageSchema, number: number): string | undefined {
  let names = byNumber.get(schema)
  if (names === undefined) {
    names = new Map([...schema.fields].map(([name, field]) => [field.number, name]))
    byNumber.set(schema, names)
  }
  return names.get(number)
}

const deepestNesting = 100

function readMessage(reader: ProtobufReader, schema: MessageSchema, depth = 0): JsonMessage {
  const out: JsonMessage = {}
  if (depth > deepestNesting) {
    reader.fail(`the message is nested deeper than ${deepestNesting} levels`)
    return out
  }
  while (reader.next()) {
    const name = nameOf(schema, reader.field)
    if (name === undefined) {
      reader.skip()
      continue
    }
    const { type, repeated } = schema.fields.get(name)!
    if (typeof type === 'function') {
      reader.message(() => {
        const value = readMessage(reader, type(), depth + 1)
        if (repeated) list(out, name).push(value)
        else out[name] = value
      })
    } else if (!repeated) out[name] = readScalar(reader, type)
    else if (type === 'string') list(out, name).push(reader.string())
    else reader.packed(() => list(out, name).push(readBare(reader, type)))
  }
  return out
}

function list(out: JsonMessage, name: string): unknown[] {
  return (out[name] ??= []) as unknown[]
}

function readScalar(reader: ProtobufReader, type: ScalarType): unknown {
  switch (type) {
    case 'string':
      return reader.string()
    case 'bytes':
      return Buffer.from(reader.bytesField()).toString('base64')
    case 'id':
      return Buffer.from(reader.bytesField()).toString('hex')
    case 'bool':
      return reader.bool()
    case 'double':
      return doubleToJson(reader.double())
    case 'fixed32':
      return reader.fixed32()
    case 'fixed64':
    case 'sfixed64':
      reader.fixed64()
      return formatDecimal64(reader, type === 'sfixed64')
    case 'int64':
    case 'uint64':
      reader.uint()
      return formatDecimal64(reader, type === 'int64')
    case 'sint32':
      return reader.sint()
    case 'int32':
      return reader.int()
    case 'uint32':
    case 'enum':
      return reader.uint()
  }
}

/** An element of a packed field; only the types that occur packed in OTLP. */
function readBare(reader: ProtobufReader, type: ScalarType): unknown {
  if (type === 'double') return doubleToJson(reader.bareDouble())
  if (type === 'fixed64') reader.bareDouble()
  else reader.bareUint()
  return formatDecimal64(reader, false)
}

function doubleToJson(value: number): number | string {
  if (Number.isFinite(value)) return value
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity'
}
