import type { PortKind } from '../../collector-core/known-components.ts'

/** One sample, line, span, metric or record that crossed an edge, as a person reads it. */
export interface TapItem {
  /** Counts up per edge; a gap means items that were not kept. */
  readonly sequence: number
  readonly at: number
  readonly from: string
  readonly to: string
  readonly port: PortKind
  /** `{__name__="up", job="x"}`, a stream's labels, or a span's name and service. */
  readonly labels: Readonly<Record<string, string>>
  /** A sample's value, a log line, a span's duration and attributes. */
  readonly text: string
  /** Cut at 4 KiB. */
  readonly truncated: boolean
}

/** What was kept since the last frame; `seen` counts everything that passed meanwhile. */
export interface TapFrame {
  readonly items: readonly TapItem[]
  readonly seen: number
  readonly kept: number
}
