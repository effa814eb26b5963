import type { PortKind } from '../known-components.ts'
import type { PipelineNode } from '../protocol.ts'
import type { Fields } from '../schema/field.ts'
import type { Shape } from '../schema/shape.ts'
import { componentFact } from './component-fact.ts'
import type { ComponentNode } from './graph.ts'

type Values = Readonly<Record<string, unknown>>

/** A component as drawn; its fact comes from `args` and `exports`, which are missing for one that does not run. */
export function describeNode(
  { id, name, label, definition, known }: ComponentNode,
  args: Values | undefined,
  exports: Values = {},
): PipelineNode {
  const receives = (port: PortKind): boolean => flowing.has(port)
  const reads = definition === undefined ? (known?.accepts ?? []) : portsOf(definition.arguments)
  const offers = definition === undefined ? (known?.exports ?? []) : portsOf(definition.exports)
  return {
    id,
    name,
    label,
    summary: definition?.summary ?? '',
    stage: definition?.stage,
    fact: args === undefined ? '' : componentFact(args, exports),
    takes: [...offers.filter(receives), ...reads.filter((port) => !receives(port))],
    gives: [...offers.filter((port) => !receives(port)), ...reads.filter(receives)],
  }
}

/** Ports data is sent along; the others are read from the component that exports them. */
const flowing: ReadonlySet<PortKind> = new Set(['metrics', 'logs', 'otlp', 'profiles'])

/** The kinds of data among fields, nested blocks included, without plain values. */
function portsOf(fields: Fields): PortKind[] {
  return [...new Set(Object.values(fields).flatMap(({ shape }) => portsIn(shape)))]
}

function portsIn(shape: Shape): PortKind[] {
  switch (shape.kind) {
    case 'receiver':
    case 'receivers':
      return [shape.signal]
    case 'targets':
    case 'rules':
      return [shape.kind]
    case 'block':
      return portsOf(shape.fields)
    default:
      return []
  }
}
