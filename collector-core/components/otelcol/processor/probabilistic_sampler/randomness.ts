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
/** Kept by every threshold but `never`. */
export const largestRandomness: Word56 = { high: two28 - 1, low: two28 - 1 }

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

/** Whether the bytes are a trace ID: 16 of them, not all zeros. */
export function isTraceId(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== 16) return false
  for (let at = start; at < end; at++) if (bytes[at] !== 0) return true
  return false
}

/** The upper half of the randomness of the trace ID that ends at `end`: of its last 56 bits. */
export function traceIdHigh(bytes: Uint8Array, end: number): number {
  return (bytes[end - 7] << 20) | (bytes[end - 6] << 12) | (bytes[end - 5] << 4) | (bytes[end - 4] >>> 4)
}

/** The lower half. */
export function traceIdLow(bytes: Uint8Array, end: number): number {
  return ((bytes[end - 4] & 0xf) << 24) | (bytes[end - 3] << 16) | (bytes[end - 2] << 8) | bytes[end - 1]
}

/** The share of items a threshold keeps, 1 for everything. */
export function probabilityOf({ high, low }: Word56): number {
  return ((two28 - high) * two28 - low) / 2 ** 56
}

/**
 * The threshold that keeps a share of items, rounded half up to `precision` significant hexadecimal digits (more where
 * the share begins with zeros or is close to 1). `never` below 2^-56.
 */
export function thresholdOf(probability: number, precision: number): Threshold {
  if (probability < 2 ** -56) return 'never'
  if (probability >= 1) return alwaysThreshold
  const extra = Math.max(leadingDigits(probability), leadingDigits(1 - probability))
  const digits = Math.min(14, precision + extra)
  const scaled = Math.round(probability * 2 ** 56)
  const scaledLow = scaled % two28
  const low = scaledLow === 0 ? 0 : two28 - scaledLow
  const high = two28 - Math.floor(scaled / two28) - (scaledLow === 0 ? 0 : 1)
  return rounded(high, low, 4 * (14 - digits))
}

/** Rounds half up to a multiple of 2^bits. */
function rounded(high: number, low: number, bits: number): Word56 {
  if (bits === 0) return { high, low }
  if (bits <= 28) {
    const raised = low + 2 ** (bits - 1)
    const carry = raised >= two28 ? 1 : 0
    return { high: high + carry, low: raised - carry * two28 - (raised % 2 ** bits) }
  }
  const unit = 2 ** (bits - 28)
  const raised = high + unit / 2
  return { high: raised - (raised % unit), low: 0 }
}

/** How many hexadecimal digits of a number below 1 are zero before its first other one. */
function leadingDigits(value: number): number {
  return Math.floor(-exponentOf(value) / 4)
}

/** The exponent `e` of `value = m * 2^e` with m in [0.5, 1); at most 0 for a value below 1. */
function exponentOf(value: number): number {
  const exponent = Math.floor(Math.log2(value)) + 1
  return value / 2 ** exponent >= 1 ? exponent + 1 : value / 2 ** exponent < 0.5 ? exponent - 1 : exponent
}
