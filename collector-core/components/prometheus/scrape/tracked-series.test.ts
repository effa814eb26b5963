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
        exposed.forEach((series, i) => {
          expect(series.labels.get('i')).toBe(String(numbers[i]))
          expect(known.get(numbers[i]) ?? series).toBe(series)
          known.set(numbers[i], series)
          tracker.track(series)
        })
        const ended = drained(tracker.finish()).map(({ labels }) => Number(labels.get('i')))
        expect(ended).toEqual(alive.filter((number) => !numbers.includes(number)))
        alive = numbers
        expect(tracker.size).toBe(known.size)
        const crowded = known.size > 2 * length + 1_000
        expect(drained(tracker.forget(exposed))).toBe(crowded)
        if (crowded) for (const number of [...known.keys()]) if (!numbers.includes(number)) known.delete(number)
        expect(tracker.size).toBe(known.size)
      }
    }),
    { numRuns: 30 },
  )
})
