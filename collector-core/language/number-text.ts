// Numbers written inside strings, by Alloy's rule for them: narrower than number literals.

import type { NumberValue } from './number.ts'
import { floatValue, intValue, uintValue } from './number.ts'
import type { Value } from './value.ts'

const maxUint64 = 2n ** 64n - 1n
const minInt64 = -(2n ** 63n)

/**
 * `-` digits is a signed integer, a text with `.` or an exponent a double, digits alone an unsigned integer, all decimal.
 * Anything else, `+3`, `0x10`, `-1.5` and what does not fit into 64 bits included, is no number.
 */
export function parseNumberText(text: string): NumberValue | undefined {
  if (text.length > 400) return undefined
  if (/^-\d+$/.test(text)) {
    const value = BigInt(text)
    return value >= minInt64 ? intValue(value) : undefined
  }
  if (/^\d+$/.test(text)) {
    const value = BigInt(text)
    return value <= maxUint64 ? uintValue(value) : undefined
  }
  if (!/^\+?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) || !/[.eE]/.test(text)) return undefined
  const value = Number(text)
  return Number.isFinite(value) ? floatValue(value) : undefined
}

/** The bytes a size written without a unit means: a whole number, not negative. */
export function parseSizeNumber(value: Value): number | undefined {
  if (value.kind !== 'number') return undefined
  const bytes = Number(value.value)
  return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : undefined
}
