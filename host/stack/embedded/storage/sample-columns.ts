import { staleNaNBits } from '../../../../collector-core/signal/metric-batch.ts'

/** Samples of one series in order of time, no time twice; times in milliseconds since 1970. */
export interface Samples {
  readonly times: Float64Array
  readonly values: Float64Array
}

export const noSamples: Samples = { times: new Float64Array(0), values: new Float64Array(0) }

/** Samples that grow at the end, in the order of arrival. */
export class GrowingColumns {
  count = 0
  private times = new Float64Array(8)
  private values = new Float64Array(8)
  private ordered = true

  push(time: number, value: number, stale: boolean): void {
    if (this.count === this.times.length) this.grow()
    const at = this.count++
    if (at > 0 && time <= this.times[at - 1]) this.ordered = false
    this.times[at] = time
    this.values[at] = value
    if (stale) markStale(this.values, at)
  }

  /** A copy in order of time; the later arrival wins where two have one time. */
  samples(): Samples {
    const held = { times: this.times.slice(0, this.count), values: this.values.slice(0, this.count) }
    return this.ordered ? held : inOrder(held)
  }

  private grow(): void {
    const [times, values] = [new Float64Array(this.count * 2), new Float64Array(this.count * 2)]
    times.set(this.times)
    values.set(this.values)
    this.times = times
    this.values = values
  }
}

/** Writes a staleness marker, whose bits a number in JavaScript does not keep for certain. */
export function markStale(values: Float64Array, at: number): void {
  const words = new Uint32Array(values.buffer, values.byteOffset + at * 8, 2)
  words[0] = staleNaNBits.low
  words[1] = staleNaNBits.high
}

/** Joins pieces, the later given ones winning where two have one time. */
export function mergeSamples(pieces: readonly Samples[]): Samples {
  const filled = pieces.filter(({ times }) => times.length > 0)
  if (filled.length === 0) return noSamples
  if (filled.length === 1) return filled[0]
  const size = filled.reduce((sum, { times }) => sum + times.length, 0)
  const joined = { times: new Float64Array(size), values: new Float64Array(size) }
  let at = 0
  let ordered = true
  for (const { times, values } of filled) {
    if (at > 0 && times[0] <= joined.times[at - 1]) ordered = false
    joined.times.set(times, at)
    joined.values.set(values, at)
    at += times.length
  }
  return ordered ? joined : inOrder(joined)
}

/** The samples with `from <= time <= to`. */
export function between({ times, values }: Samples, from: number, to: number): Samples {
  const start = firstAtOrAfter(times, from)
  let end = start
  while (end < times.length && times[end] <= to) end++
  return start === 0 && end === times.length
    ? { times, values }
    : { times: times.subarray(start, end), values: values.subarray(start, end) }
}

/** The index of the first time that is not before `time`. */
export function firstAtOrAfter(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle] < time) low = middle + 1
    else high = middle
  }
  return low
}

function inOrder({ times, values }: Samples): Samples {
  const order = Array.from(times.keys()).sort((a, b) => times[a] - times[b] || a - b)
  const kept = order.filter((at, place) => place + 1 === order.length || times[order[place + 1]] !== times[at])
  const sorted = { times: new Float64Array(kept.length), values: new Float64Array(kept.length) }
  const [from, to] = [words(values), words(sorted.values)]
  kept.forEach((at, place) => {
    sorted.times[place] = times[at]
    to[place * 2] = from[at * 2]
    to[place * 2 + 1] = from[at * 2 + 1]
  })
  return sorted
}

function words(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
}
