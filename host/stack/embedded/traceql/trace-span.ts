/** An attribute's value; lists and maps as JSON text. */
export type AttributeValue = string | number | boolean

export type Attributes = ReadonlyMap<string, AttributeValue>

export type SpanStatus = 'unset' | 'ok' | 'error'
export type SpanKind = 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer'

/** A span with its resource; `start` and `end` in nanoseconds since 1970, ids in hexadecimal. */
export interface TraceSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentId: string
  readonly name: string
  readonly kind: SpanKind
  readonly status: SpanStatus
  readonly statusMessage: string
  readonly start: bigint
  readonly end: bigint
  readonly attributes: Attributes
  readonly resource: Attributes
  readonly scope: Attributes
  readonly events: readonly { readonly name: string; readonly attributes: Attributes }[]
  readonly links: readonly Attributes[]
}

/** What is asked of a trace as a whole. */
export interface TraceFacts {
  readonly id: string
  readonly rootName: string
  readonly rootService: string
  readonly start: bigint
  readonly end: bigint
}

/** The facts of a trace with at least one span. */
export function factsOf(spans: readonly TraceSpan[]): TraceFacts {
  const ids = new Set(spans.map(({ spanId }) => spanId))
  const first = spans.reduce((a, b) => (b.start < a.start ? b : a))
  const root =
    spans.find(({ parentId }) => parentId === '') ?? spans.find(({ parentId }) => !ids.has(parentId)) ?? first
  const whole = spans.some(({ parentId }) => parentId === '')
  return {
    id: first.traceId,
    rootName: whole ? root.name : '<root span not yet received>',
    rootService: String(root.resource.get('service.name') ?? ''),
    start: first.start,
    end: spans.reduce((end, span) => (span.end > end ? span.end : end), first.end),
  }
}
