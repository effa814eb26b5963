// From the text of a literal to its value. The scanner has already complained about broken escapes; here they stand for
// themselves.

import type { Literal } from './ast.ts'
import { bytesOf, isValidText, textOf } from './byte-text.ts'
import type { Diagnostic } from './diagnostic.ts'
import { letterEscapes } from './string-escapes.ts'
import type { NumberValue } from './number.ts'
import { floatValue, integerValue } from './number.ts'
import { boolValue, nullValue, stringValue } from './value.ts'
import type { Value } from './value.ts'

/** The value of a literal with what is odd about it; no value means that one of the diagnostics is an error. */
export interface LiteralResult {
  readonly value?: Value
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads a literal: leading zeros mean octal, integers grow from int64 over uint64 to float64, `\xhh` is a byte. */
export function literalValue(literal: Literal): LiteralResult {
  switch (literal.type) {
    case 'null':
      return { value: nullValue, diagnostics: [] }
    case 'bool':
      return { value: boolValue(literal.raw === 'true'), diagnostics: [] }
    case 'string':
      return { value: stringValue(stringText(literal.raw)), diagnostics: [] }
    case 'float':
      return numberResult(literal, floatValue(Number(literal.raw)))
    case 'number':
      return numberResult(literal, parseInteger(literal.raw))
  }
}

function numberResult(literal: Literal, value: NumberValue): LiteralResult {
  const { raw, span } = literal
  if (value.type === 'float64' && !Number.isFinite(value.value)) {
    const message = `${shortened(raw)} is larger than any number (the limit is about 1.8e308)`
    return { diagnostics: [{ severity: 'error', code: 'number-out-of-range', message, span }] }
  }
  if (literal.type === 'float') return { value, diagnostics: [] }
  const diagnostics: Diagnostic[] = []
  if (/^0\d/.test(raw)) {
    const decimal = raw.replace(/^0+(?=\d)/, '')
    diagnostics.push({
      severity: 'warning',
      code: 'leading-zero',
      message: `${shortened(raw)} is read as ${isOctal(raw) ? 'octal' : 'a decimal fraction'} and means ${value.value.toString()}`,
      span,
      suggestion: { text: `write ${shortened(decimal)} if the decimal number is meant`, edit: { span, text: decimal } },
    })
  } else if (value.type === 'float64') {
    const message = `${shortened(raw)} does not fit into 64 bits and is rounded to ${value.value.toString()}`
    diagnostics.push({ severity: 'warning', code: 'imprecise-integer', message, span })
  }
  return { value, diagnostics }
}

function shortened(raw: string): string {
  return raw.length > 40 ? `${raw.slice(0, 37)}…` : raw
}

const maxUint64 = 2n ** 64n - 1n
const mostDigits = 64

function isOctal(raw: string): boolean {
  return /^0[0-7]+$/.test(raw) && raw.length <= mostDigits && BigInt(`0o${raw}`) <= maxUint64
}

function parseInteger(raw: string): NumberValue {
  if (isOctal(raw)) return integerValue(BigInt(`0o${raw}`))
  if (raw.startsWith('0') && raw.length > 1) return floatValue(Number(raw))
  return raw.length > mostDigits ? floatValue(Number(raw)) : integerValue(BigInt(raw))
}

const simpleEscapes: Readonly<Record<string, string>> = { ...letterEscapes, '"': '"' }

const escape = /\\(?:([abfnrtv\\"])|([0-7]{3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/g

/** The text of a string literal given with its quotes or backticks; raw strings lose their carriage returns. */
export function stringText(raw: string): string {
  if (raw.startsWith('`'))
    return raw.slice(1, raw.length > 1 && raw.endsWith('`') ? -1 : undefined).replaceAll('\r', '')
  const inner = raw.slice(1, raw.length > 1 && raw.endsWith('"') ? -1 : undefined)
  if (!inner.includes('\\')) return inner
  const text = inner.replace(
    escape,
    (written: string, simple?: string, octal?: string, hex?: string, ...code: unknown[]) => {
      if (simple !== undefined) return simpleEscapes[simple]
      if (octal !== undefined || hex !== undefined) {
        const byte = octal !== undefined ? Number.parseInt(octal, 8) : Number.parseInt(hex ?? '', 16)
        if (byte < 0x80 || byte > 0xff) return byte > 0xff ? written : String.fromCharCode(byte)
        return String.fromCharCode(0xdc00 + byte)
      }
      const point = Number.parseInt((code[0] ?? code[1]) as string, 16)
      return point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? written : String.fromCodePoint(point)
    },
  )
  // Neighbouring byte escapes may spell a character: "\xc3\xa9" is é.
  return isValidText(text) ? text : textOf(bytesOf(text))
}
