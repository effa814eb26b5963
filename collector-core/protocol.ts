// What the engine tells about itself while it runs. Frames are plain JSON; counts are totals since the component or edge
// was made, so a reader that misses a frame loses resolution and nothing else.
import type { PortKind } from './known-components.ts'
import type { Stage } from './schema/definition.ts'
import type { OtlpKind } from './signal/otlp-batch.ts'

export type HealthState = 'unknown' | 'healthy' | 'unhealthy' | 'exited'

/** Health with its reason and the wall time, in milliseconds since the epoch, since when it holds. */
export interface Health {
  readonly state: HealthState
  readonly message: string
  readonly since: number
}

/** What a component has accepted and not delivered yet; `oldestAt` is when the oldest of it was accepted, as wall time. */
export interface QueueState {
  readonly items: number
  readonly bytes: number
  readonly oldestAt?: number
}

/** Targets of a component that scrapes; those of `total` that are neither up nor down have not been asked yet. */
export interface TargetCounts {
  readonly total: number
  readonly up: number
  readonly down: number
}

/** What one scrape beside the schedule found; nothing of it was passed on. */
export interface TrialScrape {
  readonly durationMs: number
  /** Of the answer, inflated. */
  readonly bodyBytes: number
  /** Samples and native histograms, before any rules and limits. */
  readonly samples: number
  /** The 200 metrics with the most samples, largest first, and how many metrics there are in all. */
  readonly metrics: readonly { readonly name: string; readonly samples: number }[]
  readonly metricCount: number
  /** Empty when it went well. */
  readonly error: string
}

/** One component in a frame; `dropped` counts items given up, by reason; `queue` and `targets` are there where it has any. */
export interface ComponentFrame {
  readonly id: string
  readonly health: Health
  readonly dropped: Readonly<Record<string, number>>
  readonly queue?: QueueState
  readonly targets?: TargetCounts
}

/** Running totals of one edge since it was made; `waitingMs` sums the time consumers took to settle. */
export interface EdgeCounts {
  readonly batches: number
  readonly items: number
  readonly bytes: number
  readonly refusedItems: number
  readonly failedBatches: number
  readonly waitingMs: number
  readonly inFlight: number
  readonly lastRefusal?: string
}

/** One edge in a frame, in the direction data flows. */
export interface EdgeFrame extends EdgeCounts {
  readonly from: string
  readonly to: string
  readonly port: PortKind
  /** The kind of data an OTLP edge is for, where its argument names one. */
  readonly carries?: OtlpKind
}

/** A snapshot of everything that moves; `at` is wall time in milliseconds since the epoch. */
export interface StatsFrame {
  readonly kind: 'stats'
  readonly at: number
  readonly components: readonly ComponentFrame[]
  readonly edges: readonly EdgeFrame[]
}

/** A component of the running config as drawn: `fact` is the one thing about its arguments worth a line, may be empty. */
export interface PipelineNode {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly summary: string
  /** Undefined for a component Weir keeps but cannot run. */
  readonly stage: Stage | undefined
  readonly fact: string
  readonly takes: readonly PortKind[]
  readonly gives: readonly PortKind[]
}

/** A connection of the running config, in the direction data flows. */
export interface PipelineEdge {
  readonly from: string
  readonly to: string
  readonly port: PortKind
  readonly carries?: OtlpKind
}

/** The running config as a picture; components in file order. */
export interface Pipeline {
  readonly kind: 'pipeline'
  readonly nodes: readonly PipelineNode[]
  readonly edges: readonly PipelineEdge[]
}

/** One sample, line, span, point or record that crossed an edge, as a person reads it; 4 KiB at most. */
export interface TapItem {
  /** Counts up per edge; a gap means items that were not kept. */
  readonly sequence: number
  /** When it crossed, milliseconds since the epoch. */
  readonly at: number
  readonly from: string
  readonly to: string
  readonly port: PortKind
  /** `sample`, `histogram` and `exemplar` are Prometheus', `line` Loki's, `span`, `point` and `record` OpenTelemetry's. */
  readonly kind: 'sample' | 'histogram' | 'exemplar' | 'line' | 'span' | 'point' | 'record'
  /** The item's own time, milliseconds since the epoch; undefined when it has none. */
  readonly timestamp: number | undefined
  /** `{__name__="up", job="x"}`, a stream's labels, or `name` and `service` of what OTLP carries. */
  readonly labels: Readonly<Record<string, string>>
  /** Structured metadata of a line, attributes of a span, point or record, labels of an exemplar. */
  readonly attributes: Readonly<Record<string, string>>
  /** A sample's value, a histogram's summary, a line, a span's kind and duration, a record's severity and body. */
  readonly text: string
  /** True when something of it was cut off. */
  readonly truncated: boolean
}

/** What was kept since the last frame; `seen` counts everything that crossed the tapped edges meanwhile. */
export interface TapFrame {
  readonly items: readonly TapItem[]
  readonly seen: number
  readonly kept: number
}
