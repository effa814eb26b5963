import { describe, expect, test } from 'vitest'
import { Labels } from '../labels.ts'
import { RelabelCache } from './relabel-cache.ts'
import { keptBelow, SeriesMapper } from './series-mapper.ts'

const labels = (n: number): Labels => Labels.from({ n: String(n) })
const evenOnly = (set: Labels): Labels | undefined =>
  Number(set.get('n')) % 2 === 0 ? set.with([['even', 'yes']]) : undefined

describe('RelabelCache', () => {
  test('runs the rules once per set, drops included, and gives equal sets the same object', () => {
    const cache = new RelabelCache(evenOnly, { maxEntries: 10 })
    const first = cache.get(labels(2))
    expect(cache.get(labels(2))).toBe(first)
    expect(cache.get(labels(1))).toBeUndefined()
    expect(cache.get(labels(1))).toBeUndefined()
    expect([cache.hits, cache.misses, cache.size]).toEqual([2, 2, 2])
  })

  test('keeps what was used last when it is full', () => {
    const cache = new RelabelCache(evenOnly, { maxEntries: 2 })
    cache.get(labels(0))
    cache.get(labels(2))
    cache.get(labels(0))
    cache.get(labels(4))
    expect(cache.size).toBe(2)
    cache.get(labels(0))
    expect([cache.hits, cache.misses]).toEqual([2, 3])
  })

  test('forgets one set, and all that went unused too long', () => {
    let now = 0
    const cache = new RelabelCache(evenOnly, { ttlMs: 60 }, () => now)
    cache.get(labels(0))
    cache.get(labels(2))
    cache.get(labels(4))
    cache.forget(labels(2))
    cache.forget(labels(8))
    now = 50
    cache.get(labels(0))
    now = 70
    cache.expire()
    expect([cache.deletes, cache.expired, cache.size]).toEqual([1, 1, 1])
  })
})

test('a cache that is far too small costs no more per set than one that is large enough', () => {
  const list = Array.from({ length: 60_000 }, (_, n) => labels(n))
  const cpuOf = (maxEntries: number): number => {
    const cache = new RelabelCache((set) => set, { maxEntries })
    const before = process.cpuUsage()
    for (const set of list) cache.get(set)
    const { user, system } = process.cpuUsage(before)
    expect(cache.size).toBe(Math.min(maxEntries, list.length))
    return user + system
  }
  cpuOf(100_000)
  expect(cpuOf(30_000)).toBeLessThan(10 * cpuOf(100_000) + 50_000)
})

describe('SeriesMapper', () => {
  test('maps a list once and tells which samples stay', () => {
    let calls = 0
    const mapper = new SeriesMapper((set) => {
      calls++
      return evenOnly(set)
    })
    const list = [0, 1, 2, 3, 4].map(labels)
    expect(mapper.knows(list)).toBe(false)
    const mapped = mapper.of(list)
    expect(mapped.series.map((set) => set.get('n'))).toEqual(['0', '2', '4'])
    expect([...mapped.indexes!]).toEqual([0, 2, 4])
    expect(mapped.dropped).toBe(2)
    expect(mapper.of(list)).toBe(mapped)
    expect(mapper.knows(list)).toBe(true)
    expect(calls).toBe(5)
    expect([0, 1, 3, 5].map((bound) => keptBelow(mapped, bound))).toEqual([0, 1, 2, 3])
  })

  test('takes a long list in steps', () => {
    const list = Array.from({ length: 5_500 }, (_, n) => labels(n))
    const steps = new SeriesMapper(evenOnly).steps(list)
    let rests = 0
    for (let step = steps.next(); ; step = steps.next(), rests++) {
      if (step.done !== true) continue
      expect(step.value.series).toHaveLength(2_750)
      break
    }
    expect(rests).toBe(5)
  })

  test('hands an unchanged list on as it is', () => {
    const list = [labels(1)]
    const mapped = new SeriesMapper((set) => set).of(list)
    expect(mapped.series).toBe(list)
    expect(keptBelow(mapped, 1)).toBe(1)
  })
})
