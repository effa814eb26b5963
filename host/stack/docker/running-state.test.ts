import { expect, test } from 'vitest'
import { runningState } from './running-state.ts'

test.each([
  ['a first start', false, 0, 1_000, 'starting'],
  ['a start that takes too long', false, 0, 61_000, 'unready'],
  ['a backend that is ready', true, 0, 1_000, 'ready'],
  ['one that was restarted once and starts again', false, 1, 1_000, 'starting'],
  ['one that was restarted once and is back', true, 1, 1_000, 'ready'],
  ['a crash loop between two crashes', false, 2, 1_000, 'failed'],
  ['a crash loop that gets ready before it crashes', true, 5, 3_000, 'failed'],
  ['a crash loop that is over', true, 5, 11_000, 'ready'],
] as const)('%s', (_, ready, restarts, uptimeMs, expected) => {
  expect(runningState(ready, restarts, uptimeMs)).toBe(expected)
})
