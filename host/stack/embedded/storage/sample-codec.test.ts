import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeSamples, encodeSamples } from './sample-codec.ts'
import { GrowingColumns, markStale, mergeSamples } from './sample-columns.ts'

const times = fc.uniqueArray(fc.integer({ min: 0, max: 2 ** 43 }), { minLength: 1, maxLength: 60 })
const values = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.constantFrom(0, -0, NaN, Infinity, -Infinity),
)

const bits = (column: Float64Array): number[] => [...new Uint32Array(column.slice().buffer)]

test('a chunk gives back the same bits', () => {
  fc.assert(
    fc.property(times, fc.array(values, { minLength: 60, maxLength: 60 }), fc.nat(59), (at, list, staleAt) => {
      const sorted = Float64Array.from(at).sort()
      const column = Float64Array.from(list.slice(0, at.length))
      if (staleAt < at.length) markStale(column, staleAt)
      const decoded = decodeSamples(encodeSamples({ times: sorted, values: column }))
      expect([...decoded.times]).toEqual([...sorted])
      expect(bits(decoded.values)).toEqual(bits(column))
    }),
  )
})

test('a regular counter takes about two bytes a sample', () => {
  const at = Float64Array.from({ length: 240 }, (_, i) => 1_700_000_000_000 + i * 15_000)
  const counter = Float64Array.from({ length: 240 }, (_, i) => 1000 + i * 7)
  expect(encodeSamples({ times: at, values: counter }).length).toBeLessThan(500)
})

test('samples come out in order of time, and the later arrival wins', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(30), fc.integer()), { maxLength: 80 }), fc.nat(80), (list, cut) => {
      const [first, second] = [new GrowingColumns(), new GrowingColumns()]
      list.forEach(([time, value], i) => (i < cut ? first : second).push(time, value, false))
      const merged = mergeSamples([first.samples(), second.samples()])
      const expected = [...new Map(list)].sort(([a], [b]) => a - b)
      expect([...merged.times].map((time, i) => [time, merged.values[i]])).toEqual(expected)
    }),
  )
})
