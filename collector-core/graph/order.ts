/** The ids in dependency order (what is referred to comes first, otherwise as given), or the cycles that forbid one. */
export interface EvaluationOrder {
  readonly order: readonly string[]
  /** Each cycle's ids in reference order; a self-reference is a cycle of one. */
  readonly cycles: readonly (readonly string[])[]
}

/** Orders ids by their references with Tarjan's strongly connected components, without recursion. */
export function evaluationOrder(
  ids: readonly string[],
  referencesOf: (id: string) => readonly string[],
): EvaluationOrder {
  const order: string[] = []
  const cycles: string[][] = []
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const open: string[] = []
  const isOpen = new Set<string>()

  for (const root of ids) {
    if (index.has(root)) continue
    const calls: { id: string; targets: readonly string[]; next: number }[] = []
    const enter = (id: string): void => {
      index.set(id, index.size)
      low.set(id, index.get(id)!)
      open.push(id)
      isOpen.add(id)
      calls.push({ id, targets: referencesOf(id), next: 0 })
    }
    enter(root)
    while (calls.length > 0) {
      const call = calls[calls.length - 1]
      if (call.next < call.targets.length) {
        const target = call.targets[call.next++]
        if (!index.has(target)) enter(target)
        else if (isOpen.has(target)) low.set(call.id, Math.min(low.get(call.id)!, index.get(target)!))
        continue
      }
      calls.pop()
      const caller = calls.at(-1)
      if (caller !== undefined) low.set(caller.id, Math.min(low.get(caller.id)!, low.get(call.id)!))
      if (low.get(call.id) !== index.get(call.id)) continue
      const members = open.splice(open.lastIndexOf(call.id))
      for (const member of members) isOpen.delete(member)
      if (members.length > 1 || call.targets.includes(call.id)) cycles.push(members)
      order.push(...members.reverse())
    }
  }
  return { order, cycles }
}
