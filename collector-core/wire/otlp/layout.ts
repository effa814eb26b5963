// Where items sit in an export request. Only these fields are ever looked at on the way through:
//
//   Export…ServiceRequest  1 resource_*  message, repeated
//   Resource*              1 resource    message     2 scope_*  message, repeated     3 schema_url  string
//   Scope*                 1 scope       message     2 spans | metrics | log_records  message, repeated
//   Metric                 5 gauge  7 sum  9 histogram  10 exponential_histogram  11 summary: message, each 1 data_points
import type { OtlpKind } from '../../signal/otlp-batch.ts'

/** Field of the items in a `Scope*` message, the same for all three kinds of data. */
export const itemField = 2
/** Field of the `Scope*` messages in a `Resource*` message. */
export const scopeField = 2
/** Field of the `Resource*` messages in a request. */
export const resourceField = 1
/** Field of the data points in each of the data messages of a metric. */
export const dataPointField = 1

/** True for the field of a `Metric` that holds its data. */
export function isMetricData(field: number): boolean {
  return field === 5 || field === 7 || field === 9 || field === 10 || field === 11
}

/** The part of Alloy's metric names that says what was counted. */
export const metricItemNames: Readonly<Record<OtlpKind, string>> = {
  traces: 'spans',
  metrics: 'metric_points',
  logs: 'log_records',
}
