import { expect, test } from 'vitest'
import type { Outcome } from '../net/http-outcome.ts'
import { startOutbox } from '../testing/started-outbox.ts'
import type { OutboxRequest } from './outbox.ts'

const down: Outcome = { kind: 'retry', reason: '503 come back' }

/** Cuts between fragments. */
function halves({ fragments, attempt }: OutboxRequest): readonly [OutboxRequest, OutboxRequest] | undefined {
  if (fragments.length < 2) return undefined
  const middle = fragments.length >> 1
  const part = (some: OutboxRequest['fragments']): OutboxRequest => ({
    fragments: some,
    items: some.reduce((sum, { items }) => sum + items, 0),
    attempt,
  })
  return [part(fragments.slice(0, middle)), part(fragments.slice(middle))]
}

test('a backend that is down is asked again with growing waits, for ever, with the same request', async () => {
  const retries: string[] = []
  const { offer, sender, clock, outbox } = startOutbox({ onRetry: (_, reason) => void retries.push(reason) })
  sender.answer = () => down
  await Promise.all([offer('a'), offer('b'), offer('c'), offer('d')])
  await clock.advance(1_000 + 2_000 + 4_000)
  expect(sender.sent.map(({ attempt }) => attempt)).toEqual([0, 1, 2, 3])
  await clock.advance(24 * 3_600_000)
  expect(sender.sent.length).toBeGreaterThan(10_000)
  expect(outbox.status()).toMatchObject({ state: 'retrying', lastError: '503 come back', queuedItems: 4 })
  expect(retries.length).toBe(sender.sent.length)
  expect(new Set(sender.sent.map(({ bodies }) => bodies.join(''))).size).toBe(1)
  sender.answer = () => ({ kind: 'delivered' })
  await clock.advance(8_000)
  expect(outbox.status()).toMatchObject({ state: 'idle', lastError: undefined, queuedItems: 0 })
})

test('no request goes out before the time a server named', async () => {
  const { offer, sender, clock } = startOutbox()
  sender.script = [{ kind: 'retry', reason: '429', afterMs: 60_000 }]
  await offer('a', 4)
  await clock.advance(59_999)
  expect(sender.sent).toHaveLength(1)
  await clock.advance(1)
  expect(sender.delivered).toEqual(['a'])
})

test('new settings end a wait early', async () => {
  const { offer, sender, clock, outbox } = startOutbox()
  sender.script = [{ kind: 'retry', reason: '429', afterMs: 60_000 }]
  await offer('a', 4)
  await clock.advance(1)
  outbox.reconfigure({ send: sender.send })
  await clock.advance(0)
  expect(sender.delivered).toEqual(['a'])
})

test.each([
  ['maxAttempts', { maxAttempts: 3 }, 3],
  ['maxElapsedMs', { maxElapsedMs: 3_500 }, 3],
])('a limit on %s gives a request up, counted', async (_, limit, tries) => {
  const retry = { minBackoffMs: 1_000, maxBackoffMs: 8_000, jitter: 'none', ...limit } as const
  const { offer, sender, clock, drops, outbox } = startOutbox({ retry })
  sender.answer = () => down
  await offer('a', 7)
  await clock.advance(60_000)
  expect(sender.sent).toHaveLength(tries)
  expect(drops).toEqual([{ items: 7, reason: 'retries_exhausted', detail: '503 come back' }])
  expect(outbox.status().queuedItems).toBe(0)
})

test('zero means no limit, as in Alloy', async () => {
  const retry = { minBackoffMs: 1_000, maxBackoffMs: 8_000, jitter: 'none', maxAttempts: 0, maxElapsedMs: 0 } as const
  const { offer, sender, clock, drops } = startOutbox({ retry })
  sender.answer = () => down
  await offer('a', 7)
  await clock.advance(600_000)
  expect(drops).toEqual([])
})

test('fragments over the age limit are given up, younger ones are not', async () => {
  const retry = { minBackoffMs: 1_000, maxBackoffMs: 1_000, jitter: 'none', maxAgeMs: 5_000 } as const
  const { offer, sender, clock, drops } = startOutbox({ retry })
  sender.answer = () => down
  await offer('old', 4)
  await clock.advance(4_000)
  await offer('young', 4)
  await clock.advance(2_000)
  expect(drops).toMatchObject([{ items: 4, reason: 'too_old' }])
  sender.answer = () => ({ kind: 'delivered' })
  await clock.advance(1_000)
  expect(sender.delivered).toEqual(['young'])
})

test('a request with one bad item is bisected: the rest is delivered in order, the item kept with the words of the server', async () => {
  const { offer, sender, clock, drops, files, outbox } = startOutbox({ split: halves })
  sender.answer = ({ fragments }) =>
    fragments.some(({ body }) => Buffer.from(body).toString() === 'bad')
      ? { kind: 'rejected', reason: '400: out of order', status: 400, split: 'bisect' }
      : { kind: 'delivered' }
  await Promise.all([offer('a'), offer('b'), offer('bad'), offer('d')])
  await clock.advance(2_000)
  expect(sender.delivered).toEqual(['a', 'b', 'd'])
  expect(drops).toEqual([{ items: 1, reason: 'rejected', detail: '400: out of order' }])
  const letters = files.paths().filter((path) => path.startsWith('/queue/rejected/'))
  expect(letters).toHaveLength(1)
  const [head, body] = (files.contents(letters[0])?.toString() ?? '').split('\n')
  expect(JSON.parse(head)).toMatchObject({
    reason: '400: out of order',
    status: 400,
    items: 1,
    fragments: [{ length: 3 }],
  })
  expect(body).toBe('bad')
  expect(outbox.status().queuedItems).toBe(0)
})

test('a part of a split request that has to be retried keeps its place', async () => {
  const { offer, sender, clock } = startOutbox({ split: halves })
  sender.script = [
    { kind: 'rejected', reason: '413', split: 'half' },
    down,
    { kind: 'delivered' },
    { kind: 'delivered' },
  ]
  await Promise.all([offer('a'), offer('b'), offer('c'), offer('d')])
  await clock.advance(2_000)
  expect(sender.sent.map(({ bodies }) => bodies.join(''))).toEqual(['abcd', 'ab', 'ab', 'cd'])
})

test('a split request is repeated whole when the process dies between its parts', async () => {
  const first = startOutbox({ split: halves })
  first.sender.script = [{ kind: 'rejected', reason: '413', split: 'half' }, { kind: 'delivered' }]
  first.sender.answer = () => down
  await Promise.all([first.offer('a'), first.offer('b'), first.offer('c'), first.offer('d')])
  await first.clock.advance(500)
  expect(first.sender.delivered).toEqual(['a', 'b'])
  const second = startOutbox({ files: first.files.killed(), split: halves })
  await second.clock.advance(1_000)
  expect(second.sender.delivered).toEqual(['a', 'b', 'c', 'd'])
})

test('a split that does not make requests smaller ends as a rejection', async () => {
  const { offer, sender, clock, drops } = startOutbox({ split: (request) => [request, request] })
  sender.answer = () => ({ kind: 'rejected', reason: '413', split: 'half' })
  await offer('a', 4)
  await clock.advance(1_000)
  expect(drops).toEqual([{ items: 4, reason: 'rejected', detail: '413' }])
})

test('refused credentials pause the queue and lose nothing, for days', async () => {
  const { offer, sender, clock, drops, outbox } = startOutbox({ split: halves })
  sender.answer = () => ({ kind: 'rejected', reason: '401 no', status: 401, unauthorized: true })
  await offer('a', 4)
  await offer('b', 4)
  await clock.advance(60_000)
  expect(sender.sent.length).toBeLessThanOrEqual(2)
  await clock.advance(3 * 86_400_000)
  expect(outbox.status()).toMatchObject({ state: 'paused', lastError: '401 no', queuedItems: 8 })
  expect(drops).toEqual([])
  outbox.reconfigure({ send: async () => ({ kind: 'delivered' }) })
  await clock.advance(0)
  expect(outbox.status()).toMatchObject({ state: 'idle', queuedItems: 0 })
})

test('a sender that throws is a retry, not an end', async () => {
  const { offer, sender, clock } = startOutbox()
  sender.answer = () => {
    sender.answer = () => ({ kind: 'delivered' })
    throw new Error('bug')
  }
  await offer('a', 4)
  await clock.advance(1_000)
  expect(sender.delivered).toEqual(['a'])
})

test('the newest hundred rejected requests are kept', async () => {
  const { offer, sender, clock, files } = startOutbox()
  sender.answer = () => ({ kind: 'rejected', reason: '400' })
  for (let i = 0; i < 130; i++) {
    void offer(`item ${i}`, 4)
    await clock.advance(20)
  }
  const letters = files.paths().filter((path) => path.startsWith('/queue/rejected/'))
  expect(letters).toHaveLength(100)
  expect(files.contents(letters[0])?.toString()).toMatch(/item 30$/)
})
