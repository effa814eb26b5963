const two32 = 2 ** 32

/** The two's complement halves of a 64-bit integer. */
export interface Halves {
  readonly high: number
  readonly low: number
}

/** Parses a decimal integer from -2^63 to 2^64-1; undefined for anything else. */
export function parseDecimal64(text: string): Halves | undefined {
  const match = /^(-?)([0-9]{1,20})$/.exec(text)
  if (match === null) return undefined
  const [, sign, digits] = match
  let high = 0
  let low = 0
  for (let at = 0; at < digits.length; at += 6) {
    const chunk = digits.slice(at, at + 6)
    const scale = 10 ** chunk.length
    const lowProduct = low * scale + Number(chunk)
    low = lowProduct % two32
    high = high * scale + Math.floor(lowProduct / two32)
    if (high >= two32) return undefined
  }
  if (sign === '') return { high, low }
  if (high > 0x80000000 || (high === 0x80000000 && low > 0)) return undefined
  const negatedLow = (two32 - low) % two32
  return { high: (~high + (negatedLow === 0 ? 1 : 0)) >>> 0, low: negatedLow }
}

/** The halves of a whole number up to 2^53 in size; undefined for anything else. */
export function halvesOf(value: number): Halves | undefined {
  if (!Number.isSafeInteger(value)) return undefined
  return { high: Math.floor(value / two32) >>> 0, low: value >>> 0 }
}

/** Decimal text of an unsigned or, with `signed`, a two's complement 64-bit integer. */
export function formatDecimal64({ high, low }: Halves, signed: boolean): string {
  if (signed && high >= 0x80000000) {
    const negatedLow = (two32 - low) % two32
    const negatedHigh = (~high + (negatedLow === 0 ? 1 : 0)) >>> 0
    return `-${formatDecimal64({ high: negatedHigh, low: negatedLow }, false)}`
  }
  const million = 1_000_000
  let digits = ''
  let upper = high
  let lower = low
  while (upper > 0) {
    const rest = (upper % million) * two32 + lower
    upper = Math.floor(upper / million)
    const quotient = Math.floor(rest / million)
    digits = String(rest % million).padStart(6, '0') + digits
    upper += Math.floor(quotient / two32)
    lower = quotient % two32
  }
  return digits === '' || lower > 0 ? `${lower}${digits}` : digits.replace(/^0+(?=.)/, '')
}
