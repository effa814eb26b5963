import type { Threshold, Word56 } from './randomness.ts'
import { alwaysThreshold } from './randomness.ts'

const buckets = 0x4000

/** FNV-1a over the seed's four bytes (little-endian) and the bytes given, 32 bits. */
export function seededHash(seed: number, bytes: Uint8Array, start: number, end: number): number {
  return hashOn(hashOfSeed(seed), bytes, start, end) >>> 0
}

/** The hash of the seed alone, for `hashOn`. */
export function hashOfSeed(seed: number): number {
  let hash = 2166136261
  for (let shift = 0; shift < 32; shift += 8) hash = Math.imul(hash ^ ((seed >>> shift) & 0xff), 16777619)
  return hash
}

/** Continues a hash over further bytes; signed, since engines box what does not fit 31 bits and a sign. */
export function hashOn(before: number, bytes: Uint8Array, start: number, end: number): number {
  let hash = before | 0
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], 16777619)
  return hash
}

/** How many of the 16384 hash buckets are kept; computed in 32-bit floats as the Collector does. */
export function acceptedBuckets(percentage: number): number {
  return Math.trunc(Math.fround(Math.fround(Math.min(percentage, 100)) * Math.fround(163.84)))
}

/** The threshold that keeps `accepted` buckets. */
export function thresholdOfBuckets(accepted: number): Threshold {
  if (accepted <= 0) return 'never'
  return accepted >= buckets ? alwaysThreshold : { high: (buckets - accepted) << 14, low: 0 }
}

/** The randomness a hash stands for: keeping it by threshold is the same as keeping its bucket. */
export function randomnessOfHash(hash: number): Word56 {
  return { high: hashHigh(hash), low: hashLow(hash) }
}

/** The upper half of it: the bucket counted from the end, then half of a mix of the bits that choose no bucket. */
export function hashHigh(hash: number): number {
  return ((buckets - 1 - (hash & (buckets - 1))) << 14) | (mixOf(hash) >>> 14)
}

/** The lower half: the other half of the mix, then the bucket. */
export function hashLow(hash: number): number {
  return ((mixOf(hash) & (buckets - 1)) << 14) | (hash & (buckets - 1))
}

function mixOf(hash: number): number {
  const upper = hash >>> 18
  return upper ^ (upper << 10)
}
