import { expect, test } from 'vitest'
import { readPlace, writePlace } from './place.ts'

test.each([
  { view: 'live', at: 'prometheus.scrape.own' },
  { view: 'pipeline', at: 'module.a/loki.write."x y%"' },
  { view: 'stack', at: undefined },
] as const)('a place is read as it was written', (place) => {
  expect(readPlace(writePlace(place))).toEqual(place)
})

test.each(['', '#', '#/nowhere', '#/live', '#/live/%E0%A4%A'])('%j leads to no component', (fragment) => {
  expect(readPlace(fragment)?.at).toBeUndefined()
})

test('what has not the form of a place is none', () => {
  expect(readPlace('#live')).toBeUndefined()
  expect(readPlace('#/Live/a')).toBeUndefined()
})
