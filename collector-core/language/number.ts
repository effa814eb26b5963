// Numbers come in three types, as in Alloy: 64-bit integers, signed and unsigned, that wrap around, and IEEE doubles.

/** A number; `value` of the integer types is always inside the type's range. */
export type NumberValue =
  | { readonly kind: 'number'; readonly type: 'int64' | 'uint64'; readonly value: bigint }
  | { readonly kind: 'number'; readonly type: 'float64'; readonly value: number }

const maxInt64 = 2n ** 63n - 1n
const maxUint64 = 2n ** 64n - 1n

/** A signed integer; whole JavaScript numbers are allowed, anything out of range wraps around. */
export function intValue(value: bigint | number): NumberValue {
  return { kind: 'number', type: 'int64', value: BigInt.asIntN(64, BigInt(value)) }
}

/** An unsigned integer; anything out of range wraps around. */
export function uintValue(value: bigint | number): NumberValue {
  return { kind: 'number', type: 'uint64', value: BigInt.asUintN(64, BigInt(value)) }
}

/** A double. */
export function floatValue(value: number): NumberValue {
  return { kind: 'number', type: 'float64', value }
}

/** The smallest type that holds the integer exactly: int64, then uint64; else the nearest double. */
export function integerValue(value: bigint): NumberValue {
  if (value >= -maxInt64 - 1n && value <= maxInt64) return intValue(value)
  if (value > 0n && value <= maxUint64) return uintValue(value)
  return floatValue(Number(value))
}

/** The number as a double, rounded to the nearest. */
export function toFloat(number: NumberValue): number {
  return Number(number.value)
}

/**
 * The number as a wrapped int64, fractions cut off. Doubles that no int64 holds become the smallest int64, as on the
 * processors Alloy mostly runs on.
 */
export function toInt64(number: NumberValue): bigint {
  if (number.type === 'float64') return floatToInt64(number.value)
  return BigInt.asIntN(64, number.value)
}

/** The number as a wrapped uint64, fractions cut off. */
export function toUint64(number: NumberValue): bigint {
  if (number.type !== 'float64') return BigInt.asUintN(64, number.value)
  if (number.value >= 2 ** 64) return 2n ** 63n
  if (number.value >= 2 ** 63) return BigInt(Math.trunc(number.value))
  return BigInt.asUintN(64, floatToInt64(number.value))
}

function floatToInt64(value: number): bigint {
  if (!(value >= -(2 ** 63) && value < 2 ** 63)) return -maxInt64 - 1n
  return BigInt(Math.trunc(value))
}

/** The number as it appears in a string: decimal, never with an exponent (`1.0` is `1`). */
export function numberText(number: NumberValue): string {
  if (number.type !== 'float64') return number.value.toString()
  return decimalText(number.value)
}

/** The shortest decimal digits that read back as the same double, without an exponent; `NaN`, `+Inf`, `-Inf`. */
export function decimalText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  if (Object.is(value, -0)) return '-0'
  const text = value.toString()
  if (!text.includes('e')) return text
  const [mantissa, exponent] = text.split('e')
  const sign = mantissa.startsWith('-') ? '-' : ''
  const [whole, fraction = ''] = mantissa.replace('-', '').split('.')
  const shift = Number(exponent)
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${whole}${fraction}`
  return `${sign}${whole}${fraction}${'0'.repeat(shift - fraction.length)}`
}

/** The type two numbers meet in: float64 wins over int64, int64 over uint64. */
export function commonType(left: NumberValue, right: NumberValue): NumberValue['type'] {
  if (left.type === 'float64' || right.type === 'float64') return 'float64'
  return left.type === 'int64' || right.type === 'int64' ? 'int64' : 'uint64'
}

/** Negative, zero or positive after both were brought to their common type; NaN when either is NaN. */
export function compareNumbers(left: NumberValue, right: NumberValue): number {
  const type = commonType(left, right)
  if (type === 'float64') {
    const [a, b] = [toFloat(left), toFloat(right)]
    return a === b ? 0 : a - b
  }
  const [a, b] = type === 'int64' ? [toInt64(left), toInt64(right)] : [toUint64(left), toUint64(right)]
  return a < b ? -1 : a > b ? 1 : 0
}
