// Prints a batch as an exposition a target could have given: for logs, tests and pages of our own.
import { isLegacyLabelName } from '../../signal/label-name.ts'
import type { Label, Labels } from '../../signal/labels.ts'
import { timestampAt } from '../../signal/metric-batch.ts'
import type { ExemplarSample, HistogramSample, MetricBatch, MetricMetadata } from '../../signal/metric-batch.ts'
import { formatGoFloat } from './float-syntax.ts'
import type { TextFormat } from './text-exposition.ts'

const legacyName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const suffixes = ['_total', '_created', '_bucket', '_count', '_sum', '_info', '']

/**
 * The batch as text, in batch order, each sample with its timestamp; a staleness marker prints as NaN. Native histograms
 * print as count, sum and one bucket, exemplars only in OpenMetrics, which also ends in `# EOF`.
 */
export function printExposition(batch: MetricBatch, format: TextFormat): string {
  const lines: string[] = []
  const families = new Map(batch.metadata.map((metadata) => [metadata.family, metadata]))
  const described = new Set<string>()
  const exemplars = new Map<Labels, ExemplarSample[]>()
  if (format === 'openmetrics') {
    for (const exemplar of batch.exemplars) {
      exemplars.set(exemplar.series, [...(exemplars.get(exemplar.series) ?? []), exemplar])
    }
  }
  const describe = (name: string): void => {
    const metadata = familyOf(name, families)
    if (metadata === undefined || described.has(metadata.family)) return
    described.add(metadata.family)
    lines.push(...printMetadata(metadata, format))
  }
  for (let i = 0; i < batch.series.length; i++) {
    const series = batch.series[i]
    describe(series.get('__name__'))
    const value = i >= batch.staleFrom ? NaN : batch.values[i]
    const exemplar = exemplars.get(series)?.shift()
    lines.push(sampleLine(series, '', [], value, timestampAt(batch, i), format) + printExemplar(exemplar, format))
  }
  for (const sample of batch.histograms) {
    describe(sample.series.get('__name__'))
    lines.push(...printHistogram(sample, format))
  }
  if (format === 'openmetrics') lines.push('# EOF')
  return lines.map((line) => `${line}\n`).join('')
}

function printHistogram({ series, histogram, timestamp }: HistogramSample, format: TextFormat): string[] {
  const line = (suffix: string, extra: readonly Label[], value: number): string =>
    sampleLine(series, suffix, extra, value, timestamp, format)
  return [
    line('_count', [], histogram.count),
    line('_sum', [], histogram.stale ? NaN : histogram.sum),
    line('_bucket', [['le', '+Inf']], histogram.count),
  ]
}

function sampleLine(
  series: Labels,
  suffix: string,
  extra: readonly Label[],
  value: number,
  timestamp: number,
  format: TextFormat,
): string {
  const name = series.get('__name__') + suffix
  const pairs = [...series, ...extra].filter(([label]) => label !== '__name__').map(printLabel)
  const plain = legacyName.test(name)
  const inside = plain ? pairs : [`"${escapeValue(name)}"`, ...pairs]
  const braces = inside.length === 0 ? '' : `{${inside.join(',')}}`
  return `${plain ? name : ''}${braces} ${formatGoFloat(value)} ${printTimestamp(timestamp, format)}`
}

function printLabel([name, value]: Label): string {
  return `${isLegacyLabelName(name) ? name : `"${escapeValue(name)}"`}="${escapeValue(value)}"`
}

function printExemplar(exemplar: ExemplarSample | undefined, format: TextFormat): string {
  if (exemplar === undefined) return ''
  const { labels, value, timestamp } = exemplar
  return ` # {${[...labels].map(printLabel).join(',')}} ${formatGoFloat(value)} ${printTimestamp(timestamp, format)}`
}

function printMetadata({ family, type, help, unit }: MetricMetadata, format: TextFormat): string[] {
  const name = legacyName.test(family) ? family : `"${escapeValue(family)}"`
  const openMetrics = format === 'openmetrics'
  const lines: string[] = []
  if (help !== '') lines.push(`# HELP ${name} ${openMetrics ? escapeValue(help) : escapeHelp(help)}`)
  lines.push(`# TYPE ${name} ${openMetrics ? type : classicType(type)}`)
  if (unit !== '' && openMetrics) lines.push(`# UNIT ${name} ${unit}`)
  return lines
}

function classicType(type: MetricMetadata['type']): string {
  switch (type) {
    case 'counter':
    case 'gauge':
    case 'histogram':
    case 'summary':
      return type
    default:
      return 'untyped'
  }
}

function familyOf(name: string, families: ReadonlyMap<string, MetricMetadata>): MetricMetadata | undefined {
  for (const suffix of suffixes) {
    if (!name.endsWith(suffix)) continue
    const found = families.get(name.slice(0, name.length - suffix.length))
    if (found !== undefined) return found
  }
  return families.get(name)
}

/** Milliseconds in classic text, seconds in OpenMetrics. */
function printTimestamp(milliseconds: number, format: TextFormat): string {
  return format === 'text' ? String(milliseconds) : String(milliseconds / 1000)
}

function escapeValue(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"')
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
