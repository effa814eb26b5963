import type { OtlpKind } from '../../signal/otlp-batch.ts'
import { ProtobufWriter } from '../protobuf/writer.ts'
import { halvesOf, parseDecimal64 } from './decimal64.ts'
import type { Halves } from './decimal64.ts'
import { requestSchemas } from './schema.ts'
import type { FieldSchema, MessageSchema, ScalarType } from './schema.ts'

/** A request as protobuf, or where and why the JSON does not fit. */
export type FromJson = { readonly bytes: Uint8Array } | { readonly problem: string }

const deepestNesting = 100

/**
 * Translates an OTLP/JSON export request to protobuf: lowerCamelCase and original field names, hex ids, 64-bit integers
 * as text or number, enums as numbers or names of no known meaning refused, unknown fields ignored, null as absent.
 */
export function requestFromJson(kind: OtlpKind, text: string): FromJson {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return { problem: `the body is not JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
  const writer = new ProtobufWriter(Math.max(256, text.length >> 1))
  try {
    writeMessage(writer, requestSchemas[kind], json, '', 0)
  } catch (error) {
    if (error instanceof Misfit) return { problem: error.message }
    throw error
  }
  return { bytes: writer.finish() }
}

class Misfit extends Error {}

function writeMessage(writer: ProtobufWriter, schema: MessageSchema, json: unknown, path: string, depth: number): void {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new Misfit(`${path || 'the request'} should be an object (${schema.name})`)
  }
  if (depth > deepestNesting) throw new Misfit(`${path} is nested deeper than ${deepestNesting} levels`)
  for (const [name, value] of Object.entries(json)) {
    const field = schema.fields.get(name) ?? schema.fields.get(camelCase(name))
    if (field === undefined || value === null) continue
    const at = path === '' ? name : `${path}.${name}`
    if (!field.repeated) {
      writeField(writer, field, value, at, depth)
      continue
    }
    if (!Array.isArray(value)) throw new Misfit(`${at} should be an array`)
    if (typeof field.type === 'function' || field.type === 'string') {
      value.forEach((item, index) => writeField(writer, field, item, `${at}[${index}]`, depth))
    } else if (value.length > 0) {
      const packed = writer.begin(field.number)
      for (let index = 0; index < value.length; index++) writeBare(writer, field.type, value[index], `${at}[${index}]`)
      writer.end(packed)
    }
  }
}

function camelCase(name: string): string {
  return name.includes('_') ? name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) : name
}

function writeField(writer: ProtobufWriter, field: FieldSchema, value: unknown, at: string, depth: number): void {
  const { number, type } = field
  if (typeof type === 'function') {
    const open = writer.begin(number)
    writeMessage(writer, type(), value, at, depth + 1)
    writer.end(open)
    return
  }
  switch (type) {
    case 'string':
      if (typeof value !== 'string') throw new Misfit(`${at} should be a string`)
      writer.string(number, value)
      return
    case 'id':
    case 'bytes':
      writer.bytesField(number, bytesOf(type, value, at))
      return
    case 'double':
    case 'fixed64':
    case 'sfixed64':
      writer.tag(number, 1)
      break
    case 'fixed32':
      writer.tag(number, 5)
      break
    default:
      writer.tag(number, 0)
  }
  writeBare(writer, type, value, at)
}

/** A scalar without its tag. */
function writeBare(writer: ProtobufWriter, type: ScalarType, value: unknown, at: string): void {
  switch (type) {
    case 'bool':
      if (typeof value !== 'boolean') throw new Misfit(`${at} should be true or false`)
      writer.varint(value ? 1 : 0)
      return
    case 'double':
      writer.rawDouble(doubleOf(value, at))
      return
    case 'fixed64':
    case 'sfixed64': {
      const { high, low } = integerOf(value, at)
      writer.rawFixed64(high, low)
      return
    }
    case 'int64':
    case 'uint64':
    case 'int32':
    case 'uint32':
    case 'enum': {
      const { high, low } = integerOf(value, at)
      writer.varint64(high, low)
      return
    }
    case 'sint32': {
      const { low } = integerOf(value, at)
      writer.zigzag(low | 0)
      return
    }
    case 'fixed32': {
      const { low } = integerOf(value, at)
      writer.rawFixed32(low)
      return
    }
    default:
      throw new Misfit(`${at} cannot be repeated`)
  }
}

function integerOf(value: unknown, at: string): Halves {
  const halves =
    typeof value === 'number' ? halvesOf(value) : typeof value === 'string' ? parseDecimal64(value) : undefined
  if (halves === undefined) throw new Misfit(`${at} should be an integer, as a number or as text`)
  return halves
}

function doubleOf(value: unknown, at: string): number {
  if (typeof value === 'number') return value
  if (value === 'NaN') return NaN
  if (value === 'Infinity') return Infinity
  if (value === '-Infinity') return -Infinity
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN
  if (Number.isNaN(parsed)) throw new Misfit(`${at} should be a number`)
  return parsed
}

function bytesOf(type: 'id' | 'bytes', value: unknown, at: string): Uint8Array {
  if (typeof value !== 'string') throw new Misfit(`${at} should be text`)
  if (type === 'bytes') {
    if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(value)) throw new Misfit(`${at} should be base64`)
    return Buffer.from(value, 'base64')
  }
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(value)) throw new Misfit(`${at} should be an id in hexadecimal`)
  return Buffer.from(value, 'hex')
}
