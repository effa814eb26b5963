import { Scope } from '../language/scope.ts'
import { objectValue } from '../language/value.ts'
import type { Value } from '../language/value.ts'
import type { Reference } from './graph.ts'

type Tree = Map<string, Tree | Value>

/** A scope in which each reference finds its export: `a.b.label` as nested objects down to the exports. */
export function referenceScope(references: readonly Reference[], exportOf: (reference: Reference) => Value): Scope {
  const root: Tree = new Map()
  for (const reference of references) {
    const exportName = reference.path.at(0)
    if (exportName === undefined) continue
    let tree = root
    for (const name of reference.target.split('.')) {
      const child = tree.get(name)
      if (child instanceof Map) tree = child
      else {
        const made: Tree = new Map()
        tree.set(name, made)
        tree = made
      }
    }
    tree.set(exportName, exportOf(reference))
  }
  return new Scope(new Map([...root].map(([name, child]) => [name, asValue(child)])))
}

function asValue(node: Tree | Value): Value {
  if (!(node instanceof Map)) return node
  return objectValue([...node].map(([name, child]) => [name, asValue(child)]))
}
