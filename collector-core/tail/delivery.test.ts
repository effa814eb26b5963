import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accepted, refused } from '../signal/receiver.ts'
import type { Acceptance } from '../signal/receiver.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { Delivery } from './delivery.ts'

interface World {
  readonly clock: FakeClock
  readonly delivery: Delivery<number>
  /** Positions reported, batches accepted (by number), batches rejected. */
  readonly positions: number[]
  readonly taken: number[]
  readonly rejected: number[]
  readonly released: number[]
  offer(position: number, bytes?: number): void
}

function world(answer: (position: number) => Acceptance | Promise<Acceptance>, windowBytes = 1000): World {
  const clock = new FakeClock()
  const positions: number[] = []
  const taken: number[] = []
  const rejected: number[] = []
  const released: number[] = []
  const numbers = new Map<unknown, number>()
  const delivery = new Delivery<number>({
    receiver: () => ({
      signal: 'logs',
      async accept(batch) {
        const number = numbers.get(batch)!
        const acceptance = await answer(number)
        if (acceptance.kind === 'accepted') taken.push(number)
        return acceptance
      },
    }),
    clock,
    random: () => 0.5,
    windowBytes: () => windowBytes,
    onPosition: (position) => positions.push(position),
    onRejected: (items) => rejected.push(items),
  })
  return {
    clock,
    delivery,
    positions,
    taken,
    rejected,
    released,
    offer(position, bytes = 100) {
      const batch = { streams: [] }
      numbers.set(batch, position)
      delivery.offer({ batch, items: 1, bytes, position, release: () => released.push(position) })
    },
  }
}

test('a position is reported only once everything before it was accepted', async () => {
  const settle: ((acceptance: Acceptance) => void)[] = []
  const { offer, positions, clock, released } = world(() => new Promise((resolve) => settle.push(resolve)))
  offer(1)
  offer(2)
  offer(3)
  settle[1](accepted)
  await clock.advance(0)
  expect([positions, released]).toEqual([[], [2]])
  settle[0](accepted)
  await clock.advance(0)
  expect(positions).toEqual([2])
  settle[2](accepted)
  await clock.advance(0)
  expect(positions).toEqual([2, 3])
})

test('the window fills and empties', async () => {
  let settle: ((acceptance: Acceptance) => void) | undefined
  const { offer, delivery, clock } = world(() => new Promise((resolve) => (settle = resolve)), 150)
  offer(1)
  expect(delivery.full).toBe(false)
  offer(2)
  expect(delivery.full).toBe(true)
  let room = false
  void delivery.room().then(() => (room = true))
  await clock.advance(1000)
  expect(room).toBe(false)
  offer(3, 0)
  delivery.stop()
  await clock.advance(0)
  expect(room).toBe(true)
  settle?.(accepted)
})

test('everything is accepted in the end, whatever is refused in between, and the last position is reached', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('yes', 'later', 'never'), { maxLength: 60 }), async (answers) => {
      let asked = 0
      const final = new Map<number, number>()
      const { offer, delivery, clock, positions, taken, rejected } = world((position) => {
        final.set(position, (final.get(position) ?? 0) + 1)
        const answer = answers[asked++ % answers.length]
        if (answer === 'yes' || final.get(position)! > 8) return accepted
        return answer === 'later' ? refused('busy', true, 10) : refused('no', false)
      })
      for (let i = 1; i <= answers.length; i++) offer(i, 0)
      await clock.advance(1_000_000)
      await delivery.drained()
      expect(taken.length + rejected.length).toBe(answers.length)
      expect(new Set(taken).size).toBe(taken.length)
      expect(positions).toEqual([...positions].sort((a, b) => a - b))
      if (answers.length > 0) expect(positions.at(-1)).toBe(answers.length)
    }),
    { numRuns: 50 },
  )
})

test('after a stop nothing is offered again, and the position stays before what was refused', async () => {
  const { offer, delivery, clock, positions, taken } = world((position) =>
    position === 2 ? refused('busy') : accepted,
  )
  offer(1)
  offer(2)
  await clock.advance(0)
  delivery.stop()
  await delivery.drained()
  await clock.advance(100_000)
  expect([positions, taken]).toEqual([[1], [1]])
})
