import type { Labels } from '../../../../../signal/labels.ts'
import { isLegacyLabelName } from '../../../../../signal/label-name.ts'
import type { StageContext, StageMetrics } from './stage.ts'

const mostSeries = 100_000

interface Series {
  readonly key: string
  readonly values: readonly string[]
  readonly family: Family
  updatedAt: number
}

interface Family {
  add(amount: number, labels: readonly string[]): void
  set(value: number, labels: readonly string[]): void
  observe(value: number, labels: readonly string[]): void
  remove(labels: readonly string[]): void
}

/**
 * A metric whose series carry the labels of the entries that update it, internal labels aside. Series not updated for
 * `maxIdleMs` are removed when metrics are collected, all of them when the pipeline ends; past 100,000 series the oldest goes.
 */
export class CustomMetric {
  private readonly families = new Map<string, Family>()
  private readonly seriesByLabels = new WeakMap<Labels, Series>()
  private readonly series = new Map<string, Series>()
  private readonly create: (labelNames: readonly string[]) => Family
  private readonly context: StageContext
  private readonly maxIdleMs: number

  constructor(
    kind: 'counter' | 'gauge' | 'histogram',
    name: string,
    help: string,
    buckets: readonly number[],
    { context, maxIdleMs }: { readonly context: StageContext; readonly maxIdleMs: number },
  ) {
    this.create = (labelNames) => family(context.metrics, kind, name, help, buckets, labelNames)
    this.context = context
    this.maxIdleMs = maxIdleMs
    context.metrics.beforeScrape(() => this.removeIdle())
    context.onStop(() => this.removeAll())
  }

  add(labels: Labels, amount: number): void {
    const series = this.seriesOf(labels)
    series.family.add(amount, series.values)
  }

  set(labels: Labels, value: number): void {
    const series = this.seriesOf(labels)
    series.family.set(value, series.values)
  }

  observe(labels: Labels, value: number): void {
    const series = this.seriesOf(labels)
    series.family.observe(value, series.values)
  }

  private seriesOf(labels: Labels): Series {
    let series = this.seriesByLabels.get(labels)
    if (series === undefined || this.series.get(series.key) !== series) {
      const own = labels.filter((name) => !name.startsWith('__') && isLegacyLabelName(name))
      series = this.series.get(own.key) ?? this.createSeries(own)
      this.seriesByLabels.set(labels, series)
    }
    series.updatedAt = this.context.monotonic()
    return series
  }

  private createSeries(own: Labels): Series {
    if (this.series.size >= mostSeries) this.remove(this.series.keys().next().value!)
    const names = own.names.join(',')
    let known = this.families.get(names)
    if (known === undefined) this.families.set(names, (known = this.create(own.names)))
    const series = { key: own.key, values: own.values, family: known, updatedAt: 0 }
    this.series.set(own.key, series)
    return series
  }

  private removeIdle(): void {
    const before = this.context.monotonic() - this.maxIdleMs
    for (const [key, { updatedAt }] of this.series) if (updatedAt < before) this.remove(key)
  }

  private removeAll(): void {
    for (const key of [...this.series.keys()]) this.remove(key)
  }

  private remove(key: string): void {
    const series = this.series.get(key)
    this.series.delete(key)
    series?.family.remove(series.values)
  }
}

const nothing = (): void => undefined

function family(
  metrics: StageMetrics,
  kind: 'counter' | 'gauge' | 'histogram',
  name: string,
  help: string,
  buckets: readonly number[],
  labelNames: readonly string[],
): Family {
  switch (kind) {
    case 'counter': {
      const counter = metrics.counter(name, help, labelNames)
      return { add: counter.add, remove: counter.remove, set: nothing, observe: nothing }
    }
    case 'gauge': {
      const gauge = metrics.gauge(name, help, labelNames)
      return { add: gauge.add, remove: gauge.remove, set: gauge.set, observe: nothing }
    }
    case 'histogram': {
      const histogram = metrics.histogram(name, help, buckets, labelNames)
      return { add: nothing, remove: histogram.remove, set: nothing, observe: histogram.observe }
    }
  }
}
