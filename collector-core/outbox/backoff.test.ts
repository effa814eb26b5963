import { expect, test } from 'vitest'
import { Backoff } from './backoff.ts'

const delays = (count: number, next: () => number): number[] => Array.from({ length: count }, next)

test('without jitter, waits double up to the maximum', () => {
  const backoff = new Backoff(() => 0.5)
  const options = { minBackoffMs: 30, maxBackoffMs: 200, jitter: 'none' } as const
  expect(delays(5, () => backoff.next(options))).toEqual([30, 60, 120, 200, 200])
})

test('jitter up spreads a wait to at most twice itself, and never over the maximum', () => {
  const options = { minBackoffMs: 500, maxBackoffMs: 1_500, jitter: 'up' } as const
  const low = new Backoff(() => 0)
  expect(delays(3, () => low.next(options))).toEqual([500, 1_000, 1_500])
  const high = new Backoff(() => 0.999)
  expect(high.next(options)).toBeCloseTo(999.5)
  expect(high.next(options)).toBe(1_500)
})

test('jitter both spreads a wait by half to either side', () => {
  const options = { minBackoffMs: 5_000, maxBackoffMs: 30_000, multiplier: 1.5, jitter: 'both' } as const
  const low = new Backoff(() => 0)
  expect(delays(2, () => low.next(options))).toEqual([2_500, 3_750])
  expect(new Backoff(() => 1).next(options)).toBe(7_500)
})

test('a share as jitter spreads a wait by that much to either side', () => {
  const options = { minBackoffMs: 1_000, maxBackoffMs: 30_000, jitter: 0.25 } as const
  expect(new Backoff(() => 0).next(options)).toBe(750)
  expect(new Backoff(() => 1).next(options)).toBe(1_250)
  expect(new Backoff(() => 1).next({ ...options, jitter: 0 })).toBe(1_000)
})

test('a server delay replaces the wait, within bounds, and the next wait grows from it', () => {
  const options = { minBackoffMs: 30, maxBackoffMs: 5_000, jitter: 'none' } as const
  const backoff = new Backoff(() => 0.5)
  expect(backoff.next(options, 1_000)).toBe(1_000)
  expect(backoff.next(options)).toBe(2_000)
  expect(backoff.next(options, 10 * 365 * 86_400_000)).toBe(300_000)
  expect(backoff.next(options, 1)).toBe(30)
  expect(new Backoff(() => 0.5).next(options, -5)).toBe(30)
})

test('a smallest wait of zero still grows', () => {
  const backoff = new Backoff(() => 0.5)
  expect(delays(3, () => backoff.next({ minBackoffMs: 0, maxBackoffMs: 100, jitter: 'none' }))).toEqual([1, 2, 4])
})
