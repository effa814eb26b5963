import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonError } from './json-error.ts'

test.each([
  ['', 'it ends too early'],
  ['[1', 'it ends too early'],
  ['{"a":', 'it ends too early'],
  ['{"a" 1}', 'unexpected "1" at character 6'],
  ['{"a":1,}', 'unexpected "}" at character 8'],
  ['[1,]', 'unexpected "]" at character 4'],
  ['{"a":1} x', 'unexpected "x" at character 9'],
  ["{'a':1}", 'unexpected "\'" at character 2'],
  ['[01]', 'unexpected "1" at character 3'],
  ['"abc', 'unexpected "\\"" at character 1'],
  ['[}', 'unexpected "}" at character 2'],
])('%s', (text, expected) => {
  expect(jsonError(text)).toBe(expected)
})

test('something is found wrong with whatever JSON.parse refuses', () => {
  const soup = fc
    .array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', 'true', 'nul', ' ', '-', '"', '\\'))
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(soup, (text) => {
      try {
        JSON.parse(text)
      } catch {
        expect(jsonError(text)).not.toBe('it cannot be read')
      }
    }),
    { numRuns: 1000 },
  )
})
