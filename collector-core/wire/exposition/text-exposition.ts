// The full parser: reads every record of a text format from scratch. It says what the formats mean; the cached reader
// must always agree with it.
import { ClassicText } from './classic-text.ts'
import { noFamily } from './exposition.ts'
import type { ExpositionResult, MetricFamily, SeriesMaker } from './exposition.ts'
import type { MetricType } from '../../signal/metric-batch.ts'
import { OpenMetricsText } from './openmetrics-text.ts'
import { SampleColumns } from './sample-columns.ts'
import { canonicalLabels } from './text-record.ts'
import type { TextRecord } from './text-record.ts'

export type TextFormat = 'text' | 'openmetrics'

export function textRecord(format: TextFormat): TextRecord {
  return format === 'text' ? new ClassicText() : new OpenMetricsText()
}

/** Reads a body in a text format; nothing of it counts when any of it is wrong. */
export function parseTextExposition<T>(
  body: Uint8Array,
  format: TextFormat,
  maker: SeriesMaker<T>,
): ExpositionResult<T> {
  const record = textRecord(format)
  const columns = new SampleColumns<T>()
  const series: T[] = []
  let family: MetricFamily = noFamily
  record.open(body)
  let at = 0
  let ended = false
  while (at < body.length) {
    const start = at
    at = record.head(start)
    if (at >= 0 && record.kind === 'series') {
      const made = maker.series(record.name, canonicalLabels(record.labels, family), family)
      at = record.tail(at)
      if (at >= 0) {
        const index = series.push(made) - 1
        if (index >= columns.values.length) columns.grow(index)
        columns.values[index] = record.value
        if (Number.isNaN(record.timestamp)) columns.unstamped(index)
        else columns.stamp(index, record.timestamp)
        if (record.exemplar !== undefined) columns.exemplar(index, record.exemplar)
      }
    }
    if (at < 0) return { ok: false, error: record.cursor.error(start) }
    if (record.kind === 'type') family = { name: record.name, type: record.text as MetricType }
    if (record.kind === 'type' || record.kind === 'help' || record.kind === 'unit') {
      maker.metadata?.(record.kind, record.name, record.text)
    }
    ended = record.kind === 'end'
  }
  if (!ended && record.finish(at) < 0) return { ok: false, error: record.cursor.error(at) }
  return { ok: true, exposition: columns.finish(series, series.length) }
}
