// Reads delimited `io.prometheus.client.MetricFamily` messages. What a metric's labels mean is remembered by their bytes,
// so a series seen before costs no strings.
import { isUtf8 } from 'node:buffer'
import type { Label } from '../../signal/labels.ts'
import type { MetricType } from '../../signal/metric-batch.ts'
import { ProtobufReader } from '../protobuf/reader.ts'
import { ByteKeys } from './byte-keys.ts'
import { canonicalNaN, readExemplar, readHistogram } from './histogram-message.ts'
import type { HistogramMessage } from './histogram-message.ts'
import { drained } from './exposition.ts'
import type { ExposedExemplar, ExpositionReading, ExpositionResult, MetricFamily, SeriesMaker } from './exposition.ts'
import { formatOpenMetricsFloat } from './float-syntax.ts'
import { compactHistogram, nativeHistogramProblem } from './native-buckets.ts'
import { SampleColumns } from './sample-columns.ts'
import { StableSequence } from './stable-sequence.ts'

export interface ProtobufExpositionOptions {
  /** Read native histograms; else only their classic view counts. */
  readonly native: boolean
  /** Read the classic buckets of a native histogram too. */
  readonly classic: boolean
}

/** MetricType: COUNTER 0, GAUGE 1, SUMMARY 2, UNTYPED 3, HISTOGRAM 4, GAUGE_HISTOGRAM 5 */
const types: readonly MetricType[] = ['counter', 'gauge', 'summary', 'unknown', 'histogram', 'gaugehistogram']
const context = 0
/** Label sets remembered beyond twice those in use. */
const sparedMetrics = 64
const sparedFamilies = 256
const samplesPerSlice = 5000

/** The series of one metric, made when first needed. */
interface MetricSeries<T> {
  readonly labels: readonly Label[]
  plain: T | undefined
  count: T | undefined
  sum: T | undefined
  readonly parts: { readonly bound: number; readonly series: T }[]
}

/** What is remembered of a family from answer to answer. */
interface KnownFamily<T> {
  readonly family: MetricFamily
  help: string | undefined
  unit: string | undefined
  keys: ByteKeys
  metrics: MetricSeries<T>[]
  expected: number
  used: number
}

/** A reader for one target; `T` is what `maker` makes of a series. Keeps no reference to a body. */
export class ProtobufExpositionReader<T> {
  private readonly maker: SeriesMaker<T>
  private readonly options: ProtobufExpositionOptions
  private readonly columns = new SampleColumns<T>()
  private readonly sequence = new StableSequence<T>()
  private families = new Map<string, KnownFamily<T>>()
  /** What is wrong with the answer; empty when nothing is. */
  private problem = ''
  private timestamp = NaN
  private sliceEnd = 0

  constructor(maker: SeriesMaker<T>, options: ProtobufExpositionOptions) {
    this.maker = maker
    this.options = options
  }

  read(body: Uint8Array): ExpositionResult<T> {
    return drained(this.reading(body))
  }

  /** Reads a body like `read`, and yields after every few milliseconds of work. */
  *reading(body: Uint8Array): ExpositionReading<T> {
    this.columns.reset()
    this.sequence.begin()
    this.problem = ''
    const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
    const reader = new ProtobufReader(body)
    const seen = new Set<KnownFamily<T>>()
    this.sliceEnd = samplesPerSlice
    while (reader.position < body.length && !this.failed()) {
      const size = reader.bareUint()
      const end = reader.position + size
      if (!reader.ok() || end > body.length) {
        return failure(reader.malformed ?? `a metric family is cut off at byte ${reader.position}`)
      }
      reader.end = end
      const known = yield* this.readFamily(reader, view)
      if (known !== undefined) seen.add(known)
      if (!reader.ok()) return failure(reader.malformed ?? '')
      reader.end = body.length
      reader.position = end
    }
    if (this.failed()) return { ok: false, error: { line: 0, text: '', reason: this.problem } }
    this.forget(seen)
    const series = this.sequence.finish()
    return { ok: true, exposition: this.columns.finish(series, series.length) }
  }

  /** MetricFamily: 1 name string, 2 help string, 3 type MetricType, 4 metric Metric, 5 unit string */
  private *readFamily(
    reader: ProtobufReader,
    view: DataView,
  ): Generator<undefined, KnownFamily<T> | undefined, undefined> {
    const start = reader.position
    let name = ''
    let help = ''
    let unit = ''
    let type = 0
    let metrics = 0
    while (reader.next()) {
      switch (reader.field) {
        case 1:
          name = this.text(reader, 'a metric name')
          break
        case 2:
          help = this.text(reader, 'a HELP text')
          break
        case 3:
          type = reader.uint()
          break
        case 5:
          unit = this.text(reader, 'a unit')
          break
        default:
          if (reader.field === 4) metrics++
          reader.skip()
      }
    }
    if (!reader.ok() || this.failed() || metrics === 0) return undefined
    if (name === '') this.complain('a metric family has no name')
    else if (type >= types.length) this.complain(`the metric family ${name} has the unknown type ${type}`)
    const stem = type === 0 && name.endsWith('_total') ? name.slice(0, -'_total'.length) : name
    if (unit !== '' && !stem.endsWith(`_${unit}`)) {
      this.complain(`the unit "${unit.slice(0, 40)}" is not the suffix of the metric name ${name}`)
    }
    if (this.failed()) return undefined
    const known = this.familyOf(name, types[type])
    this.report(known, help, unit)
    known.expected = 0
    reader.position = start
    while (reader.next() && !this.failed()) {
      if (this.sequence.count >= this.sliceEnd) {
        this.sliceEnd = this.sequence.count + samplesPerSlice
        yield
      }
      if (reader.field === 4) reader.message(() => this.readMetric(reader, view, known))
      else reader.skip()
    }
    return known
  }

  /**
   * Metric: 1 label LabelPair, 2 gauge, 3 counter, 4 summary, 5 untyped, 6 timestamp_ms int64, 7 histogram.
   * The labels usually come first and together, so their bytes as they stand are the key; labels found elsewhere are
   * added to it.
   */
  private readMetric(reader: ProtobufReader, view: DataView, known: KnownFamily<T>): void {
    const { type } = known.family
    const start = reader.position
    let labelsEnd = start
    let scattered = false
    let value = -1
    this.timestamp = NaN
    while (reader.next()) {
      if (reader.field === 6) {
        const timestamp = reader.int()
        this.timestamp = timestamp === 0 ? NaN : timestamp
        continue
      }
      const { field, position } = reader
      const adjacent = position === labelsEnd + 1
      if (field === valueField(type) && reader.wire === 2) value = position
      reader.skip()
      if (field === 1 && adjacent) labelsEnd = reader.position
      else if (field === 1) scattered = true
    }
    if (!reader.ok()) return
    const end = reader.end
    const metric = scattered
      ? this.makeMetric(reader, start, end)
      : this.metricOf(reader, view, known, start, labelsEnd, end)
    if (metric === undefined) return
    reader.position = value < 0 ? end : value
    if (value < 0) this.readValue(reader, known, metric)
    else {
      reader.field = valueField(type)
      reader.wire = 2
      reader.message(() => this.readValue(reader, known, metric))
    }
    reader.position = end
  }

  private readValue(reader: ProtobufReader, known: KnownFamily<T>, metric: MetricSeries<T>): void {
    switch (known.family.type) {
      case 'summary':
        this.readSummary(reader, known, metric)
        break
      case 'histogram':
      case 'gaugehistogram':
        this.emitHistogram(readHistogram(reader, known.family.type === 'gaugehistogram'), known, metric)
        break
      default:
        this.readNumber(reader, known, metric)
    }
  }

  /** Counter: 1 value double, 2 exemplar Exemplar, 3 start_timestamp Timestamp; Gauge and Untyped: 1 value double */
  private readNumber(reader: ProtobufReader, known: KnownFamily<T>, metric: MetricSeries<T>): void {
    let value = 0
    let exemplar: ExposedExemplar | undefined
    while (reader.next()) {
      if (reader.field === 1) value = canonicalNaN(reader.double())
      else if (reader.field === 2 && known.family.type === 'counter') {
        reader.message(() => (exemplar = readExemplar(reader)))
      } else reader.skip()
    }
    this.sample(this.plain(known, metric), value, exemplar)
  }

  /** Summary: 1 sample_count uint64, 2 sample_sum double, 3 quantile Quantile (1 quantile double, 2 value double) */
  private readSummary(reader: ProtobufReader, known: KnownFamily<T>, metric: MetricSeries<T>): void {
    let count = 0
    let sum = 0
    const quantiles: { quantile: number; value: number }[] = []
    while (reader.next()) {
      if (reader.field === 1) count = reader.uint()
      else if (reader.field === 2) sum = canonicalNaN(reader.double())
      else if (reader.field === 3) {
        reader.message(() => {
          const pair = { quantile: 0, value: 0 }
          while (reader.next()) {
            if (reader.field === 1) pair.quantile = canonicalNaN(reader.double())
            else if (reader.field === 2) pair.value = canonicalNaN(reader.double())
            else reader.skip()
          }
          quantiles.push(pair)
        })
      } else reader.skip()
    }
    this.countAndSum(known, metric, count, sum)
    quantiles.forEach(({ quantile, value }, i) => {
      this.sample(this.part(known, metric, i, quantile, '', 'quantile'), value, undefined)
    })
  }

  private emitHistogram(message: HistogramMessage, known: KnownFamily<T>, metric: MetricSeries<T>): void {
    const { native, buckets } = message
    if (this.options.native && native !== undefined) {
      const inconsistent = nativeHistogramProblem(native)
      if (inconsistent !== undefined) {
        this.complain(`the native histogram ${known.family.name} ${inconsistent}`)
        return
      }
      this.columns.histograms.push({
        before: this.sequence.count,
        series: this.plain(known, metric),
        histogram: compactHistogram(native),
        timestamp: Number.isNaN(this.timestamp) ? undefined : this.timestamp,
        exemplars: message.nativeExemplars,
      })
      if (!this.options.classic || buckets.length === 0) return
    }
    this.countAndSum(known, metric, message.count, message.sum)
    let infinite = false
    for (let i = 0; i < buckets.length && !infinite; i++) {
      const { bound, count, exemplar } = buckets[i]
      this.sample(this.part(known, metric, i, bound, '_bucket', 'le'), count, exemplar)
      infinite = bound === Infinity
    }
    if (!infinite) {
      this.sample(this.part(known, metric, buckets.length, Infinity, '_bucket', 'le'), message.count, undefined)
    }
  }

  private countAndSum(known: KnownFamily<T>, metric: MetricSeries<T>, count: number, sum: number): void {
    const { name } = known.family
    metric.count ??= this.maker.series(`${name}_count`, metric.labels, known.family)
    metric.sum ??= this.maker.series(`${name}_sum`, metric.labels, known.family)
    this.sample(metric.count, count, undefined)
    this.sample(metric.sum, sum, undefined)
  }

  private plain(known: KnownFamily<T>, metric: MetricSeries<T>): T {
    metric.plain ??= this.maker.series(known.family.name, metric.labels, known.family)
    return metric.plain
  }

  /** The series of bucket or quantile `index`. */
  private part(
    known: KnownFamily<T>,
    metric: MetricSeries<T>,
    index: number,
    bound: number,
    suffix: string,
    label: string,
  ): T {
    const existing = metric.parts.at(index)
    if (existing !== undefined && Object.is(existing.bound, bound)) return existing.series
    const labels: Label[] = [...metric.labels, [label, formatOpenMetricsFloat(bound)]]
    const series = this.maker.series(known.family.name + suffix, labels, known.family)
    metric.parts[index] = { bound, series }
    return series
  }

  private sample(series: T, value: number, exemplar: ExposedExemplar | undefined): void {
    const { columns, sequence } = this
    const index = sequence.count
    sequence.push(series)
    if (index >= columns.values.length) columns.grow(index)
    columns.values[index] = value
    if (Number.isNaN(this.timestamp)) columns.unstamped(index)
    else columns.stamp(index, this.timestamp)
    if (exemplar !== undefined) columns.exemplar(index, exemplar)
  }

  private metricOf(
    reader: ProtobufReader,
    view: DataView,
    known: KnownFamily<T>,
    from: number,
    to: number,
    end: number,
  ): MetricSeries<T> | undefined {
    const { keys, metrics } = known
    known.used++
    let id = known.expected
    const predicted = id < metrics.length && keys.lengthOf(id) === to - from && keys.matches(id, context, view, from)
    if (!predicted) id = keys.find(context, view, from, to)
    if (id < 0) {
      const made = this.makeMetric(reader, from, end)
      if (made === undefined) return undefined
      id = keys.add(context, view, from, to)
      metrics[id] = made
    }
    known.expected = id + 1
    return metrics[id]
  }

  private makeMetric(reader: ProtobufReader, from: number, end: number): MetricSeries<T> | undefined {
    const labels: Label[] = []
    reader.position = from
    reader.end = end
    while (reader.next()) {
      if (reader.field !== 1) {
        reader.skip()
        continue
      }
      reader.message(() => {
        let name = ''
        let value = ''
        while (reader.next()) {
          if (reader.field === 1) name = this.text(reader, 'a label name')
          else if (reader.field === 2) value = this.text(reader, 'a label value')
          else reader.skip()
        }
        labels.push([name, value])
      })
    }
    if (!reader.ok() || this.failed()) return undefined
    return { labels, plain: undefined, count: undefined, sum: undefined, parts: [] }
  }

  private familyOf(name: string, type: MetricType): KnownFamily<T> {
    const key = `${type} ${name}`
    let known = this.families.get(key)
    if (known === undefined) {
      known = {
        family: { name, type },
        help: undefined,
        unit: undefined,
        keys: new ByteKeys(),
        metrics: [],
        expected: 0,
        used: 0,
      }
      this.families.set(key, known)
    }
    return known
  }

  private report(known: KnownFamily<T>, help: string, unit: string): void {
    if (known.help === help && known.unit === unit) return
    const { name, type } = known.family
    this.maker.metadata?.('help', name, help)
    this.maker.metadata?.('unit', name, unit)
    this.maker.metadata?.('type', name, type)
    known.help = help
    known.unit = unit
  }

  /** Drops families and label sets that are no longer sent, once there are many. */
  private forget(seen: ReadonlySet<KnownFamily<T>>): void {
    if (this.families.size > 2 * seen.size + sparedFamilies) {
      this.families = new Map([...this.families].filter(([, known]) => seen.has(known)))
    }
    for (const known of seen) {
      if (known.keys.size > 2 * known.used + sparedMetrics) {
        known.keys = new ByteKeys()
        known.metrics = []
      }
      known.used = 0
    }
  }

  private text(reader: ProtobufReader, what: string): string {
    const bytes = reader.bytesField()
    if (!isUtf8(bytes)) this.complain(`${what} is not valid UTF-8`)
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  }

  private complain(problem: string): void {
    if (this.problem === '') this.problem = problem
  }

  private failed(): boolean {
    return this.problem !== ''
  }
}

/** The field of `Metric` that holds the value of a type. */
function valueField(type: MetricType): number {
  switch (type) {
    case 'counter':
      return 3
    case 'gauge':
      return 2
    case 'summary':
      return 4
    case 'histogram':
    case 'gaugehistogram':
      return 7
    default:
      return 5
  }
}

function failure<T>(reason: string): ExpositionResult<T> {
  return { ok: false, error: { line: 0, text: '', reason: `the protobuf data is malformed: ${reason}` } }
}
