import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { Pipeline, StatsFrame } from '../../collector-core/protocol.ts'
import { FrameWatchers } from './frame-watchers.ts'
import type { FrameWatcher } from './frame-watchers.ts'

let at: number
let picture: Pipeline | undefined
let watchers: FrameWatchers

beforeEach(() => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  at = 0
  picture = pictureOf('a')
  watchers = new FrameWatchers({
    frame: (): StatsFrame => ({ kind: 'stats', at: ++at, components: [], edges: [] }),
    picture: () => picture,
  })
})

const pictureOf = (version: string): Pipeline => ({ kind: 'pipeline', version, nodes: [], edges: [] }) as never

/** Writes down what it gets: the version of a picture, the time of a frame. */
function watcher(takes: boolean) {
  const got: unknown[] = []
  let takeAll: () => void = () => undefined
  const watch: FrameWatcher = (frame, taken) => {
    got.push(frame.kind === 'pipeline' ? (frame as { version?: unknown }).version : frame.at)
    takeAll = taken
    if (takes) taken()
  }
  return { got, watch, take: () => takeAll() }
}

test('who begins to watch sees the picture and the numbers at once, then four times a second', () => {
  const { got, watch } = watcher(true)
  const leave = watchers.add(watch)
  expect(got).toEqual(['a', 1])
  vi.advanceTimersByTime(1_000)
  expect(got).toEqual(['a', 1, 2, 3, 4, 5])
  leave()
  vi.advanceTimersByTime(1_000)
  expect(at).toBe(5)
})

test('one frame is made for everybody, and another picture is shown to everybody within a second', () => {
  const [one, two] = [watcher(true), watcher(true)]
  watchers.add(one.watch)
  watchers.add(two.watch)
  vi.advanceTimersByTime(500)
  expect(two.got).toEqual(['a', 2, 3, 4])
  expect(at).toBe(4)
  picture = pictureOf('b')
  vi.advanceTimersByTime(500)
  expect(two.got).toEqual(['a', 2, 3, 4, 5, 'b', 6])
  expect(one.got).toEqual(['a', 1, 3, 4, 5, 'b', 6])
  picture = pictureOf('c')
  watchers.look()
  watchers.look()
  expect(one.got.at(-1)).toBe('c')
  expect(one.got.filter((got) => got === 'c')).toHaveLength(1)
})

test('who takes nothing gets nothing more, and holds nobody else up', () => {
  const [slow, quick] = [watcher(false), watcher(true)]
  watchers.add(slow.watch)
  watchers.add(quick.watch)
  vi.advanceTimersByTime(500)
  expect(slow.got).toEqual(['a', 1])
  expect(quick.got).toEqual(['a', 2, 3, 4])
  slow.take()
  vi.advanceTimersByTime(250)
  expect(slow.got).toEqual(['a', 1])
  slow.take()
  slow.take()
  vi.advanceTimersByTime(500)
  expect(slow.got).toEqual(['a', 1, 6])
})
