import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compressLz4 } from './compress.ts'
import { uncompressLz4 } from './uncompress.ts'
import { xxHash32 } from './xxhash32.ts'

const mebibyte = 1024 * 1024
const span = (i: number): string => `span ${i} GET /api/v1/orders/${(i * 7919) % 501} took ${(i * 37) % 901} ms\n`
const text = Buffer.from(Array.from({ length: 2000 }, (_, i) => span(i)).join(''))
const file = (name: string): Buffer => readFileSync(new URL(`testdata/${name}`, import.meta.url))
const same = (a: unknown, b: Uint8Array): boolean => a instanceof Uint8Array && Buffer.compare(a, b) === 0

it.each([
  ['', 0x02cc5d05],
  ['a', 0x550d7456],
  ['abc', 0x32d153ff],
  ['Nobody inspects the spammish repetition', 0xe2293b2f],
])('knows the published checksum of %j', (input, sum) => {
  expect(xxHash32(Buffer.from(input))).toBe(sum)
})

describe('uncompressLz4', () => {
  // Made by the lz4 tool 1.9.4: 64 KiB blocks that refer to the ones before, every checksum; one block without any.
  it.each(['linked.lz4', 'alone.lz4'])('reads what the lz4 tool wrote: %s', (name) => {
    expect(same(uncompressLz4(file(name), mebibyte), text)).toBe(true)
  })

  it('joins frames and passes over skippable ones', () => {
    const skippable = Buffer.from([0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3])
    const frames = Buffer.concat([compressLz4(Buffer.from('one ')), skippable, compressLz4(Buffer.from('two'))])
    expect(Buffer.from(uncompressLz4(frames, 100) as Uint8Array).toString()).toBe('one two')
  })

  it('stops at the limit, also of what inflates a thousandfold', () => {
    expect(uncompressLz4(file('linked.lz4'), text.length - 1)).toMatchObject({ code: 'too_large' })
    expect(uncompressLz4(compressLz4(Buffer.alloc(50 * mebibyte)), mebibyte)).toMatchObject({ code: 'too_large' })
  })

  it('survives any damage, and notices it where checksums cover it', () => {
    const whole = file('linked.lz4')
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = Buffer.from(whole)
        damaged[at] ^= flip
        expect(uncompressLz4(damaged, mebibyte)).toMatchObject({ kind: 'lz4-error' })
      }),
      { numRuns: 300 },
    )
    for (let end = 1; end < whole.length; end += 97) {
      expect(uncompressLz4(whole.subarray(0, end), mebibyte)).toMatchObject({ code: 'malformed' })
    }
  })

  it('never fails in another way, whatever comes', () => {
    const head = compressLz4(new Uint8Array(0)).subarray(0, 7)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const size = Buffer.alloc(4)
        size.writeUInt32LE(bytes.length)
        const result = uncompressLz4(Buffer.concat([head, size, bytes]), 10_000)
        const outcome = result instanceof Uint8Array ? 'bytes' : result.code
        expect(['bytes', 'malformed', 'too_large']).toContain(outcome)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('compressLz4', () => {
  it('is read back whole, whatever the content', () => {
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 1000 }),
      fc
        .array(fc.constantFrom('span', 'GET /', ' ', '0', 'took ms'), { maxLength: 60_000, size: 'max' })
        .map((words) => Buffer.from(words.join(''))),
      fc.nat(200_000).map((length) => new Uint8Array(length)),
    )
    fc.assert(
      fc.property(content, (input) => {
        expect(same(uncompressLz4(compressLz4(input), mebibyte), input)).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  it('makes text smaller, and noise hardly larger', () => {
    expect(compressLz4(text).length).toBeLessThan(text.length / 2)
    const noise = Uint8Array.from({ length: 200_000 }, (_, i) => Math.imul(i ^ (i >>> 3), 2654435761) >>> 24)
    expect(compressLz4(noise).length).toBeLessThan(noise.length + 100)
  })
})
