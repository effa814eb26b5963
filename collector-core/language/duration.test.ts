import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDuration, parseDuration } from './duration.ts'

test.each([
  ['0', 0n],
  ['-0', 0n],
  ['5s', 5_000_000_000n],
  ['1h2m3.5s', 3_723_500_000_000n],
  ['-1.5h', -5_400_000_000_000n],
  ['.5s', 500_000_000n],
  ['1.s', 1_000_000_000n],
  ['100ms1us', 100_001_000n],
  ['5µs', 5_000n],
  ['5μs', 5_000n],
  ['1.0000000001s', 1_000_000_000n],
  ['9223372036854775807ns', 2n ** 63n - 1n],
  ['-9223372036854775808ns', -(2n ** 63n)],
])('%s', (text, nanoseconds) => {
  expect(parseDuration(text).duration?.nanoseconds).toBe(nanoseconds)
})

test.each(['', '5', '1d', 's', '.', '1..s', '1s 2s', '3000000h', '9223372036854775808ns', '--5s', '1h-5m', 'infs'])(
  '%s is refused',
  (text) => {
    expect(parseDuration(text).problem).toBeTypeOf('string')
  },
)

test.each([
  [0, '0s'],
  [0.000001, '1ns'],
  [0.0015, '1.5µs'],
  [1.5, '1.5ms'],
  [500, '500ms'],
  [1500, '1.5s'],
  [60_000, '1m0s'],
  [3_600_000, '1h0m0s'],
  [-5_400_000, '-1h30m0s'],
  [5_430_250, '1h30m30.25s'],
])('%d ms is written %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text)
})

test('every duration reads back exactly', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (nanoseconds) => {
      expect(parseDuration(formatDuration(nanoseconds)).duration?.nanoseconds).toBe(nanoseconds)
    }),
  )
})

test('milliseconds keep the nanoseconds of durations up to weeks', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), (nanoseconds) => {
      const { duration } = parseDuration(`${nanoseconds}ns`)
      expect(parseDuration(formatDuration(duration!.milliseconds)).duration?.nanoseconds).toBe(nanoseconds)
    }),
  )
})
