const exactPowers = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))
const largestExact = 2 ** 53

/**
 * Reads a plain decimal number (sign, digits, point, exponent) at `at` into `out[index]` and answers where it ends, or -1
 * for anything it cannot read exactly: other spellings, more than 53 bits of digits, far exponents. What it reads is
 * correctly rounded, because the digits and the power of ten are both exact doubles.
 */
export function scanDecimal(body: Uint8Array, at: number, out: Float64Array, index: number): number {
  let position = at
  let byte = body[position]
  const negative = byte === 0x2d
  if (negative) byte = body[++position]
  const from = position
  // Up to nine digits fit a 32-bit integer, which is what most values are.
  let small = 0
  while (byte >= 0x30 && byte <= 0x39 && position - from < 9) {
    small = (small * 10 + byte - 0x30) | 0
    byte = body[++position]
  }
  if (byte === 0x0a && position > from) {
    out[index] = negative ? -small : small
    return position
  }
  let number: number = small
  while (byte >= 0x30 && byte <= 0x39) {
    number = number * 10 + (byte - 0x30)
    byte = body[++position]
  }
  let digits = position - from
  let scale = 0
  if (byte === 0x2e) {
    const point = position
    byte = body[++position]
    while (byte >= 0x30 && byte <= 0x39) {
      number = number * 10 + (byte - 0x30)
      byte = body[++position]
    }
    scale = position - point - 1
    digits += scale
  }
  if (digits === 0 || number > largestExact) return -1
  if (byte === 0x65 || byte === 0x45) {
    byte = body[++position]
    const sign = byte === 0x2d ? -1 : 1
    if (byte === 0x2d || byte === 0x2b) byte = body[++position]
    const exponentFrom = position
    let exponent = 0
    while (byte >= 0x30 && byte <= 0x39 && position - exponentFrom < 4) {
      exponent = exponent * 10 + (byte - 0x30)
      byte = body[++position]
    }
    if (position === exponentFrom || position - exponentFrom === 4) return -1
    scale -= sign * exponent
  }
  if (scale > 22 || scale < -22) return -1
  if (scale > 0) number /= exactPowers[scale]
  else if (scale < 0) number *= exactPowers[-scale]
  out[index] = negative ? -number : number
  return position
}
