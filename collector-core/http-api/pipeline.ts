import type { ComponentNode } from '../graph/graph.ts'
import type { PortKind } from '../known-components.ts'
import type { Pipeline, PipelineNode } from '../protocol.ts'
import type { Collector } from '../runtime/collector.ts'
import type { Fields } from '../schema/field.ts'
import type { Shape } from '../schema/shape.ts'
import { componentFact } from './component-fact.ts'

/** What runs, as a picture; undefined before the first config is applied. */
export function describePipeline(collector: Collector): Pipeline | undefined {
  const { graph } = collector
  if (graph === undefined) return undefined
  return {
    kind: 'pipeline',
    nodes: graph.components.map((node) => describeNode(node, collector)),
    edges: graph.edges.map(({ from, to, port, carries }) => ({ from, to, port, ...(carries && { carries }) })),
  }
}

function describeNode({ id, name, label, definition, known }: ComponentNode, collector: Collector): PipelineNode {
  const running = collector.component(id)
  const receives = (port: PortKind): boolean => flowing.has(port)
  const reads = definition === undefined ? (known?.accepts ?? []) : portsOf(definition.arguments)
  const exports = definition === undefined ? (known?.exports ?? []) : portsOf(definition.exports)
  return {
    id,
    name,
    label,
    summary: definition?.summary ?? '',
    stage: definition?.stage,
    fact: running === undefined ? '' : componentFact(running.args, running.exports),
    takes: [...exports.filter(receives), ...reads.filter((port) => !receives(port))],
    gives: [...exports.filter((port) => !receives(port)), ...reads.filter(receives)],
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
