import type { Diagnostic } from '../language/diagnostic.ts'
import { nearest } from '../language/suggest.ts'
import type { PortKind } from '../known-components.ts'
import type { Field, Fields } from '../schema/field.ts'
import type { Shape } from '../schema/shape.ts'
import type { ComponentNode, GraphEdge, Reference } from './graph.ts'

/** The edge a reference makes, and what is wrong with it: an export that does not exist, or ports that do not fit. */
export function edgeOf(
  node: ComponentNode,
  target: ComponentNode,
  reference: Reference,
): { readonly edge: GraphEdge; readonly problem?: Diagnostic } {
  const exported = fieldOf(target.definition?.exports, reference.path.at(0))
  const wanted = node.definition && shapeAt(node.definition.arguments, reference.attribute)
  const port = exported ? portOf(exported.shape) : guessPort(target, wanted)
  const flowsAlong = isReceiver(port)
  const edge: GraphEdge = {
    from: flowsAlong ? node.id : target.id,
    to: flowsAlong ? target.id : node.id,
    port,
    ...(wanted?.kind === 'receivers' && wanted.carries && { carries: wanted.carries }),
    reference,
  }
  const problem = target.definition && problemOf(target, reference, exported?.shape, wanted)
  return { edge, ...(problem && { problem }) }
}

function problemOf(
  target: ComponentNode,
  reference: Reference,
  exported: Shape | undefined,
  wanted: Shape | undefined,
): Diagnostic | undefined {
  const at = { severity: 'error', span: reference.span } as const
  const name = reference.path.at(0)
  if (exported === undefined) {
    const names = Object.keys(target.definition!.exports)
    const suggestion = nearest(name ?? '', names) ?? (names.length === 1 ? names[0] : undefined)
    return {
      ...at,
      code: 'unknown-export',
      message:
        name === undefined
          ? `"${target.id}" is a component, not a value: name one of its exports (${names.join(', ') || 'it has none'})`
          : `"${target.id}" does not export "${name}" (it exports ${names.join(', ') || 'nothing'})`,
      ...(suggestion !== undefined && {
        suggestion: {
          text: `did you mean "${target.id}.${suggestion}"?`,
          edit: { span: reference.span, text: `${target.id}.${suggestion}` },
        },
      }),
    }
  }
  const given = portOf(exported)
  const needed = wanted && portOf(wanted)
  if (needed === undefined || needed === 'value' || given === 'value' || given === needed) return undefined
  return {
    ...at,
    code: 'ports-do-not-fit',
    message: `"${reference.attribute.join('.')}" takes ${needed}, but "${target.id}.${name}" is for ${given}`,
  }
}

/** The shape of an argument by the names of the blocks and the attribute that lead to it. */
export function shapeAt(fields: Fields, path: readonly string[]): Shape | undefined {
  const [name, ...rest] = path
  const shape = fieldOf(fields, name)?.shape ?? variantShape(fields, name)
  if (rest.length === 0 || shape === undefined) return shape
  return shape.kind === 'block' || shape.kind === 'blocks' ? shapeAt(shape.fields, rest) : undefined
}

function fieldOf(fields: Fields | undefined, name: string | undefined): Field | undefined {
  return fields !== undefined && name !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined
}

function variantShape(fields: Fields, name: string): Shape | undefined {
  for (const { shape } of Object.values(fields)) {
    if (shape.kind !== 'variants' || !name.startsWith(`${shape.prefix}.`)) continue
    const members = shape.of()
    const variant = name.slice(shape.prefix.length + 1)
    if (Object.hasOwn(members, variant)) return { kind: 'blocks', fields: members[variant], min: 0 }
  }
  return undefined
}

/** The port a shape is drawn as; `value` for what no data flows through. */
export function portOf(shape: Shape): PortKind {
  switch (shape.kind) {
    case 'receiver':
    case 'receivers':
      return shape.signal
    case 'targets':
    case 'rules':
      return shape.kind
    case 'capsule':
      return shape.name.includes('auth') ? 'auth' : 'storage'
    default:
      return 'value'
  }
}

const isReceiver = (port: PortKind): boolean =>
  port === 'metrics' || port === 'logs' || port === 'otlp' || port === 'profiles'

/** For an opaque target: what the argument wants if the target offers it, else the first thing it offers. */
function guessPort(target: ComponentNode, wanted: Shape | undefined): PortKind {
  const offered = target.known?.exports ?? []
  const needed = wanted && portOf(wanted)
  return needed !== undefined && offered.includes(needed) ? needed : (offered[0] ?? 'value')
}
