import type { Threshold, Word56 } from './randomness.ts'
import { alwaysThreshold } from './randomness.ts'

const buckets = 0x4000

/** FNV-1a over the seed's four bytes (little-endian) and the bytes given, 32 bits. */
export function seededHash(seed: number, bytes: Uint8Array, start: number, end: number): number {
  let hash = 2166136261
  for (let shift = 0; shift < 32; shift += 8) hash = Math.imul(hash ^ ((seed >>> shift) & 0xff), 16777619)
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], 16777619)
  return hash >>> 0
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
  const bucket = hash & (buckets - 1)
  const upper = hash >>> 18
  const mix = upper ^ (upper << 10)
  return { high: ((buckets - 1 - bucket) << 14) | (mix >>> 14), low: ((mix & (buckets - 1)) << 14) | bucket }
}
