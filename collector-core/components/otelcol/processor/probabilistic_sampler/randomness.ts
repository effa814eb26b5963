// 56-bit randomness and thresholds of consistent probability sampling (OTEP 235) as two halves of 28 bits, which compare
// and combine without big integers.

/** A number from 0 to 2^56 - 1. */
export interface Word56 {
  readonly high: number
  readonly low: number
}

/** A rejection threshold: an item is kept when its randomness is at least this. `never` keeps nothing. */
export type Threshold = Word56 | 'never'

const two28 = 2 ** 28

export const alwaysThreshold: Word56 = { high: 0, low: 0 }

export function atLeast(randomness: Word56, threshold: Word56): boolean {
  return randomness.high > threshold.high || (randomness.high === threshold.high && randomness.low >= threshold.low)
}

/** 14 hexadecimal digits. */
export function formatRandomness({ high, low }: Word56): string {
  return high.toString(16).padStart(7, '0') + low.toString(16).padStart(7, '0')
}

/** Up to 14 hexadecimal digits, trailing zeros removed, `0` for the threshold that keeps everything. */
export function formatThreshold(threshold: Word56): string {
  return formatRandomness(threshold).replace(/0+$/, '') || '0'
}

/** Parses exactly 14 digits. */
export function parseRandomness(text: string): Word56 | undefined {
  return /^[0-9a-fA-F]{14}$/.test(text) ? word(text) : undefined
}

/** Parses 1 to 14 digits, the missing ones being zeros. */
export function parseThreshold(text: string): Word56 | undefined {
  return /^[0-9a-fA-F]{1,14}$/.test(text) ? word(text.padEnd(14, '0')) : undefined
}

function word(digits: string): Word56 {
  return { high: parseInt(digits.slice(0, 7), 16), low: parseInt(digits.slice(7), 16) }
}

/** The least significant 56 bits of a trace ID; undefined when the ID is missing or all zeros. */
export function randomnessOfTraceId(bytes: Uint8Array, start: number, end: number): Word56 | undefined {
  if (end - start !== 16 || isZero(bytes, start, end)) return undefined
  const at = end - 7
  return {
    high: bytes[at] * 2 ** 20 + bytes[at + 1] * 2 ** 12 + bytes[at + 2] * 2 ** 4 + (bytes[at + 3] >>> 4),
    low: (bytes[at + 3] & 0xf) * 2 ** 24 + bytes[at + 4] * 2 ** 16 + bytes[at + 5] * 2 ** 8 + bytes[at + 6],
  }
}

export function isZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 0) return false
  return true
}

/** The share of items a threshold keeps, 1 for everything. */
export function probabilityOf({ high, low }: Word56): number {
  return 1 - (high * two28 + low) / 2 ** 56
}

/**
 * The threshold that keeps a share of items, rounded half up to `precision` significant hexadecimal digits (more where
 * the share begins with zeros or is close to 1). `never` below 2^-56.
 */
export function thresholdOf(probability: number, precision: number): Threshold {
  if (probability < 2 ** -56) return 'never'
  if (probability >= 1) return alwaysThreshold
  const extra = Math.max(Math.floor(-exponentOf(probability) / 4), Math.floor(-exponentOf(1 - probability) / 4))
  const digits = Math.min(14, precision + Math.max(extra, 0))
  const exact = (1n << 56n) - BigInt(Math.round(probability * 2 ** 56))
  const shift = BigInt(4 * (14 - digits))
  let rounded = exact
  if (shift > 0n) rounded = ((exact + (1n << (shift - 1n))) >> shift) << shift
  if (rounded >= 1n << 56n) return 'never'
  return { high: Number(rounded >> 28n), low: Number(rounded & 0xfffffffn) }
}

/** The exponent `e` of `value = m * 2^e` with m in [0.5, 1). */
function exponentOf(value: number): number {
  const exponent = Math.floor(Math.log2(value)) + 1
  return value / 2 ** exponent >= 1 ? exponent + 1 : value / 2 ** exponent < 0.5 ? exponent - 1 : exponent
}
