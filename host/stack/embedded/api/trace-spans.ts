import { attributeMap } from '../ingest/otlp-value.ts'
import type { SpanKind, SpanStatus, TraceSpan } from '../traceql/trace-span.ts'
import { list, resourceSpansOf } from './trace-json.ts'
import type { JsonObject } from './trace-json.ts'

const kinds: readonly SpanKind[] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']
const statuses: readonly SpanStatus[] = ['unset', 'ok', 'error']

/** The spans in stored parts of a trace; a span that was sent twice is there once. */
export function spansOf(parts: readonly Uint8Array[]): TraceSpan[] {
  const spans = new Map<string, TraceSpan>()
  for (const { resource, scopeSpans } of resourceSpansOf(parts)) {
    const attributes = attributeMap((resource as JsonObject | undefined)?.attributes)
    for (const { scope, spans: inScope } of list(scopeSpans)) {
      const ofScope = scopeAttributes((scope ?? {}) as JsonObject)
      for (const json of list(inScope)) {
        const span = spanOf(json, attributes, ofScope)
        spans.set(`${span.spanId} ${span.kind} ${span.start} ${span.name}`, span)
      }
    }
  }
  return [...spans.values()]
}

function scopeAttributes({ name, version, attributes }: JsonObject): TraceSpan['scope'] {
  const map = attributeMap(attributes)
  if (typeof name === 'string') map.set('name', name)
  if (typeof version === 'string') map.set('version', version)
  return map
}

function spanOf(json: JsonObject, resource: TraceSpan['resource'], scope: TraceSpan['scope']): TraceSpan {
  const status = (json.status ?? {}) as JsonObject
  return {
    traceId: textOf(json.traceId),
    spanId: textOf(json.spanId),
    parentId: /^0*$/.test(textOf(json.parentSpanId)) ? '' : textOf(json.parentSpanId),
    name: textOf(json.name),
    kind: kinds[Number(json.kind ?? 0)] ?? 'unspecified',
    status: statuses[Number(status.code ?? 0)] ?? 'unset',
    statusMessage: textOf(status.message),
    start: BigInt(textOf(json.startTimeUnixNano) || '0'),
    end: BigInt(textOf(json.endTimeUnixNano) || '0'),
    attributes: attributeMap(json.attributes),
    resource,
    scope,
    events: list(json.events).map((event) => ({
      name: textOf(event.name),
      attributes: attributeMap(event.attributes),
    })),
    links: list(json.links).map((link) => attributeMap(link.attributes)),
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
