import type { Labels } from '../../../../collector-core/signal/labels.ts'
import { emptySeries } from './vector.ts'
import type { Scalar, Vector, VectorSeries } from './vector.ts'

interface Bucket {
  readonly bound: number
  count: number
}

/** Relative differences up to this are rounding errors of sums, not decreases. */
const tolerance = 1e-12

/** The φ-quantile of classic histograms: series that differ only in `le` are the buckets of one. */
export function histogramQuantile(q: Scalar, vector: Vector, steps: number): Vector {
  const histograms = new Map<string, { readonly labels: Labels; readonly buckets: [number, VectorSeries][] }>()
  for (const series of vector) {
    const bound = parseBound(series.labels.get('le'))
    if (bound === undefined) continue
    const labels = series.labels.filter((name) => name !== '__name__' && name !== 'le')
    const known = histograms.get(labels.key)
    if (known === undefined) histograms.set(labels.key, { labels, buckets: [[bound, series]] })
    else known.buckets.push([bound, series])
  }
  return [...histograms.values()].map(({ labels, buckets }) => {
    buckets.sort(([a], [b]) => a - b)
    const out = emptySeries(labels, steps)
    for (let i = 0; i < steps; i++) {
      const present = buckets.flatMap(([bound, { present: has, values }]) =>
        has[i] === 1 ? [{ bound, count: values[i] }] : [],
      )
      if (present.length === 0) continue
      out.present[i] = 1
      out.values[i] = quantile(q[i], present)
    }
    return out
  })
}

function parseBound(text: string): number | undefined {
  if (/^[+]?inf(inity)?$/i.test(text)) return Infinity
  if (/^-inf(inity)?$/i.test(text)) return -Infinity
  const value = text.trim() === text && text !== '' ? Number(text) : NaN
  return Number.isNaN(value) ? undefined : value
}

/** `buckets` ascend by their bound and count cumulatively. */
function quantile(q: number, given: readonly Bucket[]): number {
  if (Number.isNaN(q)) return NaN
  if (q < 0) return -Infinity
  if (q > 1) return Infinity
  if (given[given.length - 1].bound !== Infinity) return NaN
  const buckets = monotonic(joined(given))
  if (buckets.length < 2) return NaN
  const observations = buckets[buckets.length - 1].count
  if (observations === 0) return NaN
  let rank = q * observations
  let at = 0
  while (at < buckets.length - 1 && !(buckets[at].count >= rank)) at++
  if (at === buckets.length - 1) return buckets[buckets.length - 2].bound
  if (at === 0 && buckets[0].bound <= 0) return buckets[0].bound
  let start = 0
  let { count } = buckets[at]
  if (at > 0) {
    start = buckets[at - 1].bound
    count -= buckets[at - 1].count
    rank -= buckets[at - 1].count
  }
  return start + (buckets[at].bound - start) * (rank / count)
}

function joined(buckets: readonly Bucket[]): Bucket[] {
  const out: Bucket[] = []
  for (const { bound, count } of buckets) {
    const last = out.at(-1)
    if (last?.bound === bound) last.count += count
    else out.push({ bound, count })
  }
  return out
}

function monotonic(buckets: Bucket[]): Bucket[] {
  for (let i = 1; i < buckets.length; i++) {
    const before = buckets[i - 1].count
    const now = buckets[i].count
    if (now < before || Math.abs(now - before) / now <= tolerance) buckets[i].count = before
  }
  return buckets
}
