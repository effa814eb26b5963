import { readFileSync } from 'node:fs'
import zlib from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compressLz4 } from '../wire/lz4/compress.ts'
import { compress } from '../wire/snappy/compress.ts'
import { contentCoding, inflateBody } from './body.ts'
import { readBody } from './read-body.ts'

const text = Array.from(
  { length: 400 },
  (_, index) => `line ${index} of a text that repeats itself, value ${(index * index * 7919) % 100003}\n`,
).join('')
const plain = Buffer.from(text)
const mebibyte = 1024 * 1024
const limits = { maxBytes: mebibyte }
const zeros = Buffer.alloc(16 * mebibyte)
const file = (name: string): Buffer => readFileSync(new URL(`testdata/${name}`, import.meta.url))

describe('contentCoding', () => {
  it.each([
    undefined,
    '',
    ' identity ',
    'GZIP',
    'x-gzip',
    'deflate',
    'zlib',
    'snappy',
    'x-snappy-framed',
    'zstd',
    'lz4',
  ])('%s is read', (name) => expect(typeof contentCoding(name)).toBe('string'))
  it.each(['br', 'gzip, gzip', 'gzip,', 'constructor', 'x'.repeat(10_000)])('%s is not', (name) =>
    expect(contentCoding(name)).toMatchObject({ code: 'unsupported', status: 415 }),
  )
})

describe('inflateBody', () => {
  it.each<[string, string, Buffer | Uint8Array]>([
    ['identity', '', plain],
    ['gzip', 'gzip', zlib.gzipSync(plain)],
    [
      'gzip of two members',
      'gzip',
      Buffer.concat([zlib.gzipSync(plain.subarray(0, 99)), zlib.gzipSync(plain.subarray(99))]),
    ],
    ['gzip past the pool threshold', 'gzip', zlib.gzipSync(plain, { level: 0 })],
    ['deflate', 'deflate', zlib.deflateSync(plain)],
    ['bare deflate', 'deflate', zlib.deflateRawSync(plain)],
    ['bare deflate past the pool threshold', 'deflate', zlib.deflateRawSync(plain, { level: 0 })],
    ['zlib', 'zlib', zlib.deflateSync(plain)],
    ['snappy', 'snappy', compress(plain)],
    ['lz4', 'lz4', compressLz4(plain)],
    ['zstd with its size', 'zstd', file('sized.zst')],
    ['zstd without its size', 'zstd', file('unsized.zst')],
    [
      'zstd in two frames with a skippable one',
      'zstd',
      Buffer.concat([file('empty.zst'), Buffer.of(0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 9), file('sized.zst')]),
    ],
  ])('%s', async (_, encoding, body) => {
    const result = await inflateBody(body, encoding, limits)
    expect(Buffer.from(result as Uint8Array).toString()).toBe(text)
    expect(await inflateBody(body, encoding, { maxBytes: plain.length }, plain.length)).toEqual(result)
    expect(await inflateBody(body, encoding, { maxBytes: plain.length - 1 })).toMatchObject({
      code: 'too_large',
      status: 413,
    })
  })

  it.each<[string, string, () => Uint8Array]>([
    ['gzip', 'gzip', () => zlib.gzipSync(zeros)],
    ['deflate', 'deflate', () => zlib.deflateSync(zeros)],
    ['bare deflate', 'deflate', () => zlib.deflateRawSync(zeros)],
    ['zlib', 'zlib', () => zlib.deflateSync(zeros)],
    ['snappy', 'snappy', () => compress(zeros)],
    ['lz4', 'lz4', () => compressLz4(zeros)],
    ['snappy that lies', 'snappy', () => Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x07, 0)],
    ['zstd', 'zstd', () => file('bomb.zst')],
    ['zstd with its size', 'zstd', () => file('sized-bomb.zst')],
    ['zstd with a wide window', 'zstd', () => file('wide-window.zst')],
  ])('stops a bomb of %s at the limit', async (_, encoding, make) => {
    const bomb = make()
    const before = process.memoryUsage().rss
    const started = performance.now()
    expect(await inflateBody(bomb, encoding, limits)).toMatchObject({ kind: 'body-error', code: 'too_large' })
    expect(performance.now() - started).toBeLessThan(1000)
    expect(process.memoryUsage().rss - before).toBeLessThan(40 * mebibyte)
  })

  it('stops at the ratio before the limit', async () => {
    const bomb = zlib.gzipSync(zeros)
    expect(await inflateBody(bomb, 'gzip', { maxBytes: 1024 * mebibyte, maxRatio: 100 })).toMatchObject({
      code: 'too_large',
      message: expect.stringContaining(`${bomb.length * 100} bytes`) as string,
    })
    expect(
      await inflateBody(zlib.gzipSync(Buffer.alloc(60_000)), 'gzip', { maxBytes: mebibyte, maxRatio: 10 }),
    ).toHaveLength(60_000)
  })

  it('takes only one layer off', async () => {
    const inner = zlib.gzipSync(plain)
    expect(await inflateBody(zlib.gzipSync(inner), 'gzip', limits)).toEqual(inner)
  })

  it('refuses a body of nothing but tiny members', async () => {
    const member = zlib.gzipSync(Buffer.of(1))
    const body = Buffer.concat(Array.from({ length: 100_000 }, () => member))
    const started = performance.now()
    expect(await inflateBody(body, 'gzip', { maxBytes: 64 * mebibyte })).toMatchObject({ code: 'malformed' })
    expect(performance.now() - started).toBeLessThan(500)
  })

  it.each([
    ['gzip', zlib.gzipSync(plain)],
    ['zlib', zlib.deflateSync(plain)],
    ['snappy', compress(plain)],
    ['zstd', file('sized.zst')],
    ['zstd', file('unsized.zst')],
  ])('refuses %s cut anywhere', async (encoding, body) => {
    for (let end = 0; end < body.length; end += 1 + Math.floor(body.length / 60)) {
      const result = await inflateBody(body.subarray(0, end), encoding, limits)
      const isEmpty = end === 0 && encoding === 'zstd'
      expect(result, `cut at ${end}`).toMatchObject(isEmpty ? { length: 0 } : { kind: 'body-error' })
    }
  })

  it('never throws and never exceeds the limit on any bytes', async () => {
    const seeds = [zlib.gzipSync('seed'.repeat(50)), zlib.deflateSync('seed'.repeat(50)), compress(Buffer.from('seed'.repeat(50))), file('sized.zst'), file('unsized.zst')] // prettier-ignore
    const mutated = fc
      .tuple(fc.constantFrom(...seeds), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 }))
      .map(([seed, edits]) => {
        const bytes = Uint8Array.from(seed)
        for (const [at, value] of edits) bytes[at % bytes.length] = value
        return bytes
      })
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(mutated, fc.uint8Array({ maxLength: 100 })),
        fc.constantFrom('gzip', 'deflate', 'zlib', 'snappy', 'x-snappy-framed', 'zstd', 'lz4'),
        async (body, encoding) => {
          const result = await inflateBody(body, encoding, { maxBytes: 100_000 })
          expect('kind' in result || result.length <= 100_000).toBe(true)
        },
      ),
      { numRuns: 3000 },
    )
  }, 30_000)
})

describe('readBody', () => {
  async function* parts(count: number): AsyncGenerator<Buffer> {
    for (let index = 0; index < count; index++) yield Buffer.alloc(10, index)
  }
  const withLength = (count: number, length: string) =>
    Object.assign(parts(count), { headers: { 'content-length': length } })

  it('joins the parts, up to the limit', async () => {
    expect(await readBody(parts(3), 30)).toEqual(
      Buffer.concat([Buffer.alloc(10, 0), Buffer.alloc(10, 1), Buffer.alloc(10, 2)]),
    )
    expect(await readBody(parts(0), 30)).toHaveLength(0)
    expect(await readBody(parts(4), 30)).toMatchObject({ code: 'too_large', status: 413 })
    expect(await readBody(withLength(1, '31'), 30)).toMatchObject({ code: 'too_large' })
    expect(await readBody(withLength(1, 'x'), 30)).toHaveLength(10)
  })
})
