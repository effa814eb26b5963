import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compress, compressPlain } from './compress.ts'
import { crc32c } from './crc32c.ts'
import { joinBlocks } from './join-blocks.ts'
import { compressFramed } from './compress-framed.ts'
import { uncompressFramed } from './uncompress-framed.ts'
import { uncompress } from './uncompress.ts'

const oracle = createRequire(import.meta.url)('snappyjs') as {
  compress(bytes: Uint8Array): Uint8Array
  uncompress(bytes: Uint8Array): Uint8Array
}
const mebibyte = 1024 * 1024

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Text with repeats at many distances, which is what the matcher lives on. */
const repetitive = fc
  .array(fc.tuple(fc.nat(40), fc.uint8Array({ maxLength: 90 }), fc.nat(400)), { maxLength: 60 })
  .map((pieces) => {
    const out: number[] = []
    for (const [back, fresh, again] of pieces) {
      out.push(...fresh)
      for (let index = 0; index < again && out.length > 0; index++) out.push(out[Math.max(0, out.length - 1 - back)])
    }
    return Uint8Array.from(out)
  })

describe.each([
  ['compress', compress],
  ['compressPlain', compressPlain],
])('%s', (_, encode) => {
  it('gives a block that our decoder and an independent one read back', () => {
    fc.assert(
      fc.property(repetitive, (input) => {
        const block = encode(input)
        expect(uncompress(block, mebibyte)).toEqual(input)
        expect(new Uint8Array(oracle.uncompress(block))).toEqual(input)
      }),
      { numRuns: 300 },
    )
  })

  it.each([0, 1, 14, 15, 16, 17, 255, 256, 257, 65535, 65536, 65537, 200_000])('carries %i bytes', (length) => {
    const input = Uint8Array.from({ length }, (_, index) => (index * index) >>> 7)
    expect(Buffer.compare(uncompress(encode(input), length) as Uint8Array, input)).toBe(0)
  })

  it('shrinks repeats and does not grow noise past the bound', () => {
    expect(encode(new Uint8Array(100_000)).length).toBeLessThan(5_000)
    const noise = crypto.getRandomValues(new Uint8Array(60_000))
    expect(encode(noise).length).toBeLessThan(60_100)
  })

  it('owns its result', () => {
    const first = encode(bytes('the first of two'))
    encode(bytes('another text altogether'))
    expect(uncompress(first, 100)).toEqual(bytes('the first of two'))
    expect(first.buffer.byteLength).toBe(first.length)
  })

  it('reads a view in the middle of a larger buffer', () => {
    const whole = bytes('xxxxabcdabcdabcdabcdabcdabcdyyyy')
    expect(uncompress(encode(whole.subarray(4, 28)), 100)).toEqual(whole.slice(4, 28))
  })
})

describe('uncompress', () => {
  it.each<[string, number[], 'malformed' | 'too_large']>([
    ['nothing', [], 'malformed'],
    ['a length that never ends', [0xff, 0xff, 0xff, 0xff, 0xff], 'malformed'],
    ['a length over 32 bits', [0x80, 0x80, 0x80, 0x80, 0x10], 'malformed'],
    ['a claim of 2 GiB in 7 bytes', [0x80, 0x80, 0x80, 0x80, 0x08, 0, 0x61], 'too_large'],
    ['a claim of 4 GiB', [0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0x61], 'too_large'],
    ['a claim just over the limit', [0x81, 0x80, 0x40, 0, 0x61], 'too_large'],
    ['a claim its size cannot hold', [0x80, 0x80, 0x04, 0, 0x61], 'malformed'],
    ['less than claimed', [2, 0, 0x61], 'malformed'],
    ['more than claimed', [1, 4, 0x61, 0x62], 'malformed'],
    ['a literal cut short', [3, 8, 0x61], 'malformed'],
    ['a literal length cut short', [100, 61 << 2, 9], 'malformed'],
    ['a literal of 4 GiB', [100, 63 << 2, 0xff, 0xff, 0xff, 0xff, 1], 'malformed'],
    ['a copy before the start', [5, 0, 0x61, 1, 2], 'malformed'],
    ['a copy of offset zero', [5, 0, 0x61, 1, 0], 'malformed'],
    ['a copy past the claim', [4, 0, 0x61, 1, 1], 'malformed'],
    ['a 1-byte copy cut short', [5, 0, 0x61, 1], 'malformed'],
    ['a 2-byte copy cut short', [5, 0, 0x61, 2, 1], 'malformed'],
    ['a 4-byte copy cut short', [5, 0, 0x61, 3, 1, 0, 0], 'malformed'],
    ['a 4-byte copy from far away', [5, 0, 0x61, 15, 0xff, 0xff, 0xff, 0xff], 'malformed'],
  ])('refuses %s', (_, input, code) => {
    expect(uncompress(Uint8Array.from(input), mebibyte)).toMatchObject({ kind: 'snappy-error', code })
  })

  it('reads the 4-byte copy element no encoder of ours writes', () => {
    expect(uncompress(Uint8Array.of(6, 4, 0x61, 0x62, 3 | (3 << 2), 2, 0, 0, 0), 100)).toEqual(bytes('ababab'))
  })

  it('never throws, whatever is flipped, cut or made up', () => {
    const block = compress(bytes('a line of text, a line of text, another line of text and 12345678901234567890'))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.tuple(fc.nat(block.length - 1), fc.nat(255), fc.nat(block.length)).map(([at, value, end]) => {
            const changed = block.slice(0, end)
            if (at < end) changed[at] = value
            return changed
          }),
        ),
        (input) => {
          const result = uncompress(input, 4096)
          expect('kind' in result || result.length <= 4096).toBe(true)
        },
      ),
      { numRuns: 3000 },
    )
  })
})

describe('uncompressFramed', () => {
  const identifier = [0xff, 6, 0, 0, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59]

  function chunk(type: number, content: Uint8Array, data: Uint8Array): number[] {
    const crc = crc32c(content)
    const masked = (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
    const length = data.length + 4
    const header = [type, length & 255, (length >>> 8) & 255, length >>> 16]
    return [...header, masked & 255, (masked >>> 8) & 255, (masked >>> 16) & 255, masked >>> 24, ...data]
  }
  const plain = (text: string): number[] => chunk(1, bytes(text), bytes(text))
  const packed = (text: string): number[] => chunk(0, bytes(text), compress(bytes(text)))
  const decode = (...parts: number[][]): unknown => uncompressFramed(Uint8Array.from(parts.flat()), 100)

  it('knows the published checksum of "123456789"', () => {
    expect(crc32c(bytes('123456789'))).toBe(0xe3069283)
  })

  it('joins plain and compressed chunks and skips padding and skippable ones', () => {
    const padding = [0xfe, 2, 0, 0, 0, 0]
    const skippable = [0x80, 1, 0, 0, 9]
    expect(
      decode(identifier, plain('one '), padding, packed('two two two '), skippable, identifier, plain('3')),
    ).toEqual(bytes('one two two two 3'))
    expect(decode(identifier)).toEqual(bytes(''))
  })

  it.each<[string, number[][], string]>([
    ['no identifier', [plain('x')], 'malformed'],
    ['a wrong checksum', [identifier, plain('x').with(4, 0).with(5, 0)], 'malformed'],
    ['a reserved chunk', [identifier, [2, 0, 0, 0]], 'malformed'],
    ['a chunk cut short', [identifier, plain('hello').slice(0, -1)], 'malformed'],
    ['a header cut short', [identifier, [0, 1]], 'malformed'],
    ['no room for a checksum', [identifier, [1, 3, 0, 0, 1, 2, 3]], 'malformed'],
    ['a second identifier that is wrong', [identifier, identifier.with(9, 0)], 'malformed'],
    ['too much in sum', [identifier, plain('x'.repeat(60)), plain('x'.repeat(60))], 'too_large'],
  ])('refuses %s', (_, parts, code) => {
    expect(decode(...parts)).toMatchObject({ kind: 'snappy-error', code })
  })
})

describe('compressFramed', () => {
  it('is read back whole, whatever the content', () => {
    fc.assert(
      fc.property(fc.oneof(repetitive, fc.uint8Array({ maxLength: 200_000 })), (input) => {
        const framed = compressFramed(input)
        expect(Buffer.compare(uncompressFramed(framed, mebibyte) as Uint8Array, input)).toBe(0)
      }),
      { numRuns: 100 },
    )
  })

  it('never grows by more than the chunk heads', () => {
    const noise = Uint8Array.from({ length: 150_000 }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 13) & 255)
    expect(compressFramed(noise).length).toBeLessThanOrEqual(noise.length + 10 + 3 * 8)
  })
})

describe('joinBlocks', () => {
  it('makes one block of the content of all', () => {
    fc.assert(
      fc.property(fc.array(repetitive, { minLength: 1, maxLength: 5 }), (inputs) => {
        const joined = Buffer.concat(joinBlocks(inputs.map((input) => compress(input)))!)
        expect(Buffer.compare(uncompress(joined, mebibyte) as Uint8Array, Buffer.concat(inputs))).toBe(0)
      }),
      { numRuns: 100 },
    )
  })

  it('refuses a block without a length', () => {
    expect(joinBlocks([Uint8Array.of(1, 0, 65), Uint8Array.of(0xff)])).toBeUndefined()
  })
})
