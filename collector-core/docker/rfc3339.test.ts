import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Rfc3339Reader } from './rfc3339.ts'

const read = (text: string): { seconds: number; nanos: number; at: number } => {
  const reader = new Rfc3339Reader()
  const bytes = Buffer.from(text)
  const at = reader.read(bytes, 0, bytes.length)
  return { seconds: reader.seconds, nanos: reader.nanos, at }
}

test('every moment between 1970 and 2100 is read to the nanosecond', () => {
  const reader = new Rfc3339Reader()
  const moment = fc.record({
    seconds: fc.integer({ min: 0, max: 4_102_444_799 }),
    nanos: fc.integer({ min: 0, max: 999_999_999 }),
  })
  fc.assert(
    fc.property(moment, ({ seconds, nanos }) => {
      const date = new Date(seconds * 1000).toISOString().slice(0, 19)
      const bytes = Buffer.from(`xx${date}.${String(nanos).padStart(9, '0')}Z text`)
      expect(reader.read(bytes, 2, bytes.length)).toBe(33)
      expect([reader.seconds, reader.nanos]).toEqual([seconds, nanos])
    }),
    { numRuns: 2000 },
  )
})

test('fractions of any length and zone offsets are read', () => {
  expect(read('2024-02-29T23:59:59Z x')).toEqual({ seconds: 1_709_251_199, nanos: 0, at: 21 })
  expect(read('2024-02-29T23:59:59.5Z x')).toMatchObject({ seconds: 1_709_251_199, nanos: 500_000_000 })
  expect(read('2024-02-29T23:59:59.1234567891234Z x')).toMatchObject({ nanos: 123_456_789 })
  expect(read('2024-03-01T01:59:59.000000001+02:00 x')).toMatchObject({ seconds: 1_709_251_199, nanos: 1 })
  expect(read('2024-02-29T18:29:59-05:30 x')).toMatchObject({ seconds: 1_709_251_199 })
})

test.each([
  '',
  'hello world, this is no timestamp',
  '2024-13-29T23:59:59.000000000Z x',
  '2024-02-29 23:59:59.000000000Z x',
  '2024-02-29T23:59:59.000000000Zx',
  '2024-02-29T23:59:59.000000000',
  '2024-02-29T23:59:59.000000000Z',
  '2024-02-29T23:59:5a.000000000Z x',
  '2024-02-29T23:59:59.00000000+1 x',
])('what is not a timestamp is refused: %s', (text) => {
  expect(read(text).at).toBe(-1)
})
