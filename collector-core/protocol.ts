// What the engine tells about itself while it runs. Frames are plain JSON; counts are totals since the component or edge
// was made, so a reader that misses a frame loses resolution and nothing else.
import type { PortKind } from './known-components.ts'

export type HealthState = 'unknown' | 'healthy' | 'unhealthy' | 'exited'

/** Health with its reason and the wall time, in milliseconds since the epoch, since when it holds. */
export interface Health {
  readonly state: HealthState
  readonly message: string
  readonly since: number
}

/** One component in a frame; `dropped` counts items given up, by reason. */
export interface ComponentFrame {
  readonly id: string
  readonly health: Health
  readonly dropped: Readonly<Record<string, number>>
}

/** One edge in a frame, in the direction data flows. */
export interface EdgeFrame {
  readonly from: string
  readonly to: string
  readonly port: PortKind
  readonly batches: number
  readonly items: number
  readonly bytes: number
  readonly refusedItems: number
  readonly failedBatches: number
  readonly waitingMs: number
  readonly inFlight: number
  readonly lastRefusal?: string
}

/** A snapshot of everything that moves; `at` is wall time in milliseconds since the epoch. */
export interface StatsFrame {
  readonly kind: 'stats'
  readonly at: number
  readonly components: readonly ComponentFrame[]
  readonly edges: readonly EdgeFrame[]
}
