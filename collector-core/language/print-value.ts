import { compareText } from './byte-text.ts'
import { codeEscape, letterEscape, strayByteEscape } from './string-escapes.ts'
import type { NumberValue } from './number.ts'
import { secretIn } from './value.ts'
import type { Value } from './value.ts'

/**
 * The value in Alloy syntax on one line, keys sorted. Masked secrets print as `(secret)`, other capsules as
 * `capsule("type")`, functions as their name; these do not read back, the rest does.
 */
export function printValue(value: Value): string {
  switch (value.kind) {
    case 'null':
      return 'null'
    case 'bool':
      return value.value ? 'true' : 'false'
    case 'number':
      return printNumber(value)
    case 'string':
      return quote(value.text)
    case 'array':
      return `[${value.elements.map(printValue).join(', ')}]`
    case 'object':
      return `{${[...value.fields]
        .sort(([a], [b]) => compareText(a, b))
        .map(([key, field]) => `${printKey(key)} = ${printValue(field)}`)
        .join(', ')}}`
    case 'function':
      return value.signature.name
    case 'capsule': {
      const secret = secretIn(value)
      if (secret) return secret.masked ? '(secret)' : quote(secret.reveal())
      const fields = value.asObject?.()
      return fields ? printValue({ kind: 'object', fields }) : `capsule(${quote(value.type)})`
    }
  }
}

function printNumber(number: NumberValue): string {
  if (number.type !== 'float64') return number.value.toString()
  if (Object.is(number.value, -0)) return '-0.0'
  // Without an exponent it would read back as the negative of an unsigned integer, which wraps around.
  if (number.value <= -(2 ** 63)) return number.value.toExponential()
  return number.value.toString()
}

const reserved = new Set(['true', 'false', 'null'])

/** The key of an object as written in a config: bare where that is allowed, quoted otherwise; keys know no escapes. */
export function printKey(key: string): string {
  if (/^[_\p{L}][_\p{L}\p{Nd}]*$/u.test(key) && !reserved.has(key)) return key
  return /["\n\\]/.test(key) && !key.includes('`') ? `\`${key}\`` : `"${key}"`
}

/** The text as a double-quoted literal; what cannot be seen is escaped, stray bytes become `\xhh`. */
export function quote(text: string): string {
  let quoted = ''
  for (const character of text)
    quoted += character === '"' ? '\\"' : (letterEscape(character) ?? escapeUnprintable(character))
  return `"${quoted}"`
}

function escapeUnprintable(character: string): string {
  if (/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character)) return character
  const code = character.codePointAt(0) ?? 0
  const stray = strayByteEscape(code)
  if (stray !== undefined) return stray
  return code >= 0xd800 && code <= 0xdfff ? '\\ufffd' : codeEscape(code)
}
