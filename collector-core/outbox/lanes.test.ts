import { describe, expect, test } from 'vitest'
import type { Outcome } from '../net/http-outcome.ts'
import { startOutbox } from '../testing/started-outbox.ts'
import type { OutboxRequest } from './outbox.ts'

const first = (request: OutboxRequest): string => Buffer.from(request.fragments[0].body).toString('latin1')
const batch = { maxItems: 4, maxSize: 1_000_000, maxAgeMs: 1_000 }

/** An outbox whose backend takes 100 ms; counts the requests it has at once. */
function slow(parallel: number, overrides: Parameters<typeof startOutbox>[0] = {}) {
  const started = startOutbox({ parallel: () => parallel, batch, ...overrides })
  const load = { now: 0, most: 0 }
  started.sender.answer = async (): Promise<Outcome> => {
    load.most = Math.max(load.most, ++load.now)
    await started.clock.sleep(100)
    load.now--
    return { kind: 'delivered' }
  }
  const offerAll = (count: number, lanesOf: (i: number) => number | undefined): void => {
    for (let i = 0; i < count; i++) void started.offer(String(i).padStart(4, '0'), 4, lanesOf(i))
  }
  return { ...started, load, offerAll }
}

describe('requests side by side', () => {
  test.each([1, 4, 16])('with 32 lanes, %i at once take as many times less', async (parallel) => {
    const { sender, clock, load, offerAll } = slow(parallel)
    offerAll(64, (i) => 2 ** (i % 32))
    await clock.advance((64 / parallel) * 100 + 150)
    expect(sender.delivered).toHaveLength(64)
    expect(load.most).toBe(parallel)
    const sequence = (lane: number): string[] => sender.delivered.filter((text) => Number(text) % 32 === lane)
    for (let lane = 0; lane < 32; lane++) expect(sequence(lane)).toEqual([...sequence(lane)].sort())
  })

  test('fragments in all lanes go one after another, however many are allowed', async () => {
    const { sender, clock, load, offerAll } = slow(8)
    offerAll(10, () => undefined)
    await clock.advance(1_200)
    expect(load.most).toBe(1)
    expect(sender.delivered).toEqual([...sender.delivered].sort())
    expect(sender.delivered).toHaveLength(10)
  })

  test('fragments without an order go side by side', async () => {
    const { clock, load, offerAll } = slow(8)
    offerAll(32, () => 0)
    await clock.advance(600)
    expect(load.most).toBe(8)
  })

  test('a fragment in many lanes waits for all before it and holds up all after it', async () => {
    const { sender, clock, offer } = slow(8)
    for (const [text, lanes] of [
      ['a', 1],
      ['b', 2],
      ['c', 3],
      ['d', 1],
      ['e', 4],
    ] as const)
      void offer(text, 4, lanes)
    await clock.advance(50)
    expect(sender.sent).toEqual([])
    await clock.advance(60)
    expect(sender.delivered).toEqual(['a', 'b', 'e'])
    await clock.advance(100)
    expect(sender.delivered.slice(3)).toEqual(['c'])
    await clock.advance(100)
    expect(sender.delivered.slice(4)).toEqual(['d'])
  })

  test('small fragments of a lane are gathered, those of others do not break the row', async () => {
    const { sender, clock, offer } = slow(8)
    for (let i = 0; i < 8; i++) void offer(String(i), 1, i % 2 === 0 ? 1 : 2)
    await clock.advance(200)
    expect(sender.sent.map(({ bodies }) => bodies.join(''))).toEqual(['0246', '1357'])
  })

  test('while others are under way, a fragment waits a moment for company even with no age to wait for', async () => {
    const { sender, clock, offer } = slow(8, { batch: { ...batch, maxAgeMs: 0 } })
    void offer('a', 1, 0)
    await clock.advance(1)
    for (let i = 0; i < 3; i++) {
      void offer(String(i), 1, 0)
      await clock.advance(5)
    }
    await clock.advance(300)
    expect(sender.sent.map(({ bodies }) => bodies.join(''))).toEqual(['a', '012'])
  })

  test('a lane the backend does not take holds up no other', async () => {
    const { sender, clock, offer, outbox } = slow(4)
    const { answer } = sender
    sender.answer = (request) => (first(request).startsWith('bad') ? { kind: 'retry', reason: '500' } : answer(request))
    void offer('bad 1', 4, 1)
    for (let i = 0; i < 40; i++) void offer(`good ${i}`, 4, 2 << (i % 4))
    await clock.advance(10_000)
    expect(sender.delivered).toHaveLength(40)
    expect(outbox.status()).toMatchObject({ queuedItems: 4, state: 'retrying', lastError: '500' })
  })

  test('what a server asks of one request holds for all', async () => {
    const { sender, clock, offer } = slow(4)
    sender.script = [{ kind: 'retry', reason: '429', afterMs: 60_000 }]
    void offer('a', 4, 1)
    await clock.advance(10)
    for (let lane = 1; lane < 4; lane++) void offer(`${lane}`, 4, 1 << lane)
    await clock.advance(59_000)
    expect(sender.sent).toHaveLength(1)
    await clock.advance(2_000)
    expect(sender.delivered.sort()).toEqual(['1', '2', '3', 'a'])
  })
})

describe('bounds', () => {
  test('what is read ahead of a lane that hangs stays within its bounds in items and bytes', async () => {
    const bounds = [{ readAheadItems: () => 40 }, { maxBytes: 64 * 1024 }]
    for (const bound of bounds) {
      const { sender, clock, offer, outbox } = slow(4, bound)
      sender.answer = () => new Promise(() => undefined)
      for (let i = 0; i < 30; i++) void offer(String(i).padEnd(700, '.'), 4, 1)
      await clock.advance(1_000)
      void offer('other', 4, 2)
      await clock.advance(1_000)
      expect(sender.sent).toEqual([])
      expect(outbox.status().queuedItems).toBe(4 * 31)
    }
  })

  test('drop_oldest makes room while requests of several lanes are under way, and counts what it takes', async () => {
    const { sender, clock, offer, drops, outbox } = slow(4, { maxBytes: 64 * 1024, onFull: 'drop_oldest' })
    const { answer } = sender
    sender.answer = () => ({ kind: 'retry', reason: 'down' })
    for (let i = 0; i < 400; i++) {
      void offer(String(i).padStart(4, '0').padEnd(700, '.'), 1, 1 << (i % 4))
      if (i % 20 === 0) await clock.advance(50)
    }
    sender.answer = answer
    await clock.advance(60_000)
    const lost = drops.reduce((sum, { items }) => sum + items, 0)
    expect(new Set(sender.delivered).size + lost).toBe(400)
    expect(lost).toBeGreaterThan(200)
    expect(outbox.status()).toMatchObject({ queuedItems: 0, state: 'idle' })
    for (let lane = 0; lane < 4; lane++) {
      const order = sender.delivered.filter((text) => Number.parseInt(text, 10) % 4 === lane)
      expect(order).toEqual([...order].sort())
    }
  })
})

describe('over a restart', () => {
  test.each([1, 2, 8])(
    'with %i requests at once instead of 4, those under way are repeated as they were and what is done stays done',
    async (parallel) => {
      const before = slow(4)
      const { answer } = before.sender
      before.sender.answer = (request) =>
        first(request) === '0000' ? { kind: 'retry', reason: 'down' } : answer(request)
      before.offerAll(40, (i) => 2 ** (i % 4))
      await before.clock.advance(330)
      const done = before.sender.delivered
      expect(done.length).toBeGreaterThan(5)
      const { sender, clock } = slow(parallel, { files: before.files.killed() })
      await clock.advance(10_000)
      expect(sender.delivered).toContain('0000')
      expect(new Set([...done, ...sender.delivered]).size).toBe(40)
      const repeated = sender.delivered.filter((text) => done.includes(text))
      expect(repeated.length, 'nothing but the newest requests comes twice').toBeLessThanOrEqual(3)
      for (let lane = 0; lane < 4; lane++) {
        const order = sender.delivered.filter((text) => Number(text) % 4 === lane)
        expect(order).toEqual([...order].sort())
      }
    },
  )
})
