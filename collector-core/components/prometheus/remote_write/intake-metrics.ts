import type { MetricBatch } from '../../../signal/metric-batch.ts'
import type { Counter, Gauge, MetricScope } from '../../../telemetry/metric-scope.ts'

/** Counts what a remote_write component takes in, whatever its endpoints do with it. */
export class IntakeMetrics {
  private readonly samples: readonly Counter[]
  private readonly exemplars: readonly Counter[]
  private readonly histograms: Counter
  private readonly metadata: Counter
  private readonly highest: Gauge
  private highestMs = -Infinity

  constructor(metrics: MetricScope) {
    const storage = 'prometheus_remote_storage'
    const wal = 'prometheus_remote_write_wal'
    this.samples = [
      metrics.counter(`${storage}_samples_in_total`, 'Samples taken in.'),
      metrics.counter(`${wal}_samples_appended_total`, 'Samples taken in.'),
    ]
    this.exemplars = [
      metrics.counter(`${storage}_exemplars_in_total`, 'Exemplars taken in.'),
      metrics.counter(`${wal}_exemplars_appended_total`, 'Exemplars taken in.'),
    ]
    this.histograms = metrics.counter(`${storage}_histograms_in_total`, 'Native histograms taken in.')
    this.metadata = metrics.counter(`${wal}_metadata_updates_total`, 'Metadata entries taken in.')
    this.highest = metrics.gauge(`${storage}_highest_timestamp_in_seconds`, 'Newest timestamp taken in.')
  }

  count({ series, timestamps, exemplars, histograms, metadata }: MetricBatch): void {
    if (series.length > 0) {
      for (const counter of this.samples) counter.add(series.length)
      const newest =
        typeof timestamps === 'number' ? timestamps : timestamps.reduce((a, b) => Math.max(a, b), -Infinity)
      if (newest > this.highestMs) {
        this.highestMs = newest
        this.highest.set(newest / 1000)
      }
    }
    if (exemplars.length > 0) for (const counter of this.exemplars) counter.add(exemplars.length)
    if (histograms.length > 0) this.histograms.add(histograms.length)
    if (metadata.length > 0) this.metadata.add(metadata.length)
  }
}
