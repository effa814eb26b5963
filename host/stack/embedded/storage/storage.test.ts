import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Labels } from '../../../../collector-core/signal/labels.ts'
import { decodeRequest } from '../../../../collector-core/wire/remote_write/decode-request.ts'
import { uncompress } from '../../../../collector-core/wire/snappy/uncompress.ts'
import { parseSeriesSelector } from '../promql/parse.ts'
import { stale, writeRequest } from '../testing/write-request.ts'
import type { SeriesToWrite } from '../testing/write-request.ts'
import { Storage } from './storage.ts'
import { TooMuch } from './too-much.ts'

const hour = 3_600_000
let directory: string
let storage: Storage

const open = (retention = { maxAgeMs: 24 * hour, maxBytes: 1e9 }, bounds = {}): Promise<Storage> =>
  Storage.open(directory, retention, { maxSeries: 1000, maxStreams: 1000, maxQuerySamples: 100_000, ...bounds })

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'storage-'))
  storage = await open()
})

afterEach(async () => {
  await storage.close()
  rmSync(directory, { recursive: true, force: true })
})

async function write(series: readonly SeriesToWrite[]): Promise<readonly string[]> {
  const block = writeRequest(series)
  const request = decodeRequest(uncompress(block, 1e8) as Uint8Array, 1)
  if ('malformed' in request) throw new Error(request.malformed)
  return (await storage.metrics.write(request, { version: 1, block })).refused
}

const read = async (selector: string, from: number, to: number): Promise<[number, number][]> => {
  const series = await storage.metrics.select(parseSeriesSelector(selector), from, to)
  return series.flatMap(({ times, values }) => [...times].map((time, i): [number, number] => [time, values[i]]))
}

test('samples are the same in memory, in chunks, and in both', async () => {
  const now = Date.now()
  const at = (i: number): number => now - 5 * hour + i * 60_000
  await write([{ labels: { __name__: 'a' }, samples: Array.from({ length: 200 }, (_, i) => [at(i), i]) }])
  const inMemory = await read('a', 0, now)
  await storage.metrics.flush(true)
  expect(await read('a', 0, now)).toEqual(inMemory)
  await write([{ labels: { __name__: 'a' }, samples: Array.from({ length: 50 }, (_, i) => [at(200 + i), i]) }])
  expect(await read('a', 0, now)).toHaveLength(250)
  expect(await read('a', at(10), at(12))).toEqual([
    [at(10), 10],
    [at(11), 11],
    [at(12), 12],
  ])
})

test('what comes late is put in order, and what comes again counts once', async () => {
  const now = Date.now()
  await write([
    {
      labels: { __name__: 'a' },
      samples: [
        [now - 3000, 3],
        [now - 1000, 1],
      ],
    },
  ])
  await storage.metrics.flush(true)
  await write([
    {
      labels: { __name__: 'a' },
      samples: [
        [now - 2000, 2],
        [now - 1000, 10],
      ],
    },
  ])
  expect(await read('a', 0, now)).toEqual([
    [now - 3000, 3],
    [now - 2000, 2],
    [now - 1000, 10],
  ])
})

test('a series that is too many, a sample too old or too new, and a nameless series are refused with a reason', async () => {
  await storage.close()
  storage = await open(undefined, { maxSeries: 2 })
  const now = Date.now()
  const refused = await write([
    {
      labels: { __name__: 'a' },
      samples: [
        [now, 1],
        [now - 48 * hour, 1],
        [now + 2 * hour, 1],
      ],
    },
    { labels: { job: 'x' }, samples: [[now, 1]] },
    { labels: { __name__: 'b' }, samples: [[now, 1]] },
    { labels: { __name__: 'c' }, samples: [[now, 1]] },
  ])
  expect(refused).toHaveLength(4)
  expect(await read('{__name__=~"a|b|c"}', 0, now + hour)).toHaveLength(2)
})

test('a query that loads more than its bound is refused, not cut', async () => {
  await storage.close()
  storage = await open(undefined, { maxQuerySamples: 10 })
  const now = Date.now()
  await write([{ labels: { __name__: 'a' }, samples: Array.from({ length: 11 }, (_, i) => [now - i, i]) }])
  await expect(read('a', 0, now)).rejects.toThrow(TooMuch)
})

test('windows older than the age are removed, series that are only in them with them', async () => {
  const now = Date.now()
  await write([
    { labels: { __name__: 'old' }, samples: [[now - 10 * hour, 1]] },
    { labels: { __name__: 'new' }, samples: [[now, 1]] },
  ])
  await storage.logs.write([
    {
      labels: Labels.from({ app: 'a' }),
      lines: [{ seconds: Math.floor((now - 10 * hour) / 1000), nanos: 0, line: Buffer.from('x'), metadata: [] }],
    },
  ])
  await storage.close()
  storage = await open({ maxAgeMs: 4 * hour, maxBytes: 1e9 })
  await storage.maintain()
  expect(storage.metrics.seriesCount).toBe(1)
  expect(storage.logs.streamCount).toBe(0)
  expect(await read('{__name__=~".+"}', 0, now)).toEqual([[now, 1]])
  expect(storage.metrics.labelValues('__name__', 0, now)).toEqual(['new'])
})

test('above its size the store loses what is oldest of the largest signal, and keeps the rest', async () => {
  const now = Math.floor(Date.now() / 1000)
  const noise = (seed: number): Buffer =>
    Buffer.from(
      Array.from({ length: 2000 }, (_, i) => String.fromCharCode(33 + (((i * seed) ^ (i * i + seed)) % 90))).join(''),
    )
  for (let minute = 50; minute >= 0; minute--) {
    const lines = Array.from({ length: 40 }, (_, i) => ({
      seconds: now - minute * 60,
      nanos: i,
      line: noise(minute * 41 + i + 1),
      metadata: [],
    }))
    await storage.logs.write([{ labels: Labels.from({ app: 'a' }), lines }])
  }
  await write([{ labels: { __name__: 'a' }, samples: [[now * 1000 - 50 * 60_000, 1]] }])
  await storage.close()
  storage = await open({ maxAgeMs: 24 * hour, maxBytes: 1e9 })
  const full = (await storage.sizes()).logs
  expect(full).toBeGreaterThan(500_000)
  await storage.close()
  storage = await open({ maxAgeMs: 24 * hour, maxBytes: Math.floor(full / 2) })
  await storage.maintain()
  const sizes = await storage.sizes()
  expect(sizes.logs + sizes.metrics + sizes.traces).toBeLessThanOrEqual(full / 2)
  const lines: bigint[] = []
  for await (const part of storage.logs.scan([], 0n, BigInt(now + 1) * 1_000_000_000n, 'forward'))
    lines.push(...part.map(({ time }) => time))
  expect(Number(lines[0] / 1_000_000_000n)).toBeGreaterThan(now - 50 * 60)
  expect(Number(lines.at(-1)! / 1_000_000_000n)).toBe(now)
  expect(await read('a', 0, now * 1000)).toHaveLength(1)
})

test('a staleness marker is still one after it has been on disk', async () => {
  const now = Date.now()
  await write([
    {
      labels: { __name__: 'a' },
      samples: [
        [now - 1000, 1.5],
        [now, stale],
      ],
    },
  ])
  await storage.metrics.flush(true)
  const [{ values }] = await storage.metrics.select(parseSeriesSelector('a'), 0, now)
  expect([...new Uint32Array(values.slice(1).buffer)]).toEqual([2, 0x7ff00000])
})
