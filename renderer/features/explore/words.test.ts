import { expect, test } from 'vitest'
import { words } from './words.ts'

test('one is one, and more are several', () => {
  expect([words.en.spans(1), words.en.spans(2), words.en.spans(0)]).toEqual(['1 span', '2 spans', '0 spans'])
  expect(words.en.linesFound(1, 5)).toMatch(/^1 line in/)
  expect(words.en.tracesFound(1, 5)).toMatch(/^1 trace in/)
})
