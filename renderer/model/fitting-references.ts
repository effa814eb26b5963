import { portOf } from '../../collector-core/graph/edge-of.ts'
import type { ComponentNode, Graph } from '../../collector-core/graph/graph.ts'
import type { Shape } from '../../collector-core/schema/shape.ts'

/** An export that can be referred to. */
export interface FittingReference {
  /** Such as `loki.write.default.receiver`. */
  readonly text: string
  readonly component: string
  readonly doc: string
}

/** The exports that fit into an argument of the shape, in file order; those of `except` are left out. */
export function fittingReferences({ components }: Graph, shape: Shape, except?: string): readonly FittingReference[] {
  return components.filter(({ id }) => id !== except).flatMap((node) => exportsFor(node, shape))
}

function exportsFor(node: ComponentNode, wanted: Shape): FittingReference[] {
  if (node.definition === undefined) return opaqueExports(node, wanted)
  return Object.entries(node.definition.exports)
    .filter(([, { shape }]) => fits(shape, wanted))
    .map(([name, { doc }]) => ({ text: `${node.id}.${name}`, component: node.id, doc }))
}

function fits(offered: Shape, wanted: Shape): boolean {
  switch (wanted.kind) {
    case 'receivers':
    case 'receiver':
      return offered.kind === 'receiver' && offered.signal === wanted.signal
    case 'targets':
    case 'rules':
      return offered.kind === wanted.kind
    case 'capsule':
      return offered.kind === 'capsule' && offered.name === wanted.name
    case 'secret':
    case 'optional_secret':
      return ['string', 'secret', 'optional_secret'].includes(offered.kind)
    case 'string':
    case 'duration':
    case 'bytes':
    case 'regex':
    case 'choice':
    case 'any':
      return offered.kind === 'string' || offered.kind === 'optional_secret'
    default:
      return false
  }
}

/** Alloy's usual names of the exports of components that are only known by name. */
function opaqueExports({ id, known }: ComponentNode, wanted: Shape): FittingReference[] {
  const port = portOf(wanted)
  if (port === 'value' || known?.exports.includes(port) !== true) return []
  const name = {
    targets: 'targets',
    rules: 'rules',
    otlp: 'input',
    auth: 'handler',
    storage: 'handler',
  }
  const text = `${id}.${Object.hasOwn(name, port) ? name[port as keyof typeof name] : 'receiver'}`
  return [{ text, component: id, doc: '' }]
}
