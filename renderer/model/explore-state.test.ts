import { expect, test } from 'vitest'
import { ExploreTrail, rangeAt } from './explore-state.ts'

test('each step can be taken back, in the order they were taken', () => {
  const trail = new ExploreTrail()
  trail.go({ pane: 'traces', traceId: 'ab' })
  trail.go({ pane: 'metrics', metrics: 'up' })
  expect(trail.state.get()).toMatchObject({ pane: 'metrics', metrics: 'up', traceId: 'ab' })
  trail.back()
  expect(trail.state.get()).toMatchObject({ pane: 'traces', metrics: '' })
  trail.back()
  expect(trail.state.get().pane).toBe('logs')
  expect(trail.canGoBack.get()).toBe(false)
  trail.back()
  expect(trail.state.get().pane).toBe('logs')
})

test('a moving range ends now, a fixed one stays', () => {
  expect(rangeAt({ last: 60_000 }, 100_000)).toEqual({ from: 40_000, to: 100_000 })
  expect(rangeAt({ from: 1, to: 2 }, 100_000)).toEqual({ from: 1, to: 2 })
})
