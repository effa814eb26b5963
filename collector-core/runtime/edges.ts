import type { Receiver, Signal } from '../signal/receiver.ts'
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

/** What a config under preparation would change: which edges it uses, which are new, which lead somewhere else. */
interface Round {
  readonly used: Set<string>
  readonly created: Set<string>
  readonly redirected: Map<Edge, Receiver<Signal>>
}

const keyOf = (ends: EdgeEnds): string => [ends.from, ends.to, ends.exportName, ends.carries ?? ''].join('\u0000')

/**
 * All edges of the running graph. An edge outlives reloads that keep both its ends, and so do its counts. Between `begin`
 * and `commit` or `rollback` connecting changes nothing for what runs.
 */
export class Edges {
  private readonly byKey = new Map<string, NamedEdge>()
  private readonly clock: Clock
  private readonly onFailure: (consumer: string, error: unknown) => void
  private round: Round | undefined

  constructor(clock: Clock, onFailure: (consumer: string, error: unknown) => void) {
    this.clock = clock
    this.onFailure = onFailure
  }

  /** The edge between two ends, made when there is none. A new receiver of the same consumer takes over an old edge. */
  connect(ends: EdgeEnds, consumer: Receiver<Signal>): Edge {
    const key = keyOf(ends)
    this.round?.used.add(key)
    const known = this.byKey.get(key)
    if (known !== undefined && known.edge.signal === consumer.signal) {
      if (this.round === undefined) known.edge.redirect(consumer)
      else this.round.redirected.set(known.edge, consumer)
      return known.edge
    }
    const edge = new Edge(ends, consumer, this.clock, (error) => this.onFailure(ends.to, error))
    this.byKey.set(key, { ...ends, edge })
    this.round?.created.add(key)
    return edge
  }

  /** Starts preparing a config. */
  begin(): void {
    this.round = { used: new Set(), created: new Set(), redirected: new Map() }
  }

  /** Puts the prepared edges into service and forgets those the config no longer has. */
  commit(): void {
    const { used, redirected } = this.round ?? { used: new Set(), redirected: new Map<Edge, Receiver<Signal>>() }
    this.round = undefined
    for (const [edge, consumer] of redirected) edge.redirect(consumer)
    for (const key of this.byKey.keys()) if (!used.has(key)) this.byKey.delete(key)
  }

  /** Forgets what was prepared. */
  rollback(): void {
    for (const key of this.round?.created ?? []) this.byKey.delete(key)
    this.round = undefined
  }

  all(): readonly NamedEdge[] {
    return [...this.byKey.values()]
  }

  frames(): EdgeFrame[] {
    return this.all().map(({ from, to, carries, edge }) => ({
      from,
      to,
      port: edge.signal,
      ...(carries && { carries }),
      ...edge.counts(),
    }))
  }
}
