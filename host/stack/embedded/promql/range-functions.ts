// Functions of the samples in a window, by their definitions in Prometheus 3.

/** A window `(start, end]` of a series: samples `from` up to but without `to`. Times in milliseconds. */
export interface Window {
  readonly times: Float64Array
  readonly values: Float64Array
  from: number
  to: number
  start: number
  end: number
}

/** The value at a step, or undefined for none. `parameter` is the scalar argument, where there is one. */
export type RangeFunction = (window: Window, parameter: number) => number | undefined

/** `change` sees every value in the window. */
function fold(window: Window, initial: number, change: (sum: number, value: number) => number): number {
  let sum = initial
  for (let i = window.from; i < window.to; i++) sum = change(sum, window.values[i])
  return sum
}

/** A sum with the lost low-order bits carried along (Kahan, Neumaier). */
export function exactSum(values: Iterable<number>): number {
  let sum = 0
  let lost = 0
  for (const value of values) {
    const next = sum + value
    if (!Number.isFinite(next)) lost = 0
    else if (Math.abs(sum) >= Math.abs(value)) lost += sum - next + value
    else lost += value - next + sum
    sum = next
  }
  return sum + lost
}

const countOf = (window: Window): number => window.to - window.from
const valuesOf = (window: Window): Float64Array => window.values.subarray(window.from, window.to)
/** Functions over time have no value in an empty window. */
const overTime =
  (compute: (window: Window, parameter: number) => number): RangeFunction =>
  (window, parameter) =>
    countOf(window) === 0 ? undefined : compute(window, parameter)

const mean = (window: Window): number => exactSum(valuesOf(window)) / countOf(window)

function variance(window: Window): number {
  const middle = mean(window)
  return exactSum(valuesOf(window).map((value) => (value - middle) ** 2)) / countOf(window)
}

/** The increase, extrapolated to the ends of the window where samples lie close enough to them. */
function extrapolated(window: Window, counter: boolean, perSecond: boolean): number | undefined {
  const { times, values, from, to, start, end } = window
  if (to - from < 2) return undefined
  const last = to - 1
  let result = values[last] - values[from]
  if (counter) for (let i = from + 1; i < to; i++) if (values[i] < values[i - 1]) result += values[i - 1]
  let toStart = (times[from] - start) / 1000
  let toEnd = (end - times[last]) / 1000
  const sampled = (times[last] - times[from]) / 1000
  const average = sampled / (last - from)
  const close = average * 1.1
  if (toStart >= close) toStart = average / 2
  if (counter && result > 0 && values[from] >= 0) toStart = Math.min(toStart, sampled * (values[from] / result))
  if (toEnd >= close) toEnd = average / 2
  const factor = (sampled + toStart + toEnd) / sampled
  return result * (perSecond ? factor / ((end - start) / 1000) : factor)
}

function instantDelta({ times, values, from, to }: Window, rate: boolean): number | undefined {
  if (to - from < 2) return undefined
  const [before, last] = [to - 2, to - 1]
  const delta = rate && values[last] < values[before] ? values[last] : values[last] - values[before]
  const ms = times[last] - times[before]
  if (ms === 0) return undefined
  return rate ? delta / (ms / 1000) : delta
}

/** Slope per second and value at `atMs` of the line of least squares. */
function regression(
  { times, values, from, to }: Window,
  atMs: number,
): { slope: number; intercept: number } | undefined {
  if (to - from < 2) return undefined
  const count = to - from
  const first = values[from]
  let constant = true
  const [xs, ys]: [number[], number[]] = [[], []]
  for (let i = from; i < to; i++) {
    if (values[i] !== first) constant = false
    xs.push((times[i] - atMs) / 1000)
    ys.push(values[i])
  }
  if (constant) return Number.isFinite(first) ? { slope: 0, intercept: first } : { slope: NaN, intercept: NaN }
  const [sumX, sumY] = [exactSum(xs), exactSum(ys)]
  const covariance = exactSum(xs.map((x, i) => x * ys[i])) - (sumX * sumY) / count
  const spread = exactSum(xs.map((x) => x * x)) - (sumX * sumX) / count
  const slope = covariance / spread
  return { slope, intercept: sumY / count - (slope * sumX) / count }
}

/** The φ-quantile of values in any order, interpolated between neighbours. */
export function quantileOf(q: number, values: Float64Array): number {
  if (values.length === 0 || Number.isNaN(q)) return NaN
  if (q < 0) return -Infinity
  if (q > 1) return Infinity
  const sorted = Float64Array.from(values).sort((a, b) => (Number.isNaN(a) ? -1 : Number.isNaN(b) ? 1 : a - b))
  const rank = q * (sorted.length - 1)
  const lower = Math.max(0, Math.floor(rank))
  const upper = Math.min(sorted.length - 1, lower + 1)
  const weight = rank - Math.floor(rank)
  return sorted[lower] * (1 - weight) + sorted[upper] * weight
}

export const rangeFunctions: ReadonlyMap<string, RangeFunction> = new Map<string, RangeFunction>([
  ['rate', (window) => extrapolated(window, true, true)],
  ['increase', (window) => extrapolated(window, true, false)],
  ['delta', (window) => extrapolated(window, false, false)],
  ['irate', (window) => instantDelta(window, true)],
  ['idelta', (window) => instantDelta(window, false)],
  ['deriv', (window) => regression(window, window.times[window.from])?.slope],
  [
    'predict_linear',
    (window, seconds) => {
      const line = regression(window, window.end)
      return line && line.slope * seconds + line.intercept
    },
  ],
  [
    'changes',
    overTime(({ values, from, to }) => {
      let count = 0
      for (let i = from + 1; i < to; i++) {
        const [a, b] = [values[i - 1], values[i]]
        if (a !== b && !(Number.isNaN(a) && Number.isNaN(b))) count++
      }
      return count
    }),
  ],
  [
    'resets',
    overTime(({ values, from, to }) => {
      let count = 0
      for (let i = from + 1; i < to; i++) if (values[i] < values[i - 1]) count++
      return count
    }),
  ],
  ['avg_over_time', overTime(mean)],
  ['sum_over_time', overTime((window) => exactSum(valuesOf(window)))],
  [
    'min_over_time',
    overTime((window) => fold(window, NaN, (low, value) => (value < low || Number.isNaN(low) ? value : low))),
  ],
  [
    'max_over_time',
    overTime((window) => fold(window, NaN, (top, value) => (value > top || Number.isNaN(top) ? value : top))),
  ],
  ['count_over_time', overTime(countOf)],
  ['last_over_time', overTime(({ values, to }) => values[to - 1])],
  ['present_over_time', overTime(() => 1)],
  ['stdvar_over_time', overTime(variance)],
  ['stddev_over_time', overTime((window) => Math.sqrt(variance(window)))],
  ['quantile_over_time', overTime((window, q) => quantileOf(q, valuesOf(window)))],
])
