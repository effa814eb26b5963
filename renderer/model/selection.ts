// What is selected, for every view of the document: the canvas, the inspector, the text, the tables.
import { Cell } from './cell.ts'

/** Ids of the selected nodes and edges of the canvas; components have their own ids, such as `loki.write.default`. */
export interface Selection {
  readonly nodes: readonly string[]
  readonly edges: readonly string[]
  /** The node the inspector shows: the one chosen last. */
  readonly primary: string | undefined
}

const nothing: Selection = { nodes: [], edges: [], primary: undefined }

export class SelectionModel {
  readonly current = new Cell<Selection>(nothing)
  /** A node that views should bring into sight; a new object at every request, the same node included. */
  readonly revealed = new Cell<{ readonly id: string } | undefined>(undefined)

  /** Selects exactly these; the last node, or the primary one when it stays selected, is the primary one. */
  select(nodes: readonly string[], edges: readonly string[] = []): void {
    const before = this.current.get()
    const kept = nodes.length > 1 && before.primary !== undefined && nodes.includes(before.primary)
    const primary = kept && before.nodes.length > nodes.length ? before.primary : nodes.at(-1)
    if (same(before.nodes, nodes) && same(before.edges, edges)) return
    this.current.set(nodes.length + edges.length === 0 ? nothing : { nodes, edges, primary })
  }

  /** Adds a node to the selection, or takes it out. */
  toggle(id: string): void {
    const { nodes, edges } = this.current.get()
    this.select(nodes.includes(id) ? nodes.filter((other) => other !== id) : [...nodes, id], edges)
  }

  clear(): void {
    this.select([])
  }

  /** Selects a node and asks the views to bring it into sight. */
  reveal(id: string): void {
    this.select([id])
    this.revealed.set({ id })
  }

  /** Asks the views to bring into sight what is drawn but cannot be selected. */
  pointTo(id: string): void {
    this.revealed.set({ id })
  }

  /** Drops what is no longer there; `renamed` nodes keep their place. */
  retain(
    nodes: ReadonlySet<string>,
    edges: ReadonlySet<string>,
    renamed: ReadonlyMap<string, string> = new Map(),
  ): void {
    const { nodes: chosen, edges: lines } = this.current.get()
    this.select(
      chosen.map((id) => renamed.get(id) ?? id).filter((id) => nodes.has(id)),
      lines.filter((id) => edges.has(id)),
    )
  }
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index])
}
