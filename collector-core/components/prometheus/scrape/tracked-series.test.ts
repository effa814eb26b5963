import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Labels } from '../../../signal/labels.ts'
import { drained } from '../../../wire/exposition/exposition.ts'
import { SeriesTracker } from './tracked-series.ts'
import type { TrackedSeries } from './tracked-series.ts'

const labelsOf = (number: number): Labels => Labels.from({ __name__: 'm', i: String(number) })

test('a series is one object until it is forgotten, and ends when it is not tracked again', () => {
  const range = fc.record({ from: fc.nat(3_000), length: fc.nat(3_000) })
  fc.assert(
    fc.property(fc.array(range, { minLength: 2, maxLength: 6 }), (passes) => {
      const tracker = new SeriesTracker()
      const known = new Map<number, TrackedSeries>()
      let alive: number[] = []
      for (const { from, length } of passes) {
        tracker.begin()
        const numbers = Array.from({ length }, (_, i) => from + i)
        const exposed = numbers.map((number) => tracker.intern(labelsOf(number)))
        expect(exposed.map(({ labels }) => Number(labels.get('i')))).toEqual(numbers)
        expect(numbers.filter((number, i) => (known.get(number) ?? exposed[i]) !== exposed[i])).toEqual([])
        exposed.forEach((series, i) => {
          known.set(numbers[i], series)
          tracker.track(series)
        })
        const present = new Set(numbers)
        const ended = drained(tracker.finish()).map(({ labels }) => Number(labels.get('i')))
        expect(ended).toEqual(alive.filter((number) => !present.has(number)))
        alive = numbers
        expect(tracker.size).toBe(known.size)
        const crowded = known.size > 2 * length + 1_000
        expect(drained(tracker.forget(exposed))).toBe(crowded)
        if (crowded) for (const number of [...known.keys()]) if (!present.has(number)) known.delete(number)
        expect(tracker.size).toBe(known.size)
      }
    }),
    { numRuns: 30 },
  )
})
