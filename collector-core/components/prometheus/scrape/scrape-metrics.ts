// The metrics of prometheus.scrape about itself, under Prometheus' and Alloy's names.
import type { Counter, Gauge, Histogram, MetricScope } from '../../../telemetry/metric-scope.ts'
import type { AppendProblem, Appended } from './target-batches.ts'
import { formatPrometheusDuration } from './prometheus-duration.ts'

const lengthBuckets = [0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1, 1.01, 1.1, 1.5, 2, 5, 10, 15, 30, 60, 120, 300]
const syncBuckets = [0.001, 0.01, 0.1, 1, 10]
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

export class ScrapeMetrics {
  readonly targets: Gauge
  readonly poolTargets: Gauge
  readonly targetLimit: Gauge
  readonly interned: Gauge
  readonly metadataEntries: Gauge
  readonly metadataBytes: Gauge
  private readonly counters = new Map<string, Counter>()
  private readonly interval: Histogram
  private readonly intervalHistogram: Histogram
  private readonly reload: Histogram
  private readonly sync: Histogram
  private readonly syncHistogram: Histogram
  private readonly duration: Histogram
  private readonly scraped: Counter
  private readonly pooledSyncs: Counter
  private readonly failedSyncs: Counter

  constructor(scope: MetricScope) {
    for (const [name, help] of counters) {
      const counter = scope.counter(name, help)
      counter.add(0)
      this.counters.set(name, counter)
    }
    const perJob = ['scrape_job']
    const prefix = 'prometheus_target'
    this.targets = scope.gauge('prometheus_scrape_targets_gauge', 'Targets this component is configured to scrape.')
    this.poolTargets = scope.gauge(`${prefix}_scrape_pool_targets`, 'Current number of targets.', perJob)
    this.targetLimit = scope.gauge(`${prefix}_scrape_pool_target_limit`, 'Most targets allowed.', perJob)
    this.interned = scope.gauge(`${prefix}_scrape_pool_symboltable_items`, 'Series remembered.', perJob)
    this.metadataEntries = scope.gauge(`${prefix}_metadata_cache_entries`, 'Metric families remembered.', perJob)
    this.metadataBytes = scope.gauge(`${prefix}_metadata_cache_bytes`, 'Size of the families remembered.', perJob)
    this.interval = scope.summary(`${prefix}_interval_length_seconds`, 'Time between scrapes.', ['interval', 'job'])
    this.intervalHistogram = scope.histogram(
      `${prefix}_interval_length_histogram_seconds`,
      'Time between scrapes.',
      lengthBuckets,
      ['interval'],
    )
    this.reload = scope.summary(`${prefix}_reload_length_seconds`, 'Time taken to apply new arguments.', ['interval'])
    this.sync = scope.summary(`${prefix}_sync_length_seconds`, 'Time taken to apply new targets.', perJob)
    this.syncHistogram = scope.histogram(
      `${prefix}_sync_length_histogram_seconds`,
      'Time taken to apply new targets.',
      syncBuckets,
      perJob,
    )
    this.duration = scope.histogram(
      `${prefix}_scrape_duration_seconds`,
      'Time from the start of a scrape until it was passed on.',
      durationBuckets,
    )
    this.scraped = scope.counter('prometheus_target_scrapes_sample_scraped', 'Samples scraped.', ['job'])
    this.pooledSyncs = scope.counter(`${prefix}_scrape_pool_sync_total`, 'Times targets were applied.', perJob)
    this.failedSyncs = scope.counter(`${prefix}_sync_failed_total`, 'Targets that cannot be scraped.', perJob)
  }

  synced(job: string, targets: number, failed: number, targetLimit: number, seconds: number): void {
    this.targets.set(targets)
    this.poolTargets.set(targets, [job])
    this.targetLimit.set(targetLimit, [job])
    this.pooledSyncs.add(1, [job])
    this.failedSyncs.add(failed, [job])
    this.sync.observe(seconds, [job])
    this.syncHistogram.observe(seconds, [job])
    if (targetLimit > 0 && targets > targetLimit)
      this.count('prometheus_target_scrape_pool_exceeded_target_limit_total')
  }

  reloaded(intervalMs: number, seconds: number): void {
    this.count('prometheus_target_scrape_pool_reloads_total')
    this.reload.observe(seconds, [formatPrometheusDuration(intervalMs)])
  }

  poolStarted(): void {
    this.count('prometheus_target_scrape_pools_total')
  }

  /** Takes the gauges of a job away that the component no longer has. */
  forgetJob(job: string): void {
    const { poolTargets, targetLimit, interned, metadataEntries, metadataBytes } = this
    for (const gauge of [poolTargets, targetLimit, interned, metadataEntries, metadataBytes]) gauge.remove([job])
  }

  intervalPassed(intervalMs: number, job: string, seconds: number): void {
    const interval = formatPrometheusDuration(intervalMs)
    this.interval.observe(seconds, [interval, job])
    this.intervalHistogram.observe(seconds, [interval])
  }

  appended(job: string, { scraped, duplicates, outOfBounds, problem }: Appended): void {
    this.scraped.add(scraped, [job])
    this.count('prometheus_target_scrapes_sample_duplicate_timestamp_total', duplicates)
    this.count('prometheus_target_scrapes_sample_out_of_bounds_total', outOfBounds)
    const counter = problem && problemCounters[problem.kind]
    if (counter !== undefined) this.count(counter)
  }

  tooLarge(): void {
    this.count('prometheus_target_scrapes_exceeded_body_size_limit_total')
  }

  /** From the start of a scrape until its batch was taken. */
  finished(seconds: number): void {
    this.duration.observe(seconds)
  }

  private count(name: string, amount = 1): void {
    if (amount > 0) this.counters.get(name)?.add(amount)
  }
}

const problemCounters: Readonly<Record<AppendProblem, string | undefined>> = {
  sample_limit: 'prometheus_target_scrapes_exceeded_sample_limit_total',
  label_limit: 'prometheus_target_scrape_pool_exceeded_label_limits_total',
  bucket_limit: 'prometheus_target_scrapes_exceeded_native_histogram_bucket_limit_total',
  invalid: undefined,
}

const counters: readonly (readonly [name: string, help: string])[] = [
  ['prometheus_scrape_targets_moved_total', 'Targets that moved to or from another instance; none do.'],
  ['prometheus_target_scrape_pools_total', 'Times scraping was set up.'],
  ['prometheus_target_scrape_pools_failed_total', 'Times scraping could not be set up.'],
  ['prometheus_target_scrape_pool_reloads_total', 'Times new arguments were applied.'],
  ['prometheus_target_scrape_pool_reloads_failed_total', 'Times new arguments could not be applied.'],
  ['prometheus_target_scrape_pool_exceeded_target_limit_total', 'Times there were more targets than target_limit.'],
  ['prometheus_target_scrape_pool_exceeded_label_limits_total', 'Scrapes that failed on a label limit.'],
  ['prometheus_target_scrapes_exceeded_body_size_limit_total', 'Scrapes that failed on the size of the answer.'],
  ['prometheus_target_scrapes_exceeded_sample_limit_total', 'Scrapes that failed on the number of samples.'],
  [
    'prometheus_target_scrapes_exceeded_native_histogram_bucket_limit_total',
    'Scrapes that failed on the number of native histogram buckets.',
  ],
  ['prometheus_target_scrapes_cache_flush_forced_total', 'Times the series cache was emptied because of its size.'],
  ['prometheus_target_scrapes_sample_duplicate_timestamp_total', 'Samples dropped because the series came twice.'],
  ['prometheus_target_scrapes_sample_out_of_order_total', 'Samples dropped because they were out of order.'],
  ['prometheus_target_scrapes_sample_out_of_bounds_total', 'Samples dropped because of a time in the future.'],
  ['prometheus_target_scrapes_exemplar_out_of_order_total', 'Exemplars dropped because they were out of order.'],
]
