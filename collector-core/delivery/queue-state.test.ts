import { expect, test } from 'vitest'
import { sumQueues } from './queue-state.ts'

test('several queues are as long as all together and as old as the oldest of them', () => {
  const queues = [
    { items: 3, bytes: 100, oldestAt: 2000 },
    { items: 0, bytes: 0 },
    { items: 4, bytes: 50, oldestAt: 1000 },
  ]
  expect(sumQueues(queues)).toEqual({ items: 7, bytes: 150, oldestAt: 1000 })
  expect(sumQueues([])).toEqual({ items: 0, bytes: 0 })
})
