// Between values of the language and plain JavaScript.

import { floatValue, integerValue, intValue } from './number.ts'
import { Secret } from './secret.ts'
import {
  arrayValue,
  boolValue,
  bytesValue,
  capsuleValue,
  nullValue,
  objectValue,
  secretValue,
  stringValue,
} from './value.ts'
import type { Value } from './value.ts'

/**
 * The plain JavaScript form: null, booleans, numbers (bigint for integers beyond 2^53), strings, arrays, objects without
 * a prototype, `Secret`, and for other capsules the host value. A function stays a `FunctionValue`.
 */
export function toPlain(value: Value): unknown {
  switch (value.kind) {
    case 'null':
      return null
    case 'bool':
      return value.value
    case 'number': {
      const number = Number(value.value)
      return value.type === 'float64' || Number.isSafeInteger(number) ? number : value.value
    }
    case 'string':
      return value.text
    case 'array':
      return value.elements.map(toPlain)
    case 'object': {
      const plain = Object.create(null) as Record<string, unknown>
      for (const [key, field] of value.fields) plain[key] = toPlain(field)
      return plain
    }
    case 'function':
      return value
    case 'capsule':
      return value.value
  }
}

/**
 * The value of plain JavaScript: whole numbers become integers, `undefined` becomes null, maps and plain objects become
 * objects, and anything with behaviour becomes a capsule named after its class.
 */
export function fromPlain(plain: unknown): Value {
  switch (typeof plain) {
    case 'undefined':
      return nullValue
    case 'boolean':
      return boolValue(plain)
    case 'number':
      return Number.isSafeInteger(plain) && !Object.is(plain, -0) ? intValue(plain) : floatValue(plain)
    case 'bigint':
      return integerValue(plain)
    case 'string':
      return stringValue(plain)
    case 'object':
      return plain === null ? nullValue : fromObject(plain)
    default:
      return capsuleValue(typeof plain, plain)
  }
}

function fromObject(plain: object): Value {
  if (plain instanceof Secret) return secretValue(plain)
  if (plain instanceof Uint8Array) return bytesValue(plain)
  if (Array.isArray(plain)) return arrayValue(plain.map(fromPlain))
  if (plain instanceof Map) {
    return objectValue([...(plain as Map<unknown, unknown>)].map(([key, value]) => [String(key), fromPlain(value)]))
  }
  const prototype = Object.getPrototypeOf(plain) as object | null
  if (prototype === null || prototype === Object.prototype) {
    return objectValue(Object.entries(plain).map(([key, value]) => [key, fromPlain(value)]))
  }
  return capsuleValue(plain.constructor.name, plain)
}
