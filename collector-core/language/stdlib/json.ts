// JSON to values and back, as Alloy's standard library has it: every number read is a double, and what is written is safe
// inside HTML.

import { compareText, wellFormed } from '../byte-text.ts'
import { jsonError } from './json-error.ts'
import { floatValue } from '../number.ts'
import { fromPlain } from '../plain-value.ts'
import { secretIn } from '../value.ts'
import { arrayValue, boolValue, nullValue, objectValue, stringValue } from '../value.ts'
import type { Value } from '../value.ts'

/** How deep JSON may be nested. */
export const deepestJson = 1000

/** A value, or a sentence about what is wrong with the text or the value. */
export type JsonResult<T> = { readonly result: T } | { readonly problem: JsonProblem }

/** A complaint; the message continues a sentence, `path` leads to the part of the value at fault. */
export interface JsonProblem {
  readonly code: string
  readonly message: string
  readonly path?: readonly (string | number)[]
}

/** Parses JSON text; `integers` keeps whole numbers as integers instead of doubles. */
export function readJson(text: string, options: { readonly integers?: boolean } = {}): JsonResult<Value> {
  let plain: unknown
  try {
    plain = JSON.parse(wellFormed(text))
  } catch {
    return { problem: { code: 'bad-json', message: `is not JSON: ${jsonError(text)}` } }
  }
  try {
    return { result: valueOf(plain, options.integers ?? false, 0) }
  } catch (error) {
    if (!(error instanceof UnfitJson)) throw error
    return { problem: { code: 'bad-json', message: error.message } }
  }
}

class UnfitJson extends Error {}

function valueOf(plain: unknown, integers: boolean, depth: number): Value {
  if (depth > deepestJson) throw new UnfitJson(`is JSON nested deeper than ${deepestJson} levels`)
  switch (typeof plain) {
    case 'boolean':
      return boolValue(plain)
    case 'number':
      if (!Number.isFinite(plain))
        throw new UnfitJson('is JSON with a number larger than any (the limit is about 1.8e308)')
      return integers ? fromPlain(plain) : floatValue(plain)
    case 'string':
      return stringValue(wellFormed(plain))
    default:
      if (typeof plain !== 'object' || plain === null) return nullValue
      if (Array.isArray(plain)) return arrayValue(plain.map((element) => valueOf(element, integers, depth + 1)))
      return objectValue(
        Object.entries(plain).map(([key, field]) => [wellFormed(key), valueOf(field, integers, depth + 1)]),
      )
  }
}

/**
 * The fields as compact JSON with sorted keys and `<`, `>`, `&` escaped. Refuses what JSON cannot hold, and secrets: they
 * would end up in a plain string.
 */
export function writeJson(fields: ReadonlyMap<string, Value>): JsonResult<string> {
  try {
    return { result: write({ kind: 'object', fields }, []) }
  } catch (error) {
    if (!(error instanceof UnwritableValue)) throw error
    return { problem: error.problem }
  }
}

class UnwritableValue extends Error {
  readonly problem: JsonProblem

  constructor(problem: JsonProblem) {
    super(problem.message)
    this.problem = problem
  }
}

function write(value: Value, path: readonly (string | number)[]): string {
  switch (value.kind) {
    case 'null':
      return 'null'
    case 'bool':
      return String(value.value)
    case 'number':
      if (value.type === 'float64' && !Number.isFinite(value.value))
        throw unwritable(path, `is ${value.value}, which JSON cannot hold`)
      return Object.is(value.value, -0) ? '-0' : value.value.toString()
    case 'string':
      return writeText(value.text)
    case 'array':
      return `[${value.elements.map((element, index) => write(element, [...path, index])).join(',')}]`
    case 'object':
      return writeFields(value.fields, path)
    case 'function':
      throw unwritable(path, 'is a function, which JSON cannot hold')
    case 'capsule': {
      const secret = secretIn(value)
      if (secret?.masked === false) return writeText(secret.reveal())
      if (secret) {
        const message = 'is a secret that would appear in the text: wrap it in convert.nonsensitive if it may be seen'
        throw new UnwritableValue({ code: 'secret-as-string', message, path })
      }
      const fields = value.asObject?.()
      if (fields === undefined) throw unwritable(path, `is a ${value.type}, which JSON cannot hold`)
      return writeFields(fields, path)
    }
  }
}

function unwritable(path: readonly (string | number)[], message: string): UnwritableValue {
  return new UnwritableValue({ code: 'not-json', message, path })
}

function writeFields(fields: ReadonlyMap<string, Value>, path: readonly (string | number)[]): string {
  const sorted = [...fields].sort(([a], [b]) => compareText(a, b))
  return `{${sorted.map(([key, field]) => `${writeText(key)}:${write(field, [...path, key])}`).join(',')}}`
}

function writeText(text: string): string {
  const escaped = JSON.stringify(text).replaceAll(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  // JSON.stringify spells lone surrogates, which stand for stray bytes, as \udcXX.
  return escaped.replaceAll(/(?<!\\)((?:\\\\)*)\\ud[c-f][\da-f]{2}/g, '$1\\ufffd')
}
