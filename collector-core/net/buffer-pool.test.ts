import { expect, it } from 'vitest'
import { BufferPool } from './buffer-pool.ts'

it('gives memory out again, to one at a time', () => {
  const pool = new BufferPool(1024 * 1024)
  const first = pool.take(100_000)
  const second = pool.take(100_000)
  expect(first.length).toBeGreaterThanOrEqual(100_000)
  expect(second === first).toBe(false)
  pool.give(first)
  expect(pool.take(90_000) === first).toBe(true)
  expect(pool.take(90_000) === first).toBe(false)
})

it('makes larger memory for what fits nowhere', () => {
  const pool = new BufferPool(1024 * 1024)
  pool.give(pool.take(10))
  expect(pool.take(500_000).length).toBeGreaterThanOrEqual(500_000)
})

it('keeps no more than it may', () => {
  const pool = new BufferPool(200_000)
  const large = pool.take(300_000)
  pool.give(large)
  expect(pool.take(300_000) === large).toBe(false)
  const [a, b] = [pool.take(100_000), pool.take(100_000)]
  pool.give(a)
  pool.give(b)
  const again = [pool.take(100_000), pool.take(100_000)]
  expect(again.map((buffer) => buffer === a || buffer === b)).toEqual([true, false])
})
