// Integers and doubles as Go's printf writes them. Decimal digits are exact, halves rounded to even.

import { pad } from './printf-verb.ts'
import type { Verb } from './printf-verb.ts'

/** An integer in the base; `%x`, `%o` and `%b` get their prefix with `#`, `%O` always. */
export function formatInteger(value: bigint, verb: Verb, base: 2 | 8 | 10 | 16): string {
  const negative = value < 0n
  let digits = (negative ? -value : value).toString(base)
  if (verb.character === 'X') digits = digits.toUpperCase()
  const sign = negative ? '-' : verb.plus ? '+' : verb.space ? ' ' : ''
  if (verb.precision === 0 && value === 0n) return ' '.repeat(verb.width ?? 0)
  const zeros = verb.precision ?? (verb.zero ? (verb.width ?? 0) - sign.length : 0)
  digits = digits.padStart(zeros, '0')
  let prefix = ''
  if (verb.sharp && base === 2) prefix = '0b'
  if (verb.sharp && base === 8 && !digits.startsWith('0')) prefix = '0'
  if (verb.sharp && base === 16) prefix = verb.character === 'X' ? '0X' : '0x'
  if (verb.character === 'O') prefix += '0o'
  return pad(sign + prefix + digits, { ...verb, zero: false })
}

/** A double by the verb `e E f F g G`; without a precision `%g` gives the shortest digits, the others six. */
export function formatFloat(value: number, verb: Verb): string {
  const negative = value < 0 || Object.is(value, -0)
  const sign = negative ? '-' : verb.plus ? '+' : verb.space ? ' ' : ''
  if (!Number.isFinite(value)) {
    const text = Number.isNaN(value) ? 'NaN' : 'Inf'
    const shown = Number.isNaN(value) && negative ? '' : value === Infinity && sign === '' ? '+' : sign
    const forced = Number.isNaN(value) ? (verb.plus ? '+' : verb.space ? ' ' : '') : shown
    return pad(forced + text, { ...verb, zero: false })
  }
  const digits = unsignedFloat(Math.abs(value), verb)
  if (!verb.zero || sign === '') return pad(sign + digits, verb)
  return sign + pad(digits, { ...verb, width: (verb.width ?? 0) - 1 })
}

function unsignedFloat(value: number, verb: Verb): string {
  const upper = 'EGX'.includes(verb.character)
  const text = lowerFloat(value, verb)
  return upper ? text.toUpperCase() : text
}

function lowerFloat(value: number, { character, precision, sharp }: Verb): string {
  switch (character.toLowerCase()) {
    case 'e':
      return withPoint(exponentText(roundedDigits(value, (precision ?? 6) + 1)), sharp)
    case 'f':
      return withPoint(fixedText(value, precision ?? 6), sharp)
    case 'x':
      return hexFloat(value)
    case 'b':
      return binaryFloat(value)
    default:
      return generalText(value, precision, sharp)
  }
}

interface Digits {
  /** Decimal digits of the mantissa, the point behind the first. */
  readonly text: string
  readonly exponent: number
}

function generalText(value: number, precision: number | undefined, sharp: boolean): string {
  const digits = precision === undefined ? shortestDigits(value) : roundedDigits(value, Math.max(precision, 1))
  const kept = sharp ? digits.text : digits.text.replace(/(?<=.)0+$/, '')
  let limit = precision === undefined ? 6 : Math.max(precision, 1)
  // A precision larger than the digits there are does not push the switch to exponents further out.
  if (precision !== undefined && limit > kept.length && kept.length >= digits.exponent + 1) limit = kept.length
  const text = { text: kept, exponent: digits.exponent }
  const exponential = digits.exponent < -4 || digits.exponent >= limit
  const plain = exponential ? exponentText(text) : placePoint(text)
  return sharp ? padPrecision(plain, precision ?? 6) : plain
}

/** With `#`, `%g` keeps a point and fills up to its precision in digits. */
function padPrecision(text: string, precision: number): string {
  const [mantissa, exponent] = text.split('e') as [string, string?]
  const pointed = mantissa.includes('.') ? mantissa : `${mantissa}.`
  const significant = pointed.replace('.', '').replace(/^0+(?=.)/, '').length
  const filled = pointed + '0'.repeat(Math.max(0, precision - significant))
  return exponent === undefined ? filled : `${filled}e${exponent}`
}

function withPoint(text: string, sharp: boolean): string {
  return sharp && !text.includes('.') ? text.replace(/^\d+/, '$&.') : text
}

function exponentText({ text, exponent }: Digits): string {
  const mantissa = text.length > 1 ? `${text[0]}.${text.slice(1)}` : text
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

function placePoint({ text, exponent }: Digits): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${text}`
  const whole = text.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  const fraction = text.slice(exponent + 1)
  return fraction === '' ? whole : `${whole}.${fraction}`
}

function shortestDigits(value: number): Digits {
  const [mantissa, exponent] = value.toExponential().split('e')
  return { text: mantissa.replace('.', ''), exponent: Number(exponent) }
}

/** The double as an exact fraction. */
function ratioOf(value: number): { readonly over: bigint; readonly under: bigint } {
  const { mantissa, exponent } = partsOf(value)
  return exponent >= 0
    ? { over: mantissa << BigInt(exponent), under: 1n }
    : { over: mantissa, under: 1n << BigInt(-exponent) }
}

function roundedQuotient(over: bigint, under: bigint): bigint {
  const quotient = over / under
  const twice = (over % under) * 2n
  return twice > under || (twice === under && quotient % 2n === 1n) ? quotient + 1n : quotient
}

function fixedText(value: number, precision: number): string {
  const { over, under } = ratioOf(value)
  const digits = roundedQuotient(over * 10n ** BigInt(precision), under)
    .toString()
    .padStart(precision + 1, '0')
  return precision === 0 ? digits : `${digits.slice(0, -precision)}.${digits.slice(-precision)}`
}

function roundedDigits(value: number, count: number): Digits {
  if (value === 0) return { text: '0'.repeat(count), exponent: 0 }
  const exponent = shortestDigits(value).exponent
  const { over, under } = ratioOf(value)
  const shift = count - 1 - exponent
  const scaled =
    shift >= 0
      ? roundedQuotient(over * 10n ** BigInt(shift), under)
      : roundedQuotient(over, under * 10n ** BigInt(-shift))
  const text = scaled.toString()
  return text.length > count ? { text: text.slice(0, count), exponent: exponent + 1 } : { text, exponent }
}

/** mantissa · 2^exponent, the mantissa of 53 bits for normal numbers. */
function partsOf(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const biased = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & ((1n << 52n) - 1n)
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 }
}

function binaryFloat(value: number): string {
  const { mantissa, exponent } = partsOf(value)
  return `${mantissa}p${exponent < 0 ? '' : '+'}${exponent}`
}

function hexFloat(value: number): string {
  if (value === 0) return '0x0p+00'
  const { mantissa, exponent } = partsOf(value)
  const bits = mantissa.toString(2).length
  const fraction = (mantissa << BigInt(53 - bits)).toString(16).slice(1).replace(/0+$/, '')
  const power = exponent + bits - 1
  return `0x1${fraction === '' ? '' : `.${fraction}`}p${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}
