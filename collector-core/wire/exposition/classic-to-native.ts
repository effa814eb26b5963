// Turns classic histograms into native ones with custom buckets (NHCB): wraps the maker of series on the way into a
// reader, and the exposition on the way out of it.
import type { Label } from '../../signal/labels.ts'
import { customBucketsSchema } from '../../signal/native-histogram.ts'
import type { NativeHistogram } from '../../signal/native-histogram.ts'
import type {
  ExposedExemplar,
  ExposedHistogram,
  Exposition,
  MetricFamily,
  SampleExemplar,
  SeriesMaker,
} from './exposition.ts'
import { parseGoFloat } from './float-syntax.ts'

/** What a series contributes to a classic histogram. */
interface Contribution {
  readonly role: 'bucket' | 'count' | 'sum'
  readonly bound: number
}

/** A series that may be part of a classic histogram. */
export interface Candidate<T> {
  readonly name: string
  readonly labels: readonly Label[]
  readonly family: MetricFamily
  readonly contribution: Contribution | undefined
  /** Equal for all series of one histogram: its name and labels without `le`. */
  readonly histogramKey: string
  own: T | undefined
  histogram: T | undefined
}

interface Gathering<T> {
  readonly first: Candidate<T>
  readonly timestamp: number | undefined
  readonly before: number
  count: number | undefined
  sum: number
  readonly buckets: { bound: number; count: number }[]
  readonly exemplars: ExposedExemplar[]
}

/**
 * Makes the series a reader should be given, and converts what it read. With `keepClassic`, classic series stay beside
 * the converted histogram. A histogram whose buckets do not add up is left out.
 */
export class ClassicToNative<T> implements SeriesMaker<Candidate<T>> {
  readonly metadata: SeriesMaker<T>['metadata']
  private readonly maker: SeriesMaker<T>
  private readonly keepClassic: boolean

  constructor(maker: SeriesMaker<T>, keepClassic: boolean) {
    this.maker = maker
    this.keepClassic = keepClassic
    this.metadata = maker.metadata?.bind(maker)
  }

  series(name: string, labels: readonly Label[], family: MetricFamily): Candidate<T> {
    const contribution = contributionOf(name, labels, family)
    const rest = contribution === undefined ? labels : labels.filter(([label]) => label !== 'le')
    const sorted = [...rest].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    const histogramKey = JSON.stringify([contribution === undefined ? name : family.name, sorted])
    return { name, labels, family, contribution, histogramKey, own: undefined, histogram: undefined }
  }

  convert(read: Exposition<Candidate<T>>): Exposition<T> {
    const series: T[] = []
    const values = new Float64Array(read.count)
    const timestamps = read.timestamps && new Float64Array(read.count)
    const exemplars: SampleExemplar[] = []
    const histograms: ExposedHistogram<T>[] = []
    let gathering: Gathering<T> | undefined
    let exponential: string | undefined
    let nextHistogram = 0
    let nextExemplar = 0
    const finish = (): void => {
      const converted = gathering && this.converted(gathering)
      if (converted !== undefined) histograms.push(converted)
      gathering = undefined
    }
    const passHistograms = (upTo: number): void => {
      for (; nextHistogram < read.histograms.length && read.histograms[nextHistogram].before <= upTo; nextHistogram++) {
        finish()
        const histogram = read.histograms[nextHistogram]
        exponential = histogram.series.histogramKey
        histograms.push({ ...histogram, before: series.length, series: this.own(histogram.series) })
      }
    }
    for (let i = 0; i < read.count; i++) {
      passHistograms(i)
      const candidate = read.series[i]
      const { contribution, histogramKey } = candidate
      const given = read.timestamps === undefined || Number.isNaN(read.timestamps[i]) ? undefined : read.timestamps[i]
      let exemplar: ExposedExemplar | undefined
      if (nextExemplar < read.exemplars.length && read.exemplars[nextExemplar].index === i) {
        exemplar = read.exemplars[nextExemplar++].exemplar
      }
      if (gathering !== undefined && gathering.first.histogramKey !== histogramKey) finish()
      if (histogramKey !== exponential) exponential = undefined
      const gathers = contribution !== undefined && exponential === undefined
      if (gathers) {
        gathering ??= {
          first: candidate,
          timestamp: given,
          before: series.length,
          count: undefined,
          sum: 0,
          buckets: [],
          exemplars: [],
        }
        gather(gathering, contribution, read.values[i])
        if (exemplar !== undefined) gathering.exemplars.push(exemplar)
        if (!this.keepClassic) continue
        exemplar = undefined
      } else finish()
      const index = series.push(this.own(candidate)) - 1
      values[index] = read.values[i]
      if (timestamps !== undefined) timestamps[index] = given ?? NaN
      if (exemplar !== undefined) exemplars.push({ index, exemplar })
    }
    passHistograms(read.count)
    finish()
    return { count: series.length, series, values, timestamps, exemplars, histograms }
  }

  private own(candidate: Candidate<T>): T {
    candidate.own ??= this.maker.series(candidate.name, candidate.labels, candidate.family)
    return candidate.own
  }

  private converted(gathering: Gathering<T>): ExposedHistogram<T> | undefined {
    const histogram = customBuckets(gathering)
    if (histogram === undefined) return undefined
    const { first, before, timestamp, exemplars } = gathering
    first.histogram ??= this.maker.series(
      first.family.name,
      first.labels.filter(([label]) => label !== 'le'),
      first.family,
    )
    return { before, series: first.histogram, histogram, timestamp, exemplars }
  }
}

function contributionOf(name: string, labels: readonly Label[], family: MetricFamily): Contribution | undefined {
  if (family.type !== 'histogram' || !name.startsWith(`${family.name}_`)) return undefined
  switch (name.slice(family.name.length)) {
    case '_count':
      return { role: 'count', bound: NaN }
    case '_sum':
      return { role: 'sum', bound: NaN }
    case '_bucket': {
      const bound = parseGoFloat(labels.find(([label]) => label === 'le')?.[1] ?? '')
      return bound === undefined || Number.isNaN(bound) ? undefined : { role: 'bucket', bound }
    }
    default:
      return undefined
  }
}

function gather(into: Gathering<unknown>, { role, bound }: Contribution, value: number): void {
  if (role === 'count') into.count = value
  else if (role === 'sum') into.sum = value
  else into.buckets.push({ bound, count: value })
}

/** The histogram that cumulative buckets describe, or undefined when they contradict each other. */
function customBuckets({ count: given, sum, buckets }: Gathering<unknown>): NativeHistogram | undefined {
  const sorted = buckets.toSorted((a, b) => a.bound - b.bound)
  const last = sorted.at(-1)
  const count = given ?? last?.count
  if (count === undefined || !(count >= 0)) return undefined
  if (last?.bound !== Infinity) sorted.push({ bound: Infinity, count })
  const counts: number[] = []
  let below = 0
  for (const [i, bucket] of sorted.entries()) {
    if (!(bucket.count >= below) || (i > 0 && bucket.bound === sorted[i - 1].bound)) return undefined
    counts.push(bucket.count - below)
    below = bucket.count
  }
  if (below !== count) return undefined
  const float = !sorted.every((bucket) => Number.isInteger(bucket.count))
  return {
    float,
    schema: customBucketsSchema,
    zeroThreshold: 0,
    zeroCount: 0,
    count,
    sum,
    positiveSpans: [{ offset: 0, length: counts.length }],
    positiveBuckets: float ? counts : counts.map((bucket, i) => (i === 0 ? bucket : bucket - counts[i - 1])),
    negativeSpans: [],
    negativeBuckets: [],
    customValues: sorted.slice(0, -1).map((bucket) => bucket.bound),
    resetHint: 'unknown',
    stale: false,
  }
}
