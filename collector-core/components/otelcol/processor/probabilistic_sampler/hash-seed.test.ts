import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { acceptedBuckets, hashOfSeed, hashOn, randomnessOfHash, seededHash, thresholdOfBuckets } from './hash-seed.ts'
import { atLeast } from './randomness.ts'

/** FNV-1a in whole numbers, seed first. */
function expectedHash(seed: number, bytes: Uint8Array): number {
  const input = [seed & 0xff, (seed >>> 8) & 0xff, (seed >>> 16) & 0xff, seed >>> 24, ...bytes]
  let hash = 2166136261n
  for (const byte of input) hash = ((hash ^ BigInt(byte)) * 16777619n) & 0xffffffffn
  return Number(hash)
}

/** The randomness of a hash by its definition. */
function expectedRandomness(hash: number): bigint {
  const bucket = BigInt(hash) & 0x3fffn
  const unused = BigInt(hash) >> 18n
  return ((0x3fffn - bucket) << 42n) | ((unused ^ (unused << 10n)) << 14n) | bucket
}

describe('the seeded hash', () => {
  it('is FNV-1a over the seed and the bytes', () => {
    const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 })
    fc.assert(
      fc.property(seed, fc.uint8Array({ maxLength: 40 }), (value, bytes) => {
        expect(seededHash(value, bytes, 0, bytes.length)).toBe(expectedHash(value, bytes))
        expect(hashOn(hashOfSeed(value), bytes, 0, bytes.length) >>> 0).toBe(expectedHash(value, bytes))
      }),
    )
  })

  it('is the published one without a seed', () => {
    // FNV-1a of "a" and of "foobar", each after four zero bytes, from the definition above.
    expect(seededHash(0, Buffer.from('foobar'), 0, 6)).toBe(expectedHash(0, Buffer.from('foobar')))
    expect(hashOn(2166136261, Buffer.from('foobar'), 0, 6) >>> 0).toBe(0xbf9cf968)
  })
})

describe('buckets', () => {
  it.each([
    [0, 0],
    [0.001, 0],
    [0.0061, 0],
    [0.0062, 1],
    [0.1, 16],
    [1, 163],
    [10, 1638],
    [33.3, 5455],
    [50, 8192],
    [99.9, 16367],
    [100, 16384],
    [1000, 16384],
  ])('%d %% accept %d of 16384', (percentage, accepted) => {
    expect(acceptedBuckets(percentage)).toBe(accepted)
  })

  it('are kept by threshold exactly as by their number', () => {
    const hash = fc.integer({ min: 0, max: 2 ** 32 - 1 })
    fc.assert(
      fc.property(hash, fc.integer({ min: 0, max: 16384 }), (value, accepted) => {
        const threshold = thresholdOfBuckets(accepted)
        const { high, low } = randomnessOfHash(value)
        expect((BigInt(high) << 28n) | BigInt(low)).toBe(expectedRandomness(value))
        const kept = threshold !== 'never' && atLeast({ high, low }, threshold)
        expect(kept).toBe((value & 0x3fff) < accepted)
      }),
    )
  })
})
