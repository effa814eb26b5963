// What the numbers were over the last minutes: one point a second per component and edge, in rings of fixed size. Seconds
// nobody watched are missing, not zero.
import { Cell } from '../model/cell.ts'
import type { LiveNumbers } from './live-numbers.ts'

export const measures = ['in', 'out', 'dropped', 'errors', 'latency', 'queue', 'oldest'] as const
/** Items a second in, out and dropped, batches that failed a second, milliseconds a batch takes, items that wait, their age in ms. */
export type Measure = (typeof measures)[number]

/** Times in milliseconds since the epoch, oldest first; a value that was not there is NaN. */
export interface Curve {
  readonly times: Float64Array
  readonly values: Float64Array
}

/** How far back one can look, milliseconds. */
export const historyMs = 10 * 60_000
const everyMs = 1_000
const capacity = historyMs / everyMs
/** Components and edges of 400 nodes and 600 edges; further ones have no history. */
const mostSeries = 400 * measures.length + 600

interface Series {
  readonly ring: Float32Array
  newest: number
}

export function componentSeries(id: string, measure: Measure): string {
  return `${measure} ${id}`
}

export function edgeSeries(id: string): string {
  return `edge ${id}`
}

export class History {
  /** Grows with every point. */
  readonly points = new Cell(0)
  private readonly times = new Float64Array(capacity)
  private readonly series = new Map<string, Series>()

  /** Takes a point, unless the last one is less than a second old. */
  record(at: number, numbers: LiveNumbers): void {
    const count = this.points.get()
    const last = count === 0 ? -Infinity : this.times[(count - 1) % capacity]
    // A clock that was set back begins anew.
    if (at < last) this.clear()
    else if (at - last < everyMs * 0.9) return
    const index = this.points.get()
    this.times[index % capacity] = at
    for (const [id, live] of numbers.allComponents()) {
      this.put(index, componentSeries(id, 'in'), live.input?.rate)
      this.put(index, componentSeries(id, 'out'), live.output?.rate)
      this.put(index, componentSeries(id, 'dropped'), live.droppedRate)
      this.put(index, componentSeries(id, 'errors'), live.errorRate)
      this.put(index, componentSeries(id, 'latency'), live.latencyMs)
      this.put(index, componentSeries(id, 'queue'), live.queue?.items)
      this.put(index, componentSeries(id, 'oldest'), live.queue && at - (live.queue.oldestAt ?? at))
    }
    for (const [id, { rate }] of numbers.allEdges()) this.put(index, edgeSeries(id), rate)
    for (const [key, { newest }] of this.series) if (index - newest >= capacity) this.series.delete(key)
    this.points.set(index + 1)
  }

  /** The newest points of a series, at most `most`, or the newest when there were `end` of them, as far as they are kept. */
  read(key: string, most: number = capacity, end: number = this.points.get()): Curve {
    const oldest = Math.max(0, this.points.get() - capacity)
    const length = Math.max(0, Math.min(end - oldest, most))
    const times = new Float64Array(length)
    const values = new Float64Array(length).fill(NaN)
    const series = this.series.get(key)
    for (let offset = 0; offset < length; offset++) {
      const index = end - length + offset
      times[offset] = this.times[index % capacity]
      if (series !== undefined && index <= series.newest) values[offset] = series.ring[index % capacity]
    }
    return { times, values }
  }

  private clear(): void {
    this.series.clear()
    this.points.set(0)
  }

  private put(index: number, key: string, value: number | undefined): void {
    if (value === undefined) return
    let series = this.series.get(key)
    if (series === undefined) {
      if (this.series.size >= mostSeries) return
      series = { ring: new Float32Array(capacity).fill(NaN), newest: index }
      this.series.set(key, series)
    }
    // What lies between was not there.
    for (let gap = Math.max(series.newest + 1, index - capacity + 1); gap < index; gap++)
      series.ring[gap % capacity] = NaN
    series.ring[index % capacity] = value
    series.newest = index
  }
}
