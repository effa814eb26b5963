// From what one target exposed to the batches that are passed on: labels merged, limits kept, duplicates dropped, the
// report added, and the end of series marked.
import type { Labels } from '../../../signal/labels.ts'
import type { ExemplarSample, HistogramSample, MetricBatch, SeriesList } from '../../../signal/metric-batch.ts'
import type {
  ExposedExemplar,
  ExposedHistogram,
  Exposition,
  ExpositionFormat,
  ExpositionReading,
  SeriesMaker,
} from '../../../wire/exposition/exposition.ts'
import { StableSequence } from '../../../wire/exposition/stable-sequence.ts'
import { FamilyMetadata } from './family-metadata.ts'
import { limitHistogram } from './limit-histogram.ts'
import { mergeLabels } from './merge-labels.ts'
import type { MergeRules } from './merge-labels.ts'
import { reportSeries, writeReport } from './report-series.ts'
import type { ScrapeReport } from './report-series.ts'
import { futureBound } from './scrape-bounds.ts'
import type { ScrapeLimits } from './scrape-bounds.ts'
import type { StringPool } from './string-pool.ts'
import { TargetReader } from './target-reader.ts'
import type { ReaderOptions } from './target-reader.ts'
import { SeriesTracker } from './tracked-series.ts'
import type { TrackedSeries } from './tracked-series.ts'

export interface BatchOptions extends ReaderOptions {
  readonly target: Labels
  readonly merge: MergeRules
  readonly limits: ScrapeLimits
  readonly honorTimestamps: boolean
  readonly trackTimestamps: boolean
  readonly honorMetadata: boolean
  readonly extraMetrics: boolean
}

export type AppendProblem = 'sample_limit' | 'label_limit' | 'bucket_limit' | 'invalid'

/** What came of an exposition; with a problem, none of it counts. */
export interface Appended {
  /** Samples and histograms exposed, and those of them that are passed on. */
  readonly scraped: number
  readonly kept: number
  readonly added: number
  readonly duplicates: number
  readonly outOfBounds: number
  readonly problem: { readonly kind: AppendProblem; readonly reason: string } | undefined
}

/** Samples looked at in one step, between which others get their turn. */
const stepSamples = 20_000

/** The samples gathered for the batch in the making. */
interface Draft {
  samples: number
  stamped: boolean
  /** The list is last scrape's, nothing needs to be looked at one by one. */
  unchanged: boolean
  exposed: readonly TrackedSeries[] | undefined
  exemplars: ExemplarSample[]
  histograms: HistogramSample[]
  /** The series of `histograms`. */
  native: TrackedSeries[]
}

/** Makes the batches of one target; one batch at a time, valid until the next is begun. */
export class TargetBatches {
  readonly tracker = new SeriesTracker()
  readonly metadata = new FamilyMetadata()
  private options: BatchOptions
  private readonly pool: StringPool
  private reader: TargetReader<TrackedSeries>
  private reports: readonly Labels[]
  private readonly sequence = new StableSequence<Labels>()
  /** Of batches without samples: kept apart, so that the list of good ones outlives a failure. */
  private readonly failures = new StableSequence<Labels>()
  private values = new Float64Array(64)
  private timestamps = new Float64Array(0)
  private draft: Draft = emptyDraft()
  /** The last pass over an answer that was taken and held something. */
  private lastAnswered = 0
  /** Set while scrapes bring exactly `exposed` and make exactly `list` of it; never after a batch that marked an end. */
  private steady: { readonly exposed: readonly TrackedSeries[]; readonly list: SeriesList } | undefined
  /** Ends that were marked in a batch nobody took. */
  private unmarked: TrackedSeries[] = []
  private marking: TrackedSeries[] = []

  constructor(options: BatchOptions, pool: StringPool) {
    this.options = options
    this.pool = pool
    this.reader = new TargetReader(this.maker(), options)
    this.reports = reportSeries(options.target, options.extraMetrics)
  }

  /** Goes on under other options: series are merged anew, and those that do not come again are marked as ended. */
  reconfigure(options: BatchOptions): void {
    this.options = options
    this.reader = new TargetReader(this.maker(), options)
    this.reports = reportSeries(options.target, options.extraMetrics)
    this.steady = undefined
  }

  /** Reads an answer; pass what it gives to `append`. */
  reading(body: Uint8Array, format: ExpositionFormat): ExpositionReading<TrackedSeries> {
    return this.reader.reading(body, format)
  }

  /** Takes an exposition into the next batch, in steps; `at` is the time of the scrape. */
  *append(exposition: Exposition<TrackedSeries>, at: number): Generator<undefined, Appended, undefined> {
    const { options, steady } = this
    const timestamps = options.honorTimestamps ? exposition.timestamps : undefined
    this.draft = { ...emptyDraft(), exposed: exposition.series }
    this.reserve(exposition.count)
    if (
      steady !== undefined &&
      steady.exposed === exposition.series &&
      timestamps === undefined &&
      exposition.histograms.length === 0
    ) {
      this.values.set(exposition.values.subarray(0, exposition.count))
      this.draft.samples = exposition.count
      this.draft.unchanged = true
      for (const { index, exemplar } of exposition.exemplars) this.addExemplar(steady.list[index], exemplar, at)
      return { ...nothing, scraped: exposition.count, kept: exposition.count }
    }
    return yield* this.appendAll(exposition, timestamps, at)
  }

  /**
   * The finished batch, in steps that all have to be taken; with `failed`, without what was appended. `at` is the time of
   * the scrape.
   */
  *finish(report: ScrapeReport, at: number, failed: boolean): Generator<undefined, MetricBatch, undefined> {
    const { tracker, options } = this
    const sequence = failed ? this.failures : this.sequence
    if (failed) {
      this.draft = emptyDraft()
      this.steady = undefined
      tracker.begin()
      sequence.begin()
    }
    const { samples, exposed, exemplars, histograms, unchanged } = this.draft
    const staleFrom = samples + this.reports.length
    let series = this.steady?.list ?? []
    this.marking = []
    if (!unchanged) {
      const { pass } = tracker
      if (!failed && report.scraped > 0) this.lastAnswered = pass
      const late = this.unmarked.filter(({ seen, tracked }) => seen !== pass && tracked !== pass)
      this.marking = (yield* tracker.finish()).concat(late)
      for (const labels of this.reports) sequence.push(labels)
      for (let i = 0; i < this.marking.length; i++) {
        if (i % stepSamples === stepSamples - 1) yield
        sequence.push(this.marking[i].labels)
      }
      series = sequence.finish()
      const plain = this.marking.length === 0 && histograms.length === 0 && !this.draft.stamped
      const all = exposed !== undefined && exposed.length === samples
      this.steady = plain && all && !failed ? { exposed, list: series } : undefined
      if (!failed && exposed !== undefined && (yield* tracker.forget(exposed, this.draft.native))) {
        this.reader.reset()
        this.steady = undefined
      }
    }
    this.reserve(series.length)
    writeReport(report, options.extraMetrics, this.values, samples)
    return {
      series,
      values: this.values.subarray(0, series.length),
      timestamps: this.draft.stamped ? this.timestamps.fill(at, samples).subarray(0, series.length) : at,
      staleFrom,
      histograms,
      exemplars,
      metadata: options.honorMetadata ? this.metadata.takeChanged() : [],
    }
  }

  /** Says whether the finished batch was taken; ends marked in one that was not are marked again. */
  settle(taken: boolean): void {
    this.unmarked = taken ? [] : this.marking
  }

  /** A batch that marks the end of everything this target had, its report included, save what `goesOn` elsewhere. */
  endAll(at: number, goesOn: (labels: Labels) => boolean): MetricBatch {
    const series = this.livingLabels().filter((labels) => !goesOn(labels))
    return {
      series,
      values: new Float64Array(series.length),
      timestamps: at,
      staleFrom: 0,
      histograms: [],
      exemplars: [],
      metadata: [],
    }
  }

  /** The series that go on, the report's included. */
  livingLabels(): Labels[] {
    return [...this.tracker.living.map(({ labels }) => labels), ...this.reports]
  }

  private *appendAll(
    exposition: Exposition<TrackedSeries>,
    timestamps: Float64Array | undefined,
    at: number,
  ): Generator<undefined, Appended, undefined> {
    const { options, tracker, sequence, values, draft } = this
    const { limits } = options
    tracker.begin()
    sequence.begin()
    let kept = 0
    let added = 0
    let duplicates = 0
    let outOfBounds = 0
    let problem: Appended['problem']
    let nextExemplar = 0
    for (let i = 0; i < exposition.count; i++) {
      if (i % stepSamples === stepSamples - 1) yield
      const series = exposition.series[i]
      while (nextExemplar < exposition.exemplars.length && exposition.exemplars[nextExemplar].index < i) nextExemplar++
      problem ??= problemOf(series)
      kept++
      const own = timestamps === undefined ? NaN : timestamps[i]
      const stamped = !Number.isNaN(own)
      if (!stamped && series.seen === tracker.pass) {
        duplicates++
        continue
      }
      if (this.isAdded(series)) added++
      series.seen = tracker.pass
      if (stamped && own > at + futureBound) {
        outOfBounds++
        continue
      }
      if (kept > limits.samples) continue
      const index = draft.samples++
      values[index] = exposition.values[i]
      if (stamped && !draft.stamped) this.beginStamps(index, at)
      if (draft.stamped) this.timestamps[index] = stamped ? own : at
      sequence.push(series.labels)
      if (!stamped || options.trackTimestamps) tracker.track(series)
      if (nextExemplar < exposition.exemplars.length && exposition.exemplars[nextExemplar].index === i) {
        this.addExemplar(series.labels, exposition.exemplars[nextExemplar].exemplar, stamped ? own : at)
      }
    }
    for (const exposed of exposition.histograms) {
      problem ??= problemOf(exposed.series)
      kept++
      const own = options.honorTimestamps ? exposed.timestamp : undefined
      if (this.isAdded(exposed.series)) added++
      if (own === undefined && exposed.series.seen === tracker.pass) duplicates++
      else if (own !== undefined && own > at + futureBound) outOfBounds++
      else problem ??= this.appendHistogram(exposed, own, at)
    }
    if (kept > limits.samples) {
      problem ??= {
        kind: 'sample_limit',
        reason: `the target exposes ${kept} samples, more than the limit of ${limits.samples}`,
      }
    }
    return { scraped: exposition.count + exposition.histograms.length, kept, added, duplicates, outOfBounds, problem }
  }

  /** As Prometheus counts: new, or not in the last answer that held something. */
  private isAdded({ seen }: TrackedSeries): boolean {
    return seen === 0 || seen < this.lastAnswered
  }

  private appendHistogram(
    { series, histogram, exemplars }: ExposedHistogram<TrackedSeries>,
    own: number | undefined,
    at: number,
  ): Appended['problem'] {
    const { limits, trackTimestamps } = this.options
    series.seen = this.tracker.pass
    const limited = limitHistogram(histogram, limits.finestSchema, limits.buckets)
    if (limited === undefined) {
      const name = series.labels.get('__name__')
      return { kind: 'bucket_limit', reason: `the native histogram ${name} has more than ${limits.buckets} buckets` }
    }
    const timestamp = own ?? at
    this.draft.native.push(series)
    this.draft.histograms.push({ series: series.labels, histogram: limited, timestamp })
    if (own === undefined || trackTimestamps) this.tracker.track(series)
    for (const exemplar of exemplars) {
      if (exemplar.timestamp !== undefined) this.addExemplar(series.labels, exemplar, timestamp)
    }
    return undefined
  }

  private addExemplar(series: Labels, { labels, value, timestamp }: ExposedExemplar, at: number): void {
    this.draft.exemplars.push({ series, labels, value, timestamp: timestamp ?? at })
  }

  private maker(): SeriesMaker<TrackedSeries> {
    const { pool, tracker, metadata } = this
    const { target, merge } = this.options
    return {
      series: (name, labels) => {
        const merged = mergeLabels(
          pool.intern(name),
          labels.map(([label, value]) => [pool.intern(label), pool.intern(value)]),
          target,
          merge,
        )
        return 'reason' in merged ? tracker.refused(merged) : tracker.intern(merged)
      },
      metadata: (field, family, text) => metadata.set(field, family, text),
    }
  }

  private reserve(count: number): void {
    const wanted = count + this.reports.length
    if (this.values.length >= wanted) return
    const larger = new Float64Array(wanted + (wanted >> 3))
    larger.set(this.values)
    this.values = larger
    if (this.draft.stamped) this.growStamps()
  }

  private beginStamps(samples: number, at: number): void {
    this.draft.stamped = true
    this.growStamps()
    this.timestamps.fill(at, 0, samples)
  }

  private growStamps(): void {
    if (this.timestamps.length >= this.values.length) return
    const larger = new Float64Array(this.values.length)
    larger.set(this.timestamps)
    this.timestamps = larger
  }
}

const nothing: Appended = { scraped: 0, kept: 0, added: 0, duplicates: 0, outOfBounds: 0, problem: undefined }

const emptyDraft = (): Draft => ({
  samples: 0,
  stamped: false,
  unchanged: false,
  exposed: undefined,
  exemplars: [],
  histograms: [],
  native: [],
})

function problemOf({ problem }: TrackedSeries): Appended['problem'] {
  return problem && { kind: problem.limit ? 'label_limit' : 'invalid', reason: problem.reason }
}
