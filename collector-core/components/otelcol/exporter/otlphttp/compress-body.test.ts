import { expect, it } from 'vitest'
import { inflateBody } from '../../../../net/body.ts'
import { compressBody } from './compress-body.ts'

const pieces = [Buffer.from('spans '.repeat(50_000)), Buffer.from('and more')]
const whole = Buffer.concat(pieces)

it.each(['gzip', 'deflate', 'zlib', 'snappy', 'x-snappy-framed', 'lz4'])(
  '%s can be read back under its name',
  async (name) => {
    const { body, coding } = await compressBody(pieces, name, 0)
    expect(coding).toBe(name)
    expect((body as Uint8Array).length).toBeLessThan(whole.length / 10)
    const inflated = await inflateBody(body as Uint8Array, coding, { maxBytes: whole.length })
    expect(Buffer.from(inflated as Uint8Array).equals(whole)).toBe(true)
  },
)

it.each(['none', ''])('"%s" leaves the pieces as they are', async (name) => {
  expect(await compressBody(pieces, name, 0)).toEqual({ body: pieces })
})

it('compresses harder when told to', async () => {
  const words = Array.from({ length: 5_000 }, (_, i) => `GET /orders/${(i * i) % 977} took ${(i * 37) % 501} ms`)
  const text = [Buffer.from(words.join(' '))]
  const size = async (level: number) => ((await compressBody(text, 'gzip', level)).body as Uint8Array).length
  expect(await size(9)).toBeLessThan(await size(1))
  expect(await size(0)).toBe(await size(1))
})
