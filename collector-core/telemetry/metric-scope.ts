/** Label values in the order the label names were declared. */
export type LabelValues = readonly string[]

export interface Counter {
  add(amount: number, labels?: LabelValues): void
  remove(labels?: LabelValues): void
}

export interface Gauge {
  set(value: number, labels?: LabelValues): void
  add(amount: number, labels?: LabelValues): void
  remove(labels?: LabelValues): void
}

export interface Histogram {
  observe(value: number, labels?: LabelValues): void
  remove(labels?: LabelValues): void
}

/**
 * Registers a component's own metrics, in Prometheus' naming. Registering the same name twice (by several instances of a
 * component, or with other label names) is fine when the kind agrees; every sample additionally carries the scope's
 * labels. `remove` takes a series out of the exposition until it is updated again.
 * Summaries are exposed as `_sum` and `_count` (no quantiles).
 */
export interface MetricScope {
  counter(name: string, help: string, labelNames?: readonly string[]): Counter
  gauge(name: string, help: string, labelNames?: readonly string[]): Gauge
  histogram(name: string, help: string, buckets: readonly number[], labelNames?: readonly string[]): Histogram
  summary(name: string, help: string, labelNames?: readonly string[]): Histogram
  /** Calls `collect` before each exposition, for values that are cheaper to read than to track. */
  beforeScrape(collect: () => void): void
}

/** Prometheus' default histogram buckets, seconds. */
export const defaultBuckets: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
