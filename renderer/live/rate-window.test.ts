import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RateWindow } from './rate-window.ts'

/** Feeds one frame a second and returns the rate after each. */
function rates(totalAt: (second: number) => number, seconds: number): number[] {
  const window = new RateWindow(0, totalAt(0))
  const seen: number[] = []
  for (let second = 1; second <= seconds; second++) {
    window.add(second * 1000, totalAt(second))
    seen.push(window.rate(second * 1000))
  }
  return seen
}

test('a steady flow has its own rate', () => {
  expect(rates((second) => second * 250, 20).at(-1)).toBe(250)
})

test('a change of a steady flow shows within the short window', () => {
  const after = rates((second) => (second <= 60 ? second * 100 : 6000 + (second - 60) * 500), 66)
  expect(after.at(-1)).toBe(500)
})

test('a scrape every 30 s is a steady rate between scrapes, not a spike', () => {
  const seen = rates((second) => Math.floor(second / 30) * 1200, 300).slice(60)
  expect(new Set(seen.map(Math.round))).toEqual(new Set([40]))
})

test('two targets of one interval and different sizes are counted whole', () => {
  const total = (second: number): number => Math.floor((second + 3) / 5) * 355 + Math.floor((second + 4) / 5) * 5
  for (const rate of rates(total, 60).slice(8)) expect(rate).toBeCloseTo(72)
})

test('a flow that ends falls to zero soon after the next burst was due', () => {
  expect(rates((second) => Math.min(second, 10) * 100, 18).at(-1)).toBe(0)
  expect(rates((second) => Math.floor(Math.min(second, 90) / 30) * 1200, 145).at(-1)).toBe(0)
})

test('nothing has no rate, and totals that start anew do not make it negative', () => {
  expect(rates(() => 700, 10).at(-1)).toBe(0)
  const window = new RateWindow(0, 5000)
  window.add(1000, 6000)
  window.add(2000, 10)
  expect(window.rate(2000)).toBe(0)
  window.add(3000, 30)
  expect(window.rate(3000)).toBeGreaterThan(0)
})

test('whatever grows, the rate is never negative and never above the steepest step', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 200 }), (steps) => {
      const window = new RateWindow(0, 0)
      let total = 0
      steps.forEach((step, index) => {
        total += step
        window.add((index + 1) * 1000, total)
        const rate = window.rate((index + 1) * 1000)
        expect(rate).toBeGreaterThanOrEqual(0)
        expect(rate).toBeLessThanOrEqual(Math.max(...steps) + 1e-9)
      })
    }),
  )
})

test('a burst right after watching began is no spike', () => {
  const window = new RateWindow(0, 0)
  window.add(250, 0)
  window.add(500, 300)
  expect(window.rate(500)).toBe(60)
})
