import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CrashFileSystem } from '../testing/crash-file-system.ts'
import { settled, startOutbox } from '../testing/started-outbox.ts'
import type { Acceptance } from '../signal/receiver.ts'
import type { OutboxOptions } from './outbox.ts'

const body = 'x'.repeat(3_000)
const maxBytes = 64 * 1024

function startFull(
  onFull: OutboxOptions['onFull'],
  overrides: Pick<Partial<OutboxOptions>, 'retry'> & { files?: CrashFileSystem } = {},
) {
  const started = startOutbox({ onFull, maxBytes, batch: { maxItems: 2, maxSize: 1e9, maxAgeMs: 100 }, ...overrides })
  started.sender.answer = () => ({ kind: 'retry', reason: 'down' })
  const diskBytes = (): number =>
    started.files.paths().reduce((sum, path) => sum + (started.files.contents(path)?.length ?? 0), 0)
  return { ...started, diskBytes }
}

test('block: offers wait for room, in order, and the disk stays within its bound', async () => {
  const { offer, sender, clock, outbox, diskBytes } = startFull('block')
  const settledAs: (Acceptance | undefined)[] = []
  for (let i = 0; i < 40; i++) {
    settledAs.push(undefined)
    void offer(`${String(i).padStart(3, '0')}${body}`).then((acceptance) => (settledAs[i] = acceptance))
  }
  await clock.advance(5_000)
  const before = settledAs.filter(Boolean).length
  expect(before).toBeGreaterThan(10)
  expect(before).toBeLessThan(25)
  expect(outbox.status().state).toBe('full')
  expect(diskBytes()).toBeLessThanOrEqual(maxBytes)
  sender.answer = () => ({ kind: 'delivered' })
  await clock.advance(20_000)
  expect(settledAs.every((acceptance) => acceptance?.kind === 'accepted')).toBe(true)
  expect(sender.delivered.map((text) => Number(text.slice(0, 3)))).toEqual(Array.from({ length: 40 }, (_, i) => i))
  expect(outbox.status().state).toBe('idle')
})

test('refuse: an offer without room is refused for now, and taken again once there is room', async () => {
  const { offer, sender, clock, diskBytes, outbox } = startFull('refuse')
  const acceptances: Acceptance[] = []
  for (let i = 0; i < 40; i++) acceptances.push(await offer(body))
  const taken = acceptances.filter(({ kind }) => kind === 'accepted').length
  expect(acceptances.at(-1)).toEqual({
    kind: 'refused',
    retryable: true,
    reason: 'the queue is full',
    retryAfterMs: 1_000,
  })
  expect(outbox.status()).toMatchObject({ state: 'full', queuedItems: taken })
  expect(diskBytes()).toBeLessThanOrEqual(maxBytes)
  sender.answer = () => ({ kind: 'delivered' })
  await clock.advance(10_000)
  expect(sender.delivered).toHaveLength(taken)
  expect(await offer(body)).toEqual({ kind: 'accepted' })
})

test('drop_oldest: every item is either delivered or counted, the newest survive, the request under way too', async () => {
  const { offer, sender, clock, drops, diskBytes, logLines } = startFull('drop_oldest')
  for (let i = 0; i < 100; i++) {
    expect(await offer(`${String(i).padStart(3, '0')}${body}`)).toEqual({ kind: 'accepted' })
    if (i === 5) await clock.advance(200)
  }
  expect(diskBytes()).toBeLessThanOrEqual(maxBytes)
  sender.answer = () => ({ kind: 'delivered' })
  await clock.advance(20_000)
  const delivered = sender.delivered.map((text) => Number(text.slice(0, 3)))
  expect(delivered).toEqual([...delivered].sort((a, b) => a - b))
  expect(delivered.slice(0, 2)).toEqual([0, 1])
  expect(delivered.at(-1)).toBe(99)
  const dropped = drops.reduce((sum, { items }) => sum + items, 0)
  expect(drops.every(({ reason }) => reason === 'queue_full')).toBe(true)
  expect(dropped).toBeGreaterThan(50)
  expect(delivered.length + dropped).toBe(100)
  expect(logLines.filter((line) => line.includes('missing'))).toEqual([])
})

test('drop_oldest: what was dropped is not reported as damage after a restart', async () => {
  const first = startFull('drop_oldest')
  for (let i = 0; i < 100; i++) {
    await first.offer(`${String(i).padStart(3, '0')}${body}`)
    if (i === 5) await first.clock.advance(200)
  }
  const dropped = first.drops.reduce((sum, { items }) => sum + items, 0)
  const second = startOutbox({ files: first.files.killed(), maxBytes })
  await settled()
  expect(second.outbox.status().queuedItems + second.sender.delivered.length).toBe(100 - dropped)
  await second.clock.advance(20_000)
  expect(second.sender.delivered).toHaveLength(100 - dropped)
  expect(second.drops).toEqual([])
})

test('drop_oldest without anything in hand drops from the front', async () => {
  const { offer, sender, clock, drops } = startFull('drop_oldest', {
    retry: { minBackoffMs: 1, maxBackoffMs: 1, jitter: 'none', maxAttempts: 1 },
  })
  const acceptances = await Promise.all(Array.from({ length: 100 }, (_, i) => offer(`${i} ${body}`)))
  expect(acceptances.every(({ kind }) => kind === 'accepted')).toBe(true)
  await clock.advance(20_000)
  expect(drops.reduce((sum, { items }) => sum + items, 0) + sender.delivered.length).toBe(100)
})

test('a fragment larger than the whole queue is refused for good', async () => {
  const { offer } = startFull('block')
  expect(await offer('x'.repeat(maxBytes))).toMatchObject({ kind: 'refused', retryable: false })
})

test('a larger bound makes room at once', async () => {
  const { offer, outbox, clock } = startFull('block')
  const offers = Promise.all(Array.from({ length: 30 }, () => offer(body)))
  await clock.advance(1_000)
  expect(outbox.status().state).toBe('full')
  outbox.reconfigure({ maxBytes: 10 * maxBytes })
  await clock.advance(0)
  expect((await offers).every(({ kind }) => kind === 'accepted')).toBe(true)
})

test(
  'drop_oldest: accepted is delivered plus counted, through restarts and any order of events',
  { timeout: 60_000 },
  async () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 1, max: 12 }).map((count) => ({ kind: 'offer' as const, count })) },
      { weight: 3, arbitrary: fc.constantFrom(0, 50, 2_000).map((ms) => ({ kind: 'advance' as const, ms })) },
      { weight: 2, arbitrary: fc.boolean().map((up) => ({ kind: 'backend' as const, up })) },
      { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
    )
    let droppedInAll = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        let current = startFull('drop_oldest')
        const delivered = new Set<string>()
        const promises: Promise<Acceptance>[] = []
        let dropped = 0
        const leave = async (): Promise<void> => {
          current.stop()
          await current.clock.advance(5_000)
          await current.ended
          for (const text of current.sender.delivered) delivered.add(text)
          for (const { items, reason } of current.drops) {
            expect(reason).toBe('queue_full')
            dropped += items
          }
        }
        for (const next of steps) {
          if (next.kind === 'advance') await current.clock.advance(next.ms)
          else if (next.kind === 'backend')
            current.sender.answer = () => (next.up ? { kind: 'delivered' } : { kind: 'retry', reason: 'down' })
          else if (next.kind === 'offer') {
            for (let i = 0; i < next.count; i++) promises.push(current.offer(`${promises.length} ${body}`))
            if (next.count % 2 === 0) await settled()
          } else {
            await leave()
            const { files } = current
            current = startFull('drop_oldest', { files })
          }
        }
        current.sender.answer = () => ({ kind: 'delivered' })
        await current.clock.advance(30_000)
        await leave()
        const taken = (await Promise.all(promises)).filter(({ kind }) => kind === 'accepted').length
        expect(delivered.size + dropped).toBe(taken)
        droppedInAll += dropped
      }),
      { numRuns: 200 },
    )
    expect(droppedInAll).toBeGreaterThan(500)
  },
)
