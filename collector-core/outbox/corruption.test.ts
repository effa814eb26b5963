// Every byte of a small queue is damaged in turn, and the segment cut at every length: it always starts, later sound
// fragments are delivered, and what is missing is counted exactly.
import { expect, test } from 'vitest'
import { CrashFileSystem } from '../testing/crash-file-system.ts'
import { settled, startOutbox } from '../testing/started-outbox.ts'

const segment = '/queue/0000000000000001.segment'
const texts = ['one', 'two', 'three', 'four', 'five']
const everything = 1 + 2 + 3 + 4 + 5

/** The files of a queue that was stopped cleanly holding five fragments of 1 to 5 items. */
async function stoppedQueue(): Promise<Map<string, Buffer>> {
  const started = startOutbox()
  started.sender.answer = () => ({ kind: 'retry', reason: 'down' })
  for (const [index, text] of texts.entries()) await started.offer(text, index + 1)
  await started.clock.advance(1)
  started.stop()
  await started.clock.advance(10)
  await started.ended
  return new Map(started.files.paths().map((path) => [path, Buffer.from(started.files.contents(path) ?? [])]))
}

async function restarted(contents: ReadonlyMap<string, Uint8Array>) {
  const files = new CrashFileSystem()
  for (const [path, content] of contents) files.plant(path, content)
  const started = startOutbox({ files })
  await settled()
  const lateOffer = await started.offer('fresh')
  await started.clock.advance(3_000)
  const lost = started.drops.reduce((sum, { items }) => sum + items, 0)
  const delivered = started.sender.delivered
  return { ...started, lost, delivered, lateOffer }
}

const itemsOf = (delivered: readonly string[]): number =>
  delivered.reduce((sum, text) => sum + texts.indexOf(text) + 1, 0)

function checkSound({ delivered, lost, lateOffer, outbox }: Awaited<ReturnType<typeof restarted>>, what: string): void {
  expect(lateOffer, what).toEqual({ kind: 'accepted' })
  expect(delivered.at(-1), what).toBe('fresh')
  const old = delivered.slice(0, -1)
  expect(old, what).toEqual(texts.filter((text) => old.includes(text)))
  expect(itemsOf(old) + lost, what).toBe(everything)
  expect(outbox.status(), what).toMatchObject({ queuedItems: 0, state: 'idle' })
}

const damages = {
  'one bit': (byte: number) => byte ^ 0x10,
  zero: () => 0,
  ones: () => 0xff,
}

test.each(Object.entries(damages))('every byte of a segment, %s', { timeout: 120_000 }, async (_, damage) => {
  const queue = await stoppedQueue()
  const sound = queue.get(segment)!
  let hit = 0
  for (let at = 0; at < sound.length; at++) {
    const damaged = Buffer.from(sound)
    damaged[at] = damage(sound[at])
    const result = await restarted(new Map([...queue, [segment, damaged]]))
    checkSound(result, `byte ${at}`)
    expect(result.delivered.length, `byte ${at} costs one fragment at most`).toBeGreaterThanOrEqual(texts.length)
    if (result.lost > 0) {
      hit++
      expect(result.files.paths().some((path) => path.startsWith('/queue/quarantine/'))).toBe(true)
    }
  }
  expect(hit).toBeGreaterThan(100)
})

test('a segment cut at every length', { timeout: 120_000 }, async () => {
  const queue = await stoppedQueue()
  const sound = queue.get(segment)!
  for (let length = 0; length < sound.length; length++) {
    checkSound(await restarted(new Map([...queue, [segment, sound.subarray(0, length)]])), `cut at ${length}`)
  }
})

test('every byte of the cursor, damaged: nothing is lost', { timeout: 120_000 }, async () => {
  const queue = await stoppedQueue()
  const sound = queue.get('/queue/cursor')!
  for (const start of [0, 4096]) {
    for (let at = start; at < Math.min(start + 128, sound.length); at++) {
      const damaged = Buffer.from(sound)
      damaged[at] ^= 0x40
      const { delivered, lost } = await restarted(new Map([...queue, ['/queue/cursor', damaged]]))
      expect([delivered, lost], `byte ${at}`).toEqual([[...texts, 'fresh'], 0])
    }
  }
})

test.each([
  ['missing', undefined],
  ['empty', Buffer.alloc(0)],
  ['foreign', Buffer.from('not a cursor at all')],
])('a cursor that is %s: everything is sent again', async (_, content) => {
  const queue = await stoppedQueue()
  if (content === undefined) queue.delete('/queue/cursor')
  else queue.set('/queue/cursor', content)
  const { delivered, lost } = await restarted(queue)
  expect([delivered, lost]).toEqual([[...texts, 'fresh'], 0])
})

test('a missing segment is counted from the cursor', async () => {
  const queue = await stoppedQueue()
  queue.delete(segment)
  checkSound(await restarted(queue), 'missing')
})

test('a foreign file under a segment name, and one of another version, are set aside', async () => {
  const queue = await stoppedQueue()
  queue.set('/queue/0000000000000002.segment', Buffer.alloc(5_000, 'no segment '))
  const newer = Buffer.from('WEIRSEGM'.padEnd(44, '\0'))
  newer.writeUInt32LE(7, 8)
  const { crc32 } = await import('node:zlib')
  newer.writeUInt32LE(crc32(newer.subarray(0, 40)), 40)
  queue.set('/queue/0000000000000003.segment', newer)
  const result = await restarted(queue)
  checkSound(result, 'foreign')
  expect(result.lost).toBe(0)
  const aside = result.files.paths().filter((path) => path.startsWith('/queue/quarantine/'))
  expect(aside.map((path) => path.split('/').at(-1))).toEqual([
    '0000000000000002.segment.000',
    '0000000000000003.segment.001',
  ])
  expect(result.logLines.join('\n')).toContain('another version of Weir (format 7)')
})

test('a segment of another queue is set aside', async () => {
  const other = startOutbox({ random: () => 0.25 })
  other.sender.answer = () => ({ kind: 'retry', reason: 'down' })
  await other.offer('stranger')
  const queue = await stoppedQueue()
  queue.set('/queue/0000000000000002.segment', Buffer.from(other.files.contents(segment)!))
  const result = await restarted(queue)
  checkSound(result, 'stranger')
  expect(result.lost).toBe(0)
})

test('a segment that is there twice is read once', async () => {
  const queue = await stoppedQueue()
  queue.set('/queue/0000000000000009.segment', queue.get(segment)!)
  const { delivered, lost } = await restarted(queue)
  expect([delivered, lost]).toEqual([[...texts, 'fresh'], 0])
})

test('a block that is there twice inside a segment is read once', async () => {
  const queue = await stoppedQueue()
  const sound = queue.get(segment)!
  queue.set(segment, Buffer.concat([sound.subarray(0, 200), sound.subarray(44)]))
  const { delivered, lost } = await restarted(queue)
  expect([delivered, lost]).toEqual([[...texts, 'fresh'], 0])
})

test('segments whose files were swapped are read in their own order', async () => {
  const started = startOutbox({ maxBytes: 32 * 1024 })
  started.sender.answer = () => ({ kind: 'retry', reason: 'down' })
  for (let i = 0; i < 4; i++) await started.offer(`${i}${'x'.repeat(4_000)}`)
  const files = started.files.killed()
  const [a, b] = ['/queue/0000000000000002.segment', '/queue/0000000000000003.segment']
  const [one, two] = [files.contents(a)!, files.contents(b)!]
  files.plant(a, two)
  files.plant(b, one)
  const next = startOutbox({ files })
  await next.clock.advance(2_000)
  expect(next.sender.delivered.map((text) => text[0])).toEqual(['0', '1', '2', '3'])
  expect(next.drops).toEqual([])
})

test('a segment missing in the middle is counted exactly, once', async () => {
  const started = startOutbox({ maxBytes: 32 * 1024 })
  started.sender.answer = () => ({ kind: 'retry', reason: 'down' })
  for (let i = 0; i < 4; i++) await started.offer(`${i}${'x'.repeat(4_000)}`, 10 + i)
  const files = started.files.killed()
  files.plant('/queue/0000000000000002.segment', undefined)
  const next = startOutbox({ files })
  await next.clock.advance(2_000)
  expect(next.sender.delivered.map((text) => text[0])).toEqual(['0', '2', '3'])
  expect(next.drops).toMatchObject([{ items: 11, reason: 'corrupted' }])
})
