// What an expression can be worth. Values are immutable; every constructor gives a new object.

import { textOf } from './byte-text.ts'
import type { NumberValue } from './number.ts'
import { intValue } from './number.ts'
import { Secret } from './secret.ts'
import type { FunctionSignature, Invoke } from './function-signature.ts'

/** Any value of the language. */
export type Value =
  NullValue | BoolValue | NumberValue | StringValue | ArrayValue | ObjectValue | FunctionValue | CapsuleValue

/** The absence of a value. */
export interface NullValue {
  readonly kind: 'null'
}

/** True or false. */
export interface BoolValue {
  readonly kind: 'bool'
  readonly value: boolean
}

/** A byte string, held as `byte-text.ts` says. */
export interface StringValue {
  readonly kind: 'string'
  readonly text: string
}

/** A list. One made of raw bytes also carries them, so that it can become a string where a string is wanted. */
export interface ArrayValue {
  readonly kind: 'array'
  readonly elements: readonly Value[]
  readonly bytes?: Uint8Array
}

/** A record; any string may be a key, `__proto__` too. */
export interface ObjectValue {
  readonly kind: 'object'
  readonly fields: ReadonlyMap<string, Value>
}

/** A function of the standard library. */
export interface FunctionValue {
  readonly kind: 'function'
  readonly signature: FunctionSignature
  readonly invoke: Invoke
}

/** A value of the host the language cannot look into, named by the host's name of its type. */
export interface CapsuleValue {
  readonly kind: 'capsule'
  readonly type: string
  readonly value: unknown
  /** Present when the capsule can be read like an object. */
  readonly asObject?: () => ReadonlyMap<string, Value>
  /** Equality of the host values; identity when absent. */
  readonly equals?: (other: unknown) => boolean
}

/** The null value. */
export const nullValue: NullValue = { kind: 'null' }

/** A bool. */
export function boolValue(value: boolean): BoolValue {
  return { kind: 'bool', value }
}

/** A string. */
export function stringValue(text: string): StringValue {
  return { kind: 'string', text }
}

/** A list. */
export function arrayValue(elements: readonly Value[]): ArrayValue {
  return { kind: 'array', elements }
}

/** A list of numbers that stands for raw bytes. */
export function bytesValue(bytes: Uint8Array): ArrayValue {
  return { kind: 'array', elements: Array.from(bytes, (byte) => intValue(byte)), bytes }
}

/** A record; later entries win over earlier ones of the same key. */
export function objectValue(fields: Iterable<readonly [string, Value]>): ObjectValue {
  return { kind: 'object', fields: new Map(fields) }
}

/** A host value that the language can pass on but not look into. */
export function capsuleValue(
  type: string,
  value: unknown,
  options: { readonly asObject?: CapsuleValue['asObject']; readonly equals?: CapsuleValue['equals'] } = {},
): CapsuleValue {
  return { kind: 'capsule', type, value, ...options }
}

/** A secret; one that is not masked is an optional secret holding plain text. */
export function secretValue(secret: Secret | string): CapsuleValue {
  const value = typeof secret === 'string' ? new Secret(secret) : secret
  return capsuleValue(value.masked ? 'secret' : 'optional_secret', value)
}

/** An optional secret, masked or plain. */
export function optionalSecretValue(text: string, masked: boolean): CapsuleValue {
  return capsuleValue('optional_secret', new Secret(text, { masked }))
}

/** The secret inside a value, if it is one, optional or not. */
export function secretIn(value: Value): Secret | undefined {
  return value.kind === 'capsule' && value.value instanceof Secret ? value.value : undefined
}

/** True when a masked secret stands anywhere inside the value. */
export function holdsSecret(value: Value): boolean {
  if (value.kind === 'array') return value.elements.some(holdsSecret)
  if (value.kind === 'object') return [...value.fields.values()].some(holdsSecret)
  return secretIn(value)?.masked === true
}

/** The fields of an object, or of a capsule that can be read like one. */
export function fieldsOf(value: Value): ReadonlyMap<string, Value> | undefined {
  if (value.kind === 'object') return value.fields
  return value.kind === 'capsule' ? value.asObject?.() : undefined
}

/** The text of a string, or of raw bytes. */
export function textIn(value: Value): string | undefined {
  if (value.kind === 'string') return value.text
  return value.kind === 'array' && value.bytes !== undefined ? textOf(value.bytes) : undefined
}

/** The name of a value's type as users know it; of a capsule, the host's name. */
export function typeName(value: Value): string {
  return value.kind === 'capsule' ? value.type.replace('optional_', '') : value.kind
}
