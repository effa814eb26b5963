import type { Receiver, Signal } from '../signal/receiver.ts'
import type { PortKind } from '../known-components.ts'
import type { OtlpKind } from '../signal/otlp-batch.ts'
import type { EdgeFrame } from '../protocol.ts'
import type { Clock } from './clock.ts'
import { Edge } from './edge.ts'

/** Names one edge: two arguments of one component that lead to the same receiver are two edges. */
export interface EdgeEnds {
  readonly from: string
  readonly to: string
  readonly exportName: string
  readonly carries: OtlpKind | undefined
}

export interface NamedEdge extends EdgeEnds {
  readonly edge: Edge
}

const keyOf = (ends: EdgeEnds): string => [ends.from, ends.to, ends.exportName, ends.carries ?? ''].join('\u0000')

/** All edges of the running graph. An edge outlives reloads that keep both its ends, and so do its counts. */
export class Edges {
  private readonly byKey = new Map<string, NamedEdge>()
  private readonly clock: Clock
  private readonly onFailure: (consumer: string, error: unknown) => void

  constructor(clock: Clock, onFailure: (consumer: string, error: unknown) => void) {
    this.clock = clock
    this.onFailure = onFailure
  }

  /** The edge between two ends, made when there is none. A new receiver of the same consumer takes over an old edge. */
  connect(ends: EdgeEnds, consumer: Receiver<Signal>): Edge {
    const key = keyOf(ends)
    const known = this.byKey.get(key)
    if (known !== undefined && known.edge.signal === consumer.signal) {
      known.edge.redirect(consumer)
      return known.edge
    }
    const edge = new Edge(ends, consumer, this.clock, (error) => this.onFailure(ends.to, error))
    this.byKey.set(key, { ...ends, edge })
    return edge
  }

  /** Forgets edges whose producer or consumer is gone. */
  keepBetween(ids: ReadonlySet<string>): void {
    for (const [key, { from, to }] of this.byKey) if (!ids.has(from) || !ids.has(to)) this.byKey.delete(key)
  }

  all(): readonly NamedEdge[] {
    return [...this.byKey.values()]
  }

  frames(): EdgeFrame[] {
    return this.all().map(({ from, to, carries, edge }) => ({
      from,
      to,
      port: portOf(edge.signal),
      ...(carries && { carries }),
      ...edge.counts(),
    }))
  }
}

function portOf(signal: Signal): PortKind {
  return signal
}
