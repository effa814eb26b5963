// What Explore finds in the backends. Times are milliseconds since the epoch unless they say nanoseconds; durations are
// milliseconds. Every list is bounded, and says so when the bound bit.

/** From `from` up to `to`, milliseconds since the epoch. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}

export const exploreBackends = ['logs', 'traces', 'metrics'] as const
export type ExploreBackend = (typeof exploreBackends)[number]

/** One stored line; `nanos` is its whole timestamp, nanoseconds since the epoch as digits. */
export interface FoundLine {
  readonly nanos: string
  readonly at: number
  readonly labels: Readonly<Record<string, string>>
  readonly text: string
  /** The trace its labels, metadata or text name: 32 hex digits. */
  readonly traceId: string | undefined
  readonly level: LineLevel | undefined
}

export const lineLevels = ['debug', 'info', 'warn', 'error'] as const
export type LineLevel = (typeof lineLevels)[number]

/** Lines newest first; `truncated` when more match than were asked for. */
export interface LinesFound {
  readonly lines: readonly FoundLine[]
  readonly truncated: boolean
  readonly tookMs: number
}

/** How many lines match per step of time. */
export interface LineCounts {
  readonly stepMs: number
  readonly bars: readonly { readonly at: number; readonly count: number }[]
}

/** A trace in a list; `services` counts its spans by service where the backend tells. */
export interface TraceSummary {
  readonly traceId: string
  readonly rootService: string
  readonly rootName: string
  readonly startedAt: number
  readonly durationMs: number
}

export interface TracesFound {
  readonly traces: readonly TraceSummary[]
  readonly truncated: boolean
  readonly tookMs: number
}

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer' | 'unspecified'

/** One span with its attributes as text. */
export interface FoundSpan {
  readonly spanId: string
  readonly parentId: string | undefined
  readonly service: string
  readonly name: string
  readonly kind: SpanKind
  readonly startedAt: number
  readonly durationMs: number
  readonly status: 'unset' | 'ok' | 'error'
  readonly statusMessage: string
  readonly attributes: Readonly<Record<string, string>>
  readonly resource: Readonly<Record<string, string>>
  readonly scope: string
  readonly events: readonly {
    readonly at: number
    readonly name: string
    readonly attributes: Readonly<Record<string, string>>
  }[]
}

/** Spans in the order they started; at most 10,000. */
export interface FoundTrace {
  readonly traceId: string
  readonly spans: readonly FoundSpan[]
  readonly truncated: boolean
}

/** One line of a chart; `points` are pairs of time and value, in order. */
export interface FoundSeries {
  readonly labels: Readonly<Record<string, string>>
  readonly points: readonly (readonly [at: number, value: number])[]
}

/** A sample that names the trace it was measured in. */
export interface FoundExemplar {
  readonly at: number
  readonly value: number
  readonly labels: Readonly<Record<string, string>>
  readonly traceId: string | undefined
}

export interface SeriesFound {
  readonly series: readonly FoundSeries[]
  readonly exemplars: readonly FoundExemplar[]
  readonly stepMs: number
  readonly truncated: boolean
  readonly tookMs: number
}

/** One service's requests: how many a second, what share failed (0 to 1), how long they took. */
export interface ServiceFigures {
  readonly service: string
  readonly perSecond: number
  readonly failedShare: number
  readonly p50Ms: number
  readonly p95Ms: number
}

/** Services and who calls whom, worked out from the newest traces of the range; `traces` is how many were read. */
export interface ServicesFound {
  readonly services: readonly ServiceFigures[]
  readonly calls: readonly {
    readonly from: string
    readonly to: string
    readonly count: number
    readonly failed: number
  }[]
  readonly traces: number
  readonly truncated: boolean
}
