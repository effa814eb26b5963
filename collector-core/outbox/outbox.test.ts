import { expect, test } from 'vitest'
import { CrashFileSystem, fileError } from '../testing/crash-file-system.ts'
import { settled, startOutbox } from '../testing/started-outbox.ts'

test('fragments are gathered, oldest first, into requests within the item limit', async () => {
  const { offer, sender, clock } = startOutbox()
  await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((text) => offer(text)))
  await clock.advance(0)
  expect(sender.sent.map(({ bodies }) => bodies)).toEqual([['a', 'b', 'c', 'd']])
  await clock.advance(999)
  expect(sender.sent).toHaveLength(1)
  await clock.advance(1)
  expect(sender.delivered).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
})

test('the size limit closes a request, and a fragment over both limits is sent alone', async () => {
  const { offer, sender, clock } = startOutbox({ batch: { maxItems: 10, maxSize: 5, maxAgeMs: 1_000 } })
  await Promise.all([offer('aaa'), offer('bbb'), offer('cccccccccc', 50), offer('d')])
  await clock.advance(1_000)
  expect(sender.sent.map(({ bodies }) => bodies)).toEqual([['aaa'], ['bbb'], ['cccccccccc'], ['d']])
})

test('an offer settles only after the disk has it, and the boundary is on disk before the first send', async () => {
  const { offer, files, sender, clock } = startOutbox()
  const calls: string[] = []
  files.fault = (operation, path) => void calls.push(`${operation} ${path.split('/').at(-1) ?? ''}`)
  await settled()
  calls.length = 0
  sender.answer = () => {
    calls.push('send')
    return { kind: 'delivered' }
  }
  await offer('a').then(() => calls.push('accepted'))
  await clock.advance(1_000)
  expect(calls).toEqual([
    'open 0000000000000001.segment',
    'write 0000000000000001.segment',
    'sync 0000000000000001.segment',
    'syncDirectory queue',
    'accepted',
    'write cursor',
    'sync cursor',
    'send',
  ])
  calls.length = 0
  await clock.advance(1_000)
  expect(calls, 'the acknowledgement is written at once and synced within a second').toEqual([
    'write cursor',
    'write cursor',
    'sync cursor',
  ])
})

test('fragments in no order are not waited for to be synced as under way, and survive a kill as they were', async () => {
  const { offer, files, sender, clock } = startOutbox({ parallel: () => 2 })
  await offer('first', 1, 0)
  await clock.advance(2_000)
  const calls: string[] = []
  files.fault = (operation, path) => void calls.push(`${operation} ${path.split('/').at(-1) ?? ''}`)
  sender.answer = () => {
    calls.push('send')
    return { kind: 'retry', reason: 'down' }
  }
  await offer('a', 1, 0)
  await offer('b', 1, 0)
  await clock.advance(1_000)
  expect(calls.slice(0, calls.indexOf('send'))).not.toContain('sync cursor')
  const [sent] = sender.sent.slice(-1)
  const next = startOutbox({ files: files.killed(), parallel: () => 2 })
  await next.clock.advance(500)
  expect(next.sender.sent[0].bodies).toEqual(sent.bodies)
})

test('a kill a moment after the answer repeats nothing', async () => {
  const { offer, files, sender, clock } = startOutbox()
  await offer('a')
  await clock.advance(1_010)
  expect(sender.delivered).toEqual(['a'])
  const next = startOutbox({ files: files.killed() })
  await next.clock.advance(2_000)
  expect(next.sender.sent).toEqual([])
})

test('offers made before run wait for it; a body may change once its offer settled', async () => {
  const { outbox, clock, sender } = startOutbox()
  const body = Buffer.from('before')
  await outbox.offer({ body, items: 1, size: 6 })
  body.fill(0)
  await clock.advance(1_000)
  expect(sender.delivered).toEqual(['before'])
})

test('offers that arrive while a sync runs share the next one', async () => {
  const { offer, files } = startOutbox()
  await offer('first')
  let syncs = 0
  files.fault = (operation) => {
    if (operation === 'sync') syncs++
    return undefined
  }
  await Promise.all(Array.from({ length: 100 }, (_, index) => offer(`${index}`)))
  expect(syncs).toBeLessThanOrEqual(3)
})

test('a trickle of single offers from many sides shares syncs after a while', async () => {
  const { offer, files, clock } = startOutbox({ batch: { maxItems: 1e6, maxSize: 1e9, maxAgeMs: 1e6 } })
  for (let i = 0; i < 40; i++) {
    void offer('x')
    await clock.advance(1)
  }
  let syncs = 0
  files.fault = (operation, path) => {
    if (operation === 'sync' && path.endsWith('.segment')) syncs++
    return undefined
  }
  for (let i = 0; i < 200; i++) {
    void offer('x')
    await clock.advance(1)
  }
  expect(syncs).toBeGreaterThan(15)
  expect(syncs).toBeLessThan(30)
})

test('what was accepted and not sent survives a restart, in order', async () => {
  const first = startOutbox()
  first.sender.answer = () => ({ kind: 'retry', reason: 'down' })
  for (const text of ['a', 'b', 'c', 'd', 'e']) await first.offer(text)
  await first.clock.advance(100)
  expect(first.outbox.status()).toMatchObject({ queuedItems: 5, state: 'retrying', lastError: 'down' })
  const second = startOutbox({ files: first.files.killed(), clock: first.clock })
  second.sender.answer = () => ({ kind: 'retry', reason: 'still down' })
  await settled()
  expect(second.outbox.status()).toMatchObject({ queuedItems: 5, oldestAt: 1_700_000_000_000 })
  expect(second.outbox.status().queuedBytes).toBeGreaterThan(5 * 56)
  second.sender.answer = () => ({ kind: 'delivered' })
  await second.clock.advance(1_000)
  await second.clock.advance(1_000)
  expect(second.sender.delivered).toEqual(['a', 'b', 'c', 'd', 'e'])
  await second.clock.advance(1_000)
  expect(second.outbox.status()).toMatchObject({ queuedItems: 0, queuedBytes: 0, state: 'idle' })
})

test('a request that was under way is repeated with the same fragments, whatever the limits are now', async () => {
  const first = startOutbox()
  first.sender.answer = () => new Promise(() => undefined)
  for (const text of ['a', 'b', 'c', 'd', 'e', 'f']) await first.offer(text)
  await first.clock.advance(0)
  const second = startOutbox({
    files: first.files.killed(),
    batch: { maxItems: 1, maxSize: 1e6, maxAgeMs: 1_000 },
  })
  await second.clock.advance(1_000)
  expect(second.sender.sent.map(({ bodies }) => bodies)).toEqual([['a', 'b', 'c', 'd'], ['e'], ['f']])
})

test('a delivered request is not repeated after a clean stop', async () => {
  const first = startOutbox()
  for (const text of ['a', 'b', 'c', 'd']) await first.offer(text)
  await first.clock.advance(0)
  first.stop()
  await first.clock.advance(0)
  await first.ended
  const second = startOutbox({ files: first.files.killed() })
  await second.clock.advance(5_000)
  expect(second.sender.sent).toEqual([])
})

test('a backlog much larger than memory may hold is read from disk in order', async () => {
  const files = startOutbox({ maxBytes: 64 * 1024 * 1024 })
  files.sender.answer = () => ({ kind: 'retry', reason: 'down' })
  const body = 'x'.repeat(400_000)
  for (let i = 0; i < 60; i++) await files.offer(`${String(i).padStart(3, '0')}${body}`)
  files.sender.answer = () => ({ kind: 'delivered' })
  await files.clock.advance(20_000)
  expect(files.sender.delivered.map((text) => Number(text.slice(0, 3)))).toEqual(
    Array.from({ length: 60 }, (_, i) => i),
  )
  expect(files.files.paths().filter((path) => path.endsWith('.segment')).length, 'finished segments go').toBe(1)
})

test('a second outbox on the same directory is refused and told who has it', async () => {
  const { files } = startOutbox()
  await settled()
  const second = startOutbox({ files })
  await expect(second.ended).rejects.toMatchObject({
    name: 'WeirError',
    code: 'outbox_in_use',
    message: 'The queue in /queue is in use by another test (process 42).',
  })
  expect(await second.offer('a')).toMatchObject({ kind: 'refused' })
  expect(second.outbox.status().state).toBe('failed')
})

test('a directory that cannot be used yet is tried again', async () => {
  const files = new CrashFileSystem()
  files.fault = (operation) => (operation === 'makeDirectory' ? fileError('EROFS') : undefined)
  const started = startOutbox({ files })
  const offered = started.offer('a')
  await started.clock.advance(3_000)
  expect(started.outbox.status()).toMatchObject({
    state: 'failed',
    lastError: '/queue cannot be used: EROFS: injected',
  })
  started.files.fault = () => undefined
  await started.clock.advance(3_000)
  expect(await offered).toEqual({ kind: 'accepted' })
  expect(started.outbox.status().lastError).toBeUndefined()
})
