import fc from 'fast-check'
import { expect, test } from 'vitest'
import { didYouMean, editDistance, nearest } from './suggest.ts'

test.each([
  ['', '', 0],
  ['abc', 'abc', 0],
  ['abc', 'abd', 1],
  ['abc', 'acb', 1],
  ['abc', '', 3],
  ['forward_too', 'forward_to', 1],
  ['kitten', 'sitting', 3],
])('%s and %s are %d apart', (from, to, distance) => {
  expect(editDistance(from, to)).toBe(distance)
})

test('distance is symmetric, zero only for equals, and bounded by the longer text', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
      const distance = editDistance(a, b)
      expect(distance).toBe(editDistance(b, a))
      expect(distance === 0).toBe(a === b)
      expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length))
    }),
  )
})

test('only a near name is suggested', () => {
  const names = ['forward_to', 'targets', 'scrape_interval']
  expect(nearest('foward_to', names)).toBe('forward_to')
  expect(nearest('Targets', names)).toBe('targets')
  expect(nearest('xyz', names)).toBeUndefined()
  expect(nearest('targets', names)).toBeUndefined()
  expect(nearest('ab', ['ac', 'zz'])).toBe('ac')
  expect(didYouMean('tragets', names)).toBe('did you mean "targets"?')
})
