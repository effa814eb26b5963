import { timestampAt } from '../../signal/metric-batch.ts'
import type { MetricBatch } from '../../signal/metric-batch.ts'
import type { Labels } from '../../signal/labels.ts'
import type { NativeHistogram } from '../../signal/native-histogram.ts'
import { formatValue } from '../../telemetry/family.ts'
import { BoundedItem } from './item-text.ts'
import type { ItemText } from './item-text.ts'

/** Item `index` of a batch, counted over its samples, then its histograms, then its exemplars. */
export function metricItem(batch: MetricBatch, index: number): ItemText {
  const { series, staleFrom, values, histograms, exemplars } = batch
  if (index < series.length) {
    const text = index >= staleFrom ? 'stale' : formatValue(values[index])
    return ofSeries(series[index]).finish('sample', timestampAt(batch, index), text)
  }
  const sample = histograms.at(index - series.length)
  if (index < series.length + histograms.length && sample !== undefined) {
    return ofSeries(sample.series).finish('histogram', sample.timestamp, summaryOf(sample.histogram))
  }
  const exemplar = exemplars[index - series.length - histograms.length]
  const item = ofSeries(exemplar.series)
  for (const [name, value] of exemplar.labels) item.attribute(name, value)
  return item.finish('exemplar', exemplar.timestamp, formatValue(exemplar.value))
}

function ofSeries(series: Labels): BoundedItem {
  const item = new BoundedItem()
  for (const [name, value] of series) item.label(name, value)
  return item
}

function summaryOf(histogram: NativeHistogram): string {
  if (histogram.stale) return 'stale'
  const { count, sum, schema, zeroCount, positiveBuckets, negativeBuckets } = histogram
  const buckets = positiveBuckets.length + negativeBuckets.length
  return `count ${formatValue(count)}, sum ${formatValue(sum)}, zero ${formatValue(zeroCount)}, ${buckets} buckets of schema ${schema}`
}
