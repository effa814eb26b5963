import type { MetricType } from '../../signal/metric-batch.ts'

/** The metric type enum of both remote-write messages, by number. */
export const metricTypes: readonly MetricType[] = [
  'unknown',
  'counter',
  'gauge',
  'histogram',
  'gaugehistogram',
  'summary',
  'info',
  'stateset',
]

const numbers = new Map(metricTypes.map((type, number) => [type, number]))

export function metricTypeNumber(type: MetricType): number {
  return numbers.get(type) ?? 0
}
