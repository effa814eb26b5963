import { decimalText } from '../../../../collector-core/language/number.ts'
import { Labels } from '../../../../collector-core/signal/labels.ts'
import type { Label } from '../../../../collector-core/signal/labels.ts'
import type { MetricType } from '../../../../collector-core/signal/metric-batch.ts'
import { BuilderV1 } from '../../../../collector-core/wire/remote_write/builder-v1.ts'
import { attributeMap } from './otlp-value.ts'
import { labelName, metricName } from './prometheus-names.ts'

type JsonObject = Readonly<Record<string, unknown>>
type Attributes = ReadonlyMap<string, string | number | boolean>

/** Resource attributes that every series carries: those the stack's Mimir and Prometheus are told to promote. */
export const promotedAttributes = [
  'service.name',
  'service.namespace',
  'service.instance.id',
  'service.version',
  'deployment.environment',
  'deployment.environment.name',
  'host.name',
  'k8s.namespace.name',
  'k8s.pod.name',
  'container.name',
] as const

/** A remote-write 1.0 request, not compressed, and why some metrics are not in it. */
export interface TranslatedMetrics {
  readonly request: Uint8Array
  readonly refused: readonly string[]
}

/** Turns OTLP/JSON of an `ExportMetricsServiceRequest` into the series Prometheus would store for it. */
export function translateMetrics(request: JsonObject): TranslatedMetrics {
  const translation = new Translation()
  for (const resource of objects(request.resourceMetrics)) translation.addResource(resource)
  return translation.finish()
}

const cumulative = 2
const noRecordedValue = 1
const mostReasons = 10
/** What all labels of an exemplar may have together, characters. */
const longestExemplar = 128

/** One data point: the labels of its series, and its time in milliseconds. */
interface Point {
  readonly json: JsonObject
  readonly labels: readonly Label[]
  readonly at: number
  readonly stale: boolean
}

class Translation {
  private readonly builder = new BuilderV1()
  private readonly refused = new Set<string>()

  finish(): TranslatedMetrics {
    return { request: this.builder.finish().bytes, refused: [...this.refused] }
  }

  addResource({ resource, scopeMetrics }: JsonObject): void {
    const attributes = attributeMap((resource as JsonObject | undefined)?.attributes)
    const target = targetLabels(attributes)
    const promoted = promotedAttributes.flatMap((name) => {
      const value = attributes.get(name)
      return value === undefined ? [] : [[name, value] as const]
    })
    let newest = 0
    const pointsOf = (data: unknown): Point[] =>
      objects((data as JsonObject).dataPoints).map((json) => {
        const at = milliseconds(json.timeUnixNano)
        newest = Math.max(newest, at)
        const labels = [...labelsOf(new Map([...promoted, ...attributeMap(json.attributes)])), ...target]
        return { json, labels, at, stale: (Number(json.flags ?? 0) & noRecordedValue) !== 0 }
      })
    for (const { metrics } of objects(scopeMetrics)) {
      for (const metric of objects(metrics)) this.addMetric(metric, pointsOf)
    }
    this.addTargetInfo(attributes, target, newest)
  }

  private addMetric(metric: JsonObject, pointsOf: (data: unknown) => Point[]): void {
    const { gauge, sum, histogram, exponentialHistogram, summary } = metric
    const given = text(metric.name)
    if (isObject(exponentialHistogram)) {
      return this.refuse(`${given} is an exponential histogram, which is not stored here; let it have explicit buckets`)
    }
    const counted = isObject(sum) ? sum : isObject(histogram) ? histogram : undefined
    if (counted !== undefined && counted.aggregationTemporality !== cumulative) {
      return this.refuse(
        `${given} counts from report to report; set OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative`,
      )
    }
    const isCounter = isObject(sum) && sum.isMonotonic === true
    const isGauge = isObject(gauge)
    const name = metricName(given, text(metric.unit), isCounter ? 'counter' : isGauge ? 'gauge' : 'other')
    if (name === '') return this.refuse(`"${given}" has no character that a metric's name may have`)
    const data = gauge ?? sum ?? histogram ?? summary
    if (!isObject(data)) return
    const type: MetricType = isCounter
      ? 'counter'
      : data === histogram
        ? 'histogram'
        : data === summary
          ? 'summary'
          : 'gauge'
    this.builder.addMetadata({ family: name, type, help: text(metric.description), unit: text(metric.unit) })
    for (const point of pointsOf(data)) {
      if (type === 'histogram') this.addHistogram(name, point)
      else if (type === 'summary') this.addSummary(name, point)
      else this.addNumber(name, point, isCounter)
    }
  }

  private addNumber(name: string, point: Point, isCounter: boolean): void {
    const series = seriesOf(point, name)
    this.addSample(series, point, numberOf(point.json))
    if (isCounter) for (const exemplar of objects(point.json.exemplars)) this.addExemplar(series, exemplar)
  }

  /** Buckets of OTLP count what is within their own bounds only; those of Prometheus everything below as well. */
  private addHistogram(name: string, point: Point): void {
    const { json } = point
    const bounds = numbers(json.explicitBounds)
    const counts = numbers(json.bucketCounts)
    const buckets: { readonly bound: number; readonly series: Labels }[] = []
    let below = 0
    const bucket = (bound: number, count: number): void => {
      const series = seriesOf(point, `${name}_bucket`, ['le', decimalText(bound)])
      buckets.push({ bound, series })
      this.addSample(series, point, count)
    }
    bounds.forEach((bound, index) => {
      below += counts[index] ?? 0
      bucket(bound, below)
    })
    const count = Number(json.count ?? 0)
    bucket(Infinity, count)
    if (json.sum !== undefined) this.addSample(seriesOf(point, `${name}_sum`), point, Number(json.sum))
    this.addSample(seriesOf(point, `${name}_count`), point, count)
    for (const exemplar of objects(json.exemplars)) {
      const value = numberOf(exemplar)
      this.addExemplar(buckets.find(({ bound }) => value <= bound)?.series ?? buckets.at(-1)!.series, exemplar)
    }
  }

  private addSummary(name: string, point: Point): void {
    const { json } = point
    for (const { quantile, value } of objects(json.quantileValues)) {
      this.addSample(seriesOf(point, name, ['quantile', decimalText(Number(quantile ?? 0))]), point, Number(value ?? 0))
    }
    this.addSample(seriesOf(point, `${name}_sum`), point, Number(json.sum ?? 0))
    this.addSample(seriesOf(point, `${name}_count`), point, Number(json.count ?? 0))
  }

  private addSample(series: Labels, { at, stale }: Point, value: number): void {
    this.builder.addSample(series, value, at, stale)
  }

  private addExemplar(series: Labels, json: JsonObject): void {
    const ids: Label[] = [
      ['trace_id', text(json.traceId)],
      ['span_id', text(json.spanId)],
    ]
    const all = [...labelsOf(attributeMap(json.filteredAttributes)), ...ids]
    const length = all.reduce((sum, [name, value]) => sum + name.length + value.length, 0)
    const labels = Labels.of(length > longestExemplar ? ids : all)
    this.builder.addExemplar({ series, labels, value: numberOf(json), timestamp: milliseconds(json.timeUnixNano) })
  }

  /** What else is known of whoever sent this, for joins: a series of value 1, where that says more than its other labels. */
  private addTargetInfo(attributes: Attributes, target: readonly Label[], at: number): void {
    const more = [...attributes.keys()].some((name) => !identifying.has(name))
    if (at === 0 || target.length === 0 || !more) return
    const labels = Labels.of([...labelsOf(attributes), ...target, ['__name__', 'target_info']])
    this.builder.addSample(labels, 1, at, false)
  }

  private refuse(reason: string): void {
    if (this.refused.size < mostReasons) this.refused.add(reason)
  }
}

const identifying = new Set(['service.name', 'service.namespace', 'service.instance.id'])

/** `job` and `instance`, as far as the resource says who it is. */
function targetLabels(attributes: Attributes): readonly Label[] {
  const [name, namespace, instance] = ['service.name', 'service.namespace', 'service.instance.id'].map((key) =>
    String(attributes.get(key) ?? ''),
  )
  const job = namespace === '' || name === '' ? name : `${namespace}/${name}`
  return [['job', job] as const, ['instance', instance] as const].filter(([, value]) => value !== '')
}

/** Attributes whose names become the same are joined by semicolons, in the order of their own names. */
function labelsOf(attributes: Attributes): readonly Label[] {
  const labels = new Map<string, string>()
  for (const key of [...attributes.keys()].sort()) {
    const name = labelName(key)
    if (name === undefined) continue
    const before = labels.get(name)
    const value = String(attributes.get(key))
    labels.set(name, before === undefined ? value : `${before};${value}`)
  }
  return [...labels]
}

const seriesOf = ({ labels }: Point, name: string, ...more: readonly Label[]): Labels =>
  Labels.of([...labels, ...more, ['__name__', name]])

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null
const objects = (list: unknown): JsonObject[] => (Array.isArray(list) ? list.filter(isObject) : [])
const numbers = (list: unknown): number[] => (Array.isArray(list) ? list.map(Number) : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const numberOf = ({ asDouble, asInt }: JsonObject): number => Number(asDouble ?? asInt ?? 0)
const milliseconds = (nanoseconds: unknown): number => Number(text(nanoseconds).slice(0, -6) || '0')
