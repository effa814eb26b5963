import type { Receiver, Signal } from '../signal/receiver.ts'
import type { OtlpKind } from '../signal/otlp-batch.ts'
import type { EdgeFrame } from '../protocol.ts'
import type { Edge } from './edge.ts'

/** Names one edge: two arguments of one component that lead to the same receiver are two edges. */
export interface EdgeEnds {
  readonly from: string
  readonly to: string
  readonly exportName: string
  readonly carries: OtlpKind | undefined
}

export interface NamedEdge extends EdgeEnds {
  readonly edge: Edge
  readonly receiver: Receiver<Signal>
}

/**
 * The edges one evaluation of a component needs. An edge the component has already is taken again when both its ends are
 * the same, and keeps its counts; nothing that runs changes before the arguments that hold the edges are handed over.
 */
export class Connections {
  readonly edges: NamedEdge[] = []
  private readonly current: readonly NamedEdge[]
  private readonly make: (ends: EdgeEnds, receiver: Receiver<Signal>) => Edge

  constructor(current: readonly NamedEdge[], make: (ends: EdgeEnds, receiver: Receiver<Signal>) => Edge) {
    this.current = current
    this.make = make
  }

  /** The edge to a receiver. */
  connect(ends: EdgeEnds, receiver: Receiver<Signal>): Edge {
    const used = this.edges.find((other) => isSame(other, ends, receiver))
    if (used !== undefined) return used.edge
    const known = this.current.find((other) => isSame(other, ends, receiver))
    const named = known ?? { ...ends, receiver, edge: this.make(ends, receiver) }
    this.edges.push(named)
    return named.edge
  }
}

const isSame = (edge: NamedEdge, ends: EdgeEnds, receiver: Receiver<Signal>): boolean =>
  edge.receiver === receiver &&
  edge.from === ends.from &&
  edge.to === ends.to &&
  edge.exportName === ends.exportName &&
  edge.carries === ends.carries

export function edgeFrame({ from, to, carries, edge }: NamedEdge): EdgeFrame {
  return { from, to, port: edge.signal, ...(carries && { carries }), ...edge.counts() }
}
