// A trace as Tempo's API gives it: OTLP's JSON, with ids in hex (OTLP) or base64 (protobuf's JSON), and groups of spans
// called `resourceSpans` or, by its first version, `batches`.
import type { FoundSpan, FoundTrace, SpanKind } from '../contract/explore.ts'

interface KeyValue {
  readonly key?: string
  readonly value?: Readonly<Record<string, unknown>>
}

interface SpanJson {
  readonly spanId?: string
  readonly parentSpanId?: string
  readonly name?: string
  readonly kind?: string | number
  readonly startTimeUnixNano?: string | number
  readonly endTimeUnixNano?: string | number
  readonly attributes?: readonly KeyValue[]
  readonly events?: readonly {
    readonly timeUnixNano?: string | number
    readonly name?: string
    readonly attributes?: readonly KeyValue[]
  }[]
  readonly status?: { readonly code?: string | number; readonly message?: string }
}

interface ResourceSpansJson {
  readonly resource?: { readonly attributes?: readonly KeyValue[] }
  readonly scopeSpans?: readonly { readonly scope?: { readonly name?: string }; readonly spans?: readonly SpanJson[] }[]
}

export interface TraceJson {
  readonly resourceSpans?: readonly ResourceSpansJson[]
  readonly batches?: readonly ResourceSpansJson[]
}

const mostSpans = 10_000
const kinds: readonly SpanKind[] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']
const statuses = ['unset', 'ok', 'error'] as const

/** The spans of a trace in the order they started. */
export function readTrace(traceId: string, trace: TraceJson): FoundTrace {
  const spans = (trace.resourceSpans ?? trace.batches ?? []).flatMap(({ resource, scopeSpans = [] }) => {
    const attributes = textsOf(resource?.attributes)
    return scopeSpans.flatMap(({ scope, spans = [] }) =>
      spans.map((span) => readSpan(span, attributes, scope?.name ?? '')),
    )
  })
  spans.sort((a, b) => a.startedAt - b.startedAt || a.spanId.localeCompare(b.spanId))
  return { traceId: traceId.toLowerCase(), spans: spans.slice(0, mostSpans), truncated: spans.length > mostSpans }
}

function readSpan(span: SpanJson, resource: Readonly<Record<string, string>>, scope: string): FoundSpan {
  const start = BigInt(span.startTimeUnixNano ?? 0)
  const end = BigInt(span.endTimeUnixNano ?? 0)
  const parent = idOf(span.parentSpanId ?? '')
  return {
    spanId: idOf(span.spanId ?? ''),
    parentId: /^0*$/.test(parent) ? undefined : parent,
    service: resource['service.name'] ?? 'unknown_service',
    name: span.name ?? '',
    kind: enumOf(span.kind, 'SPAN_KIND_', kinds),
    startedAt: Number(start / 1000n) / 1000,
    durationMs: Math.max(Number(end - start), 0) / 1e6,
    status: enumOf(span.status?.code, 'STATUS_CODE_', statuses),
    statusMessage: span.status?.message ?? '',
    attributes: textsOf(span.attributes),
    resource,
    scope,
    events: (span.events ?? []).map(({ timeUnixNano = 0, name = '', attributes }) => ({
      at: Number(BigInt(timeUnixNano) / 1000n) / 1000,
      name,
      attributes: textsOf(attributes),
    })),
  }
}

/** Hex as it is, base64 of eight bytes (twelve characters) as hex. */
function idOf(id: string): string {
  return id.length === 12 ? Buffer.from(id, 'base64').toString('hex') : id.toLowerCase()
}

/** Enums come as numbers or by their protobuf names. */
function enumOf<T extends string>(value: string | number | undefined, prefix: string, names: readonly T[]): T {
  if (typeof value === 'number') return names[value] ?? names[0]
  const name = value?.replace(prefix, '').toLowerCase()
  return names.find((known) => known === name) ?? names[0]
}

function textsOf(attributes: readonly KeyValue[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(attributes.map(({ key = '', value = {} }) => [key, textOf(value)]))
}

/** An OTLP AnyValue as a person reads it: lists and maps as JSON. */
function textOf(value: Readonly<Record<string, unknown>>): string {
  const plain = plainOf(value)
  return typeof plain === 'string' ? plain : JSON.stringify(plain)
}

function plainOf(value: Readonly<Record<string, unknown>>): unknown {
  const [kind, inner] = Object.entries(value).at(0) ?? ['stringValue', '']
  switch (kind) {
    case 'arrayValue':
      return ((inner as { readonly values?: readonly Readonly<Record<string, unknown>>[] }).values ?? []).map(plainOf)
    case 'kvlistValue': {
      const pairs = (inner as { readonly values?: readonly KeyValue[] }).values ?? []
      return Object.fromEntries(pairs.map((pair) => [pair.key ?? '', plainOf(pair.value ?? {})]))
    }
    case 'intValue':
      return Number(inner)
    default:
      return inner
  }
}
