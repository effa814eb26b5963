import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  alwaysThreshold,
  atLeast,
  formatRandomness,
  formatThreshold,
  isTraceId,
  parseRandomness,
  parseThreshold,
  probabilityOf,
  thresholdOf,
  traceIdHigh,
  traceIdLow,
} from './randomness.ts'
import type { Word56 } from './randomness.ts'

const two56 = 1n << 56n
const word = fc.bigInt({ min: 0n, max: two56 - 1n })
const halves = (value: bigint): Word56 => ({ high: Number(value >> 28n), low: Number(value & 0xfffffffn) })
const whole = ({ high, low }: Word56): bigint => (BigInt(high) << 28n) | BigInt(low)

/** The threshold by the definition: exact integers, the binary exponent read from the bits of the number. */
function expectedThreshold(probability: number, precision: number): bigint | 'never' {
  if (probability < 2 ** -56) return 'never'
  if (probability >= 1) return 0n
  const exponent = (value: number): number => {
    const bits = Buffer.alloc(8)
    bits.writeDoubleBE(value)
    return ((bits.readUInt16BE(0) >>> 4) & 0x7ff) - 1022
  }
  const leading = (value: number): number => Math.trunc(exponent(value) / -4)
  const digits = Math.min(14, Math.max(precision + leading(probability), precision + leading(1 - probability)))
  const threshold = two56 - BigInt(Math.round(probability * 2 ** 56))
  const shift = BigInt(4 * (14 - digits))
  return shift === 0n ? threshold : ((threshold + (1n << (shift - 1n))) >> shift) << shift
}

describe('thresholds', () => {
  it('agree with whole-number arithmetic for any share and precision', () => {
    const share = fc.oneof(
      fc.double({ min: 2 ** -56, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 56, noNaN: true }).map((exponent) => 2 ** -exponent),
      fc.double({ min: 1, max: 53, noNaN: true }).map((exponent) => 1 - 2 ** -exponent),
      fc.integer({ min: 1, max: 10_000 }).map((percent) => Math.fround(percent / 100) / 100),
    )
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 14 }), (probability, precision) => {
        const threshold = thresholdOf(probability, precision)
        expect(threshold === 'never' ? threshold : whole(threshold)).toBe(expectedThreshold(probability, precision))
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    [1, 4, '0'],
    [0.5, 4, '8'],
    [0.25, 4, 'c'],
    [1 / 3, 4, 'aaab'],
    [0.1, 4, 'e666'],
    [0.01, 4, 'fd70a'],
    [0.001, 4, 'ffbe77'],
    [0.9, 4, '199a'],
    [0.99, 4, '028f6'],
    [0.1, 14, 'e6666666666666'],
    [2 ** -56, 4, 'ffffffffffffff'],
  ])('of a share of %d in %d digits is %s', (probability, precision, text) => {
    const threshold = thresholdOf(probability, precision)
    expect(threshold !== 'never' && formatThreshold(threshold)).toBe(text)
  })

  it('below the smallest share keep nothing', () => {
    expect(thresholdOf(0, 4)).toBe('never')
    expect(thresholdOf(2 ** -57, 4)).toBe('never')
  })

  it('give their share back', () => {
    expect(probabilityOf(alwaysThreshold)).toBe(1)
    expect(probabilityOf({ high: 0x8000000, low: 0 })).toBe(0.5)
    expect(probabilityOf({ high: 0xfffffff, low: 0xfffffff })).toBe(2 ** -56)
  })
})

describe('words', () => {
  it('compare, print and parse like the numbers they are', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(atLeast(halves(a), halves(b))).toBe(a >= b)
        const text = a.toString(16).padStart(14, '0')
        expect(formatRandomness(halves(a))).toBe(text)
        expect(parseRandomness(text.toUpperCase())).toEqual(halves(a))
        expect(formatThreshold(halves(a))).toBe(a === 0n ? '0' : text.replace(/0+$/, ''))
        expect(parseThreshold(formatThreshold(halves(a)))).toEqual(halves(a))
      }),
    )
  })

  it.each(['', '0123456789abcd0', '0x', 'g', ' 8', '-1'])('%j is no threshold', (text) => {
    expect(parseThreshold(text)).toBeUndefined()
  })

  it.each(['', '8', '0123456789abcde', '0123456789abcg'])('%j is no randomness', (text) => {
    expect(parseRandomness(text)).toBeUndefined()
  })
})

describe('trace IDs', () => {
  it('give their last 56 bits', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.nat(5), (id, before) => {
        const bytes = new Uint8Array([...new Uint8Array(before), ...id, 1, 2, 3])
        const expected = BigInt(`0x${Buffer.from(id).toString('hex')}`) & (two56 - 1n)
        const end = before + 16
        expect(whole({ high: traceIdHigh(bytes, end), low: traceIdLow(bytes, end) })).toBe(expected)
      }),
    )
  })

  it('are sixteen bytes and not all zeros', () => {
    expect(isTraceId(new Uint8Array(16), 0, 16)).toBe(false)
    expect(isTraceId(new Uint8Array(16).fill(1), 0, 16)).toBe(true)
    expect(isTraceId(new Uint8Array(16).fill(1), 0, 8)).toBe(false)
    expect(isTraceId(new Uint8Array(0), -1, -1)).toBe(false)
  })
})
