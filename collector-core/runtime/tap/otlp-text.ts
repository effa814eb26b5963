// What a span, a data point and a log record say to a person, from their OTLP/JSON.
import type { JsonMessage } from '../../wire/otlp/to-json.ts'
import { BoundedItem } from './item-text.ts'
import type { ItemText } from './item-text.ts'

type Attributes = readonly { readonly key?: string; readonly value?: JsonMessage }[] | undefined

const spanKinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']
const statusCodes = ['', ', ok', ', error']

/** A span: name, service and ids as labels, its own attributes, and kind, duration and status as text. */
export function spanItem(span: JsonMessage, resource: JsonMessage | undefined): readonly ItemText[] {
  const item = named(span.name, resource)
  labelIfThere(item, 'trace_id', span.traceId)
  labelIfThere(item, 'span_id', span.spanId)
  labelIfThere(item, 'parent_span_id', span.parentSpanId)
  addAttributes(item, span.attributes as Attributes)
  const start = span.startTimeUnixNano as string | undefined
  const end = span.endTimeUnixNano as string | undefined
  const duration = start === undefined || end === undefined ? '' : `, ${durationText(BigInt(end) - BigInt(start))}`
  const status = span.status as { code?: number; message?: string } | undefined
  const words = status?.message === undefined ? '' : `: ${status.message}`
  const kind = spanKinds[(span.kind as number | undefined) ?? 0] ?? 'unspecified'
  const text = `${kind}${duration}${statusCodes[status?.code ?? 0] ?? ''}${words}`
  return [item.finish('span', milliseconds(start), text)]
}

/** A log record: service, severity and ids as labels, its attributes, and the body as text. */
export function recordItem(record: JsonMessage, resource: JsonMessage | undefined): readonly ItemText[] {
  const item = named(record.eventName, resource)
  labelIfThere(item, 'severity', record.severityText)
  labelIfThere(item, 'trace_id', record.traceId)
  labelIfThere(item, 'span_id', record.spanId)
  addAttributes(item, record.attributes as Attributes)
  const time = milliseconds(record.timeUnixNano) ?? milliseconds(record.observedTimeUnixNano)
  return [item.finish('record', time, anyText(record.body as JsonMessage | undefined))]
}

/** The data points of a metric: name, service and unit as labels, the point's attributes, and its value as text. */
export function pointItems(metric: JsonMessage, resource: JsonMessage | undefined): readonly ItemText[] {
  const data = (metric.gauge ?? metric.sum ?? metric.histogram ?? metric.exponentialHistogram ?? metric.summary) as
    { dataPoints?: readonly JsonMessage[] } | undefined
  return (data?.dataPoints ?? []).map((point) => {
    const item = named(metric.name, resource)
    labelIfThere(item, 'unit', metric.unit)
    addAttributes(item, point.attributes as Attributes)
    return item.finish('point', milliseconds(point.timeUnixNano), pointText(point))
  })
}

function pointText({ asDouble, asInt, count, sum, min, max }: JsonMessage): string {
  const value = asDouble ?? asInt
  if (value !== undefined) return scalarText(value)
  const parts = Object.entries({ count, sum, min, max }).filter(([, part]) => part !== undefined)
  return parts.map(([name, part]) => `${name} ${scalarText(part)}`).join(', ')
}

function named(name: unknown, resource: JsonMessage | undefined): BoundedItem {
  const item = new BoundedItem()
  labelIfThere(item, 'name', name)
  const attributes = resource?.attributes as Attributes
  const service = attributes?.find(({ key }) => key === 'service.name')
  if (service !== undefined) item.label('service', anyText(service.value))
  return item
}

function labelIfThere(item: BoundedItem, name: string, value: unknown): void {
  if (typeof value === 'string' && value !== '') item.label(name, value)
}

function addAttributes(item: BoundedItem, attributes: Attributes): void {
  for (const { key, value } of attributes ?? []) item.attribute(key ?? '', anyText(value))
}

/** An `AnyValue`: strings and numbers as they are, what is nested as OTLP/JSON. */
function anyText(value: JsonMessage | undefined): string {
  const [kind, content] = Object.entries(value ?? {}).at(0) ?? ['', '']
  return kind === 'arrayValue' || kind === 'kvlistValue' ? JSON.stringify(content) : scalarText(content)
}

function scalarText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

function durationText(nanos: bigint): string {
  const ms = Number(nanos) / 1e6
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`
  return ms >= 1 ? `${Number(ms.toPrecision(3))} ms` : `${Number((ms * 1000).toPrecision(3))} µs`
}

function milliseconds(nanos: unknown): number | undefined {
  if (typeof nanos !== 'string' || nanos === '0') return undefined
  return Number(BigInt(nanos) / 1_000_000n)
}
