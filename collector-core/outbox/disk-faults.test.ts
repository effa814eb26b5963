import { expect, test } from 'vitest'
import { fileError } from '../testing/crash-file-system.ts'
import { startOutbox } from '../testing/started-outbox.ts'

const seeded = (seed: number) => (): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return seed / 2 ** 32
}

test('a failed sync is never believed later: the fragments are written again, in a new segment', async () => {
  for (let seed = 0; seed < 50; seed++) {
    const started = startOutbox()
    started.sender.answer = () => ({ kind: 'retry', reason: 'down' })
    await started.offer('before')
    let failures = 1
    started.files.fault = (operation, path) =>
      operation === 'sync' && path.endsWith('.segment') && failures-- > 0 ? fileError('EIO') : undefined
    expect(await started.offer('during')).toEqual({ kind: 'accepted' })
    expect(await started.offer('after')).toEqual({ kind: 'accepted' })
    expect(started.files.paths().filter((path) => path.endsWith('.segment'))).toHaveLength(2)
    const next = startOutbox({ files: started.files.powerCut(seeded(seed)) })
    await next.clock.advance(2_000)
    expect(next.sender.delivered).toEqual(['before', 'during', 'after'])
    expect(next.drops).toEqual([])
  }
})

test('a disk that stays broken refuses offers for now, says so, and is used again when it works', async () => {
  const started = startOutbox()
  await started.offer('a')
  started.files.fault = (operation, path) =>
    operation === 'sync' && path.endsWith('.segment') ? fileError('EIO') : undefined
  expect(await started.offer('b')).toEqual({
    kind: 'refused',
    retryable: true,
    reason: '/queue cannot be written: EIO: injected',
    retryAfterMs: 1_000,
  })
  expect(started.outbox.status()).toMatchObject({
    state: 'failed',
    lastError: '/queue cannot be written: EIO: injected',
  })
  started.files.fault = () => undefined
  expect(await started.offer('too soon')).toMatchObject({ kind: 'refused' })
  await started.clock.advance(1_000)
  expect(await started.offer('c')).toEqual({ kind: 'accepted' })
  await started.clock.advance(1_000)
  expect(started.sender.delivered).toEqual(['a', 'c'])
  expect(started.outbox.status().lastError).toBeUndefined()
})

test('what was refused does not come back after a power cut, and what was accepted later does', async () => {
  for (let seed = 0; seed < 50; seed++) {
    const started = startOutbox()
    started.sender.answer = () => ({ kind: 'retry', reason: 'down' })
    await started.offer('a')
    started.files.fault = (operation, path) =>
      operation === 'sync' && path.endsWith('.segment') ? fileError('EIO') : undefined
    expect((await started.offer('refused')).kind).toBe('refused')
    started.files.fault = () => undefined
    await started.clock.advance(1_000)
    await started.offer('c')
    const next = startOutbox({ files: started.files.powerCut(seeded(seed)) })
    await next.clock.advance(2_000)
    expect(next.sender.delivered).toEqual(['a', 'c'])
  }
})

test('a full disk refuses offers, keeps sending what it has, and takes offers again once there is space', async () => {
  const started = startOutbox()
  started.sender.answer = () => ({ kind: 'retry', reason: 'down' })
  await started.offer('x'.repeat(2_000))
  started.files.capacity = 10_000
  const kinds: string[] = []
  for (let i = 0; i < 10; i++) {
    kinds.push((await started.offer('x'.repeat(2_000))).kind)
    await started.clock.advance(1_000)
  }
  expect(kinds.slice(0, 1)).toEqual(['accepted'])
  expect(kinds.slice(-3)).toEqual(['refused', 'refused', 'refused'])
  expect(started.outbox.status().lastError).toBe('/queue cannot be written: the disk is full')
  const taken = 1 + kinds.filter((kind) => kind === 'accepted').length
  started.sender.answer = () => ({ kind: 'delivered' })
  await started.clock.advance(20_000)
  expect(started.sender.delivered).toHaveLength(taken)
  started.files.capacity = Infinity
  expect(await started.offer('later')).toEqual({ kind: 'accepted' })
  await started.clock.advance(1_000)
  expect(started.sender.delivered.at(-1)).toBe('later')
})

test.each(['write', 'sync', 'open', 'rename', 'syncDirectory'] as const)(
  'delivery goes on when the cursor cannot be written: %s fails',
  async (broken) => {
    const started = startOutbox()
    await started.offer('a')
    started.files.fault = (operation, path) =>
      operation === broken && (path.includes('cursor') || operation === 'syncDirectory') ? fileError('EIO') : undefined
    await started.clock.advance(1_000)
    expect(started.sender.delivered).toEqual(['a'])
    await started.clock.advance(2_000)
    started.files.fault = () => undefined
    await started.offer('b')
    await started.clock.advance(3_000)
    expect(started.sender.delivered).toEqual(['a', 'b'])
    const next = startOutbox({ files: started.files.powerCut(() => 0.99) })
    await next.clock.advance(3_000)
    expect(next.sender.delivered, 'the cursor is durable again').toEqual([])
  },
)

test('a cursor whose sync failed is replaced, not believed', async () => {
  for (let seed = 0; seed < 50; seed++) {
    const started = startOutbox()
    started.sender.answer = () => ({ kind: 'retry', reason: 'down' })
    let failures = 1
    started.files.fault = (operation, path) =>
      operation === 'sync' && path.endsWith('cursor') && failures-- > 0 ? fileError('EIO') : undefined
    for (const text of ['a', 'b', 'c', 'd', 'e', 'f']) await started.offer(text)
    await started.clock.advance(100)
    expect(started.sender.sent).toHaveLength(1)
    const next = startOutbox({
      files: started.files.powerCut(seeded(seed)),
      batch: { maxItems: 1, maxSize: 1e6, maxAgeMs: 0 },
    })
    await next.clock.advance(1_000)
    expect(next.sender.sent.map(({ bodies }) => bodies.join(''))).toEqual(['abcd', 'e', 'f'])
  }
})

/** A queue of three fragments whose segment cannot be read from the moment recovery is over. */
async function unreadable(readings: number) {
  const first = startOutbox()
  first.sender.answer = () => ({ kind: 'retry', reason: 'down' })
  for (const text of ['a', 'b', 'c']) await first.offer(text)
  const files = first.files.killed()
  let recovered = false
  files.fault = (operation, path) => {
    recovered ||= operation === 'sync' && path.endsWith('cursor')
    const hit = recovered && operation === 'read' && path.endsWith('0001.segment') && readings-- > 0
    return hit ? fileError('EIO') : undefined
  }
  return startOutbox({ files })
}

test('a backlog that cannot be read for a while waits, then is sent whole', async () => {
  const started = await unreadable(3)
  await started.clock.advance(1)
  expect(started.outbox.status()).toMatchObject({ state: 'failed', lastError: 'EIO: injected', queuedItems: 3 })
  await started.clock.advance(5_000)
  expect(started.sender.delivered).toEqual(['a', 'b', 'c'])
  expect(started.drops).toEqual([])
  expect(started.outbox.status().state).toBe('idle')
})

test('a segment that goes on failing to be read is given up, counted, and what follows is sent', async () => {
  const started = await unreadable(Infinity)
  await started.offer('d')
  await started.clock.advance(30_000)
  expect(started.sender.delivered).toEqual(['d'])
  expect(started.drops).toMatchObject([{ items: 3, reason: 'corrupted' }])
})

test('a newest segment that cannot be read at the start is tried again before it is given up', async () => {
  const first = startOutbox()
  first.sender.answer = () => ({ kind: 'retry', reason: 'down' })
  for (const text of ['a', 'b', 'c']) await first.offer(text)
  const files = first.files.killed()
  files.fault = (operation, path) =>
    operation === 'read' && path.endsWith('0001.segment') ? fileError('EIO') : undefined
  const second = startOutbox({ files })
  await second.clock.advance(5_000)
  expect(second.outbox.status().state).toBe('failed')
  files.fault = () => undefined
  await second.clock.advance(4_000)
  expect(second.sender.delivered).toEqual(['a', 'b', 'c'])
})

test('a directory removed under a running outbox is made anew, and what is accepted from then on is durable', async () => {
  const started = startOutbox()
  await started.offer('a')
  await started.clock.advance(2_000)
  for (const path of started.files.paths()) started.files.plant(path, undefined)
  started.sender.answer = () => ({ kind: 'retry', reason: 'down' })
  await started.clock.advance(2_000)
  expect(await started.offer('b')).toEqual({ kind: 'accepted' })
  await started.clock.advance(2_000)
  const next = startOutbox({ files: started.files.powerCut(() => 0.99) })
  await next.clock.advance(2_000)
  expect(next.sender.delivered).toEqual(['b'])
})
