import { expect, test } from 'vitest'
import { settled, startOutbox } from '../testing/started-outbox.ts'
import type { StartedOutbox } from '../testing/started-outbox.ts'

/** Milliseconds of clock time `run` takes to return, to the next 50. */
async function timeToEnd({ clock, ended, stop }: StartedOutbox): Promise<number> {
  const from = clock.monotonic()
  const over = { yet: false }
  void ended.then(() => (over.yet = true))
  stop()
  await settled()
  while (!over.yet && clock.monotonic() - from < 20_000) await clock.advance(50)
  return clock.monotonic() - from
}

test('stop sends what is waiting at once, however young', async () => {
  const started = startOutbox({ batch: { maxItems: 1_000, maxSize: 1e9, maxAgeMs: 60_000 } })
  await started.offer('a')
  await started.offer('b')
  expect(await timeToEnd(started)).toBeLessThanOrEqual(50)
  expect(started.sender.sent.map(({ bodies }) => bodies)).toEqual([['a', 'b']])
  expect(started.outbox.status().queuedItems).toBe(0)
})

test('stop with a backend that answers 503 returns at once and keeps the queue', async () => {
  const started = startOutbox()
  started.sender.answer = () => ({ kind: 'retry', reason: 'down' })
  for (let i = 0; i < 10; i++) await started.offer(`${i}`)
  await started.clock.advance(10_000)
  expect(await timeToEnd(started)).toBeLessThanOrEqual(50)
  const next = startOutbox({ files: started.files.killed() })
  await next.clock.advance(2_000)
  expect(next.sender.delivered).toHaveLength(10)
  expect(next.drops).toEqual([])
})

test('stop cuts a backend off that never answers', async () => {
  const started = startOutbox()
  started.sender.answer = () => new Promise(() => undefined)
  await started.offer('a', 4)
  await started.clock.advance(10)
  const took = await timeToEnd(started)
  expect(took).toBeGreaterThanOrEqual(2_000)
  expect(took).toBeLessThan(2_200)
  expect(started.sender.sent.at(-1)?.outcome).toBe('cut')
})

test('stop does not wait for a sender that ignores being cut off', async () => {
  const started = startOutbox({ send: () => new Promise(() => undefined) })
  await started.offer('a', 4)
  await started.clock.advance(10)
  const took = await timeToEnd(started)
  expect(took).toBeGreaterThanOrEqual(2_000)
  expect(took).toBeLessThan(4_000)
})

test('stop flushes a backlog for as long as it may, then leaves the rest', async () => {
  const started = startOutbox({ flushMs: 1_000 })
  started.sender.answer = () => ({ kind: 'retry', reason: 'down' })
  for (let i = 0; i < 100; i++) await started.offer(`${i}`, 4)
  await started.clock.advance(1)
  started.sender.answer = async () => {
    await started.clock.sleep(100)
    return { kind: 'delivered' }
  }
  await started.clock.advance(2_000)
  const sentBefore = started.sender.delivered.length
  const took = await timeToEnd(started)
  expect(took).toBeLessThanOrEqual(1_600)
  expect(started.sender.delivered.length - sentBefore).toBeGreaterThan(5)
  const next = startOutbox({ files: started.files.killed() })
  await next.clock.advance(2_000)
  expect(new Set([...started.sender.delivered, ...next.sender.delivered]).size).toBe(100)
})

test('stop refuses offers that have no room and all later ones', async () => {
  const started = startOutbox({ maxBytes: 16 * 1024 })
  started.sender.answer = () => ({ kind: 'retry', reason: 'down' })
  const offers = Array.from({ length: 10 }, () => started.offer('x'.repeat(3_000)))
  await started.clock.advance(100)
  expect(await timeToEnd(started)).toBeLessThanOrEqual(50)
  const kinds = (await Promise.all(offers)).map(({ kind }) => kind)
  expect(kinds).toContain('accepted')
  expect(kinds.at(-1)).toBe('refused')
  expect(await started.offer('late')).toMatchObject({ kind: 'refused', retryable: true })
})

test('stop returns in time with a disk that hangs', async () => {
  const started = startOutbox()
  await started.offer('a')
  await started.clock.advance(10)
  started.files.crashAt = started.files.operations + 1
  void started.offer('b')
  expect(await timeToEnd(started)).toBeLessThan(5_000)
})

test('the directory is free again after stop', async () => {
  const started = startOutbox()
  await started.offer('a')
  await timeToEnd(started)
  const next = startOutbox({ files: started.files })
  expect(await next.offer('b')).toEqual({ kind: 'accepted' })
})

test('a stop before the start ends at once', async () => {
  const started = startOutbox()
  started.stop()
  await started.clock.advance(50)
  await started.ended
  expect(await started.offer('a')).toMatchObject({ kind: 'refused' })
})
