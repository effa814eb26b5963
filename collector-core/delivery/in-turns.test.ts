import { setImmediate } from 'node:timers'
import { expect, test } from 'vitest'
import { inTurns } from './in-turns.ts'

test('others get their turn every 10 ms, and not before', async () => {
  let now = 0
  const log: string[] = []
  setImmediate(() => log.push('other'))
  const steps = function* (): Generator<undefined, string, undefined> {
    for (let step = 0; step < 4; step++) {
      log.push(`step ${step}`)
      now += 6
      yield
    }
    return 'done'
  }
  expect(await inTurns(steps(), () => now)).toBe('done')
  expect(log).toEqual(['step 0', 'step 1', 'other', 'step 2', 'step 3'])
})
