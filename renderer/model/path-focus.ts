/** What lies on a way through a component, ids of components and of edges. */
export interface PathFocus {
  readonly nodes: ReadonlySet<string>
  readonly edges: ReadonlySet<string>
}

interface Ends {
  readonly id: string
  readonly from: string
  readonly to: string
}

/** Everything upstream and downstream of a component, or on one side only, itself included. */
export function pathThrough(edges: readonly Ends[], start: string, side?: 'upstream' | 'downstream'): PathFocus {
  const nodes = new Set([start])
  const lit = new Set<string>()
  for (const downstream of side === undefined ? [true, false] : [side === 'downstream']) {
    const reached = new Set([start])
    const pending = [start]
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      for (const edge of edges) {
        const [near, far] = downstream ? [edge.from, edge.to] : [edge.to, edge.from]
        if (near !== id) continue
        lit.add(edge.id)
        if (reached.has(far)) continue
        reached.add(far)
        pending.push(far)
      }
    }
    for (const id of reached) nodes.add(id)
  }
  return { nodes, edges: lit }
}
