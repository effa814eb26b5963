// Where wires can be plugged in, told by definitions. Data that is pushed leaves by an argument and enters by an export;
// values that are read, such as targets, leave by an export and enter by an argument.
import type { KnownComponent, PortKind } from '../../collector-core/known-components.ts'
import type { Definition } from '../../collector-core/schema/definition.ts'
import type { Fields } from '../../collector-core/schema/field.ts'
import type { OtlpKind } from '../../collector-core/signal/otlp-batch.ts'
import { mainKind, signalKind } from './signal-kind.ts'
import type { SignalKind } from './signal-kind.ts'

export interface Port {
  /** Unique on its node, and the same for the same kind on every node: `in:otlp`, `out:otlp/traces`. */
  readonly id: string
  readonly side: 'in' | 'out'
  readonly port: PortKind
  readonly carries?: OtlpKind
  /** What it is drawn as. */
  readonly kind: SignalKind
  /** Names of the blocks and the attribute that hold its references, as in `['output', 'traces']`. */
  readonly argument?: readonly string[]
  /** The export others refer to. */
  readonly export?: string
}

const pushed: ReadonlySet<PortKind> = new Set(['metrics', 'logs', 'otlp', 'profiles'])
const otlpKinds: readonly OtlpKind[] = ['traces', 'metrics', 'logs']
const order: readonly PortKind[] = [
  'targets',
  'metrics',
  'logs',
  'otlp',
  'profiles',
  'rules',
  'auth',
  'storage',
  'value',
]

/** Whether data of a kind is handed on; the other kinds are values that others read. */
export const isPushed = (port: PortKind): boolean => pushed.has(port)

/** A port of a kind on one side, before it is known where it is plugged in. */
export function barePort(side: Port['side'], port: PortKind, carries?: OtlpKind): Port {
  const narrowed = side === 'out' ? carries : undefined
  return {
    id: `${side}:${port}${narrowed === undefined ? '' : `/${narrowed}`}`,
    side,
    port,
    kind: signalKind(port, carries),
    ...(narrowed !== undefined && { carries: narrowed }),
  }
}

/** The ports of a component from top to bottom; of one that Weir only knows, by the conventions of the language. */
export function portsOf(definition: Definition | undefined, known: KnownComponent | undefined): readonly Port[] {
  const found = definition
    ? [...argumentPorts(definition.arguments, []), ...exportPorts(definition.exports)]
    : [...(known?.accepts ?? []).flatMap(knownArgument), ...(known?.exports ?? []).flatMap(knownExport)]
  const byId = new Map<string, Port>()
  for (const port of found) if (!byId.has(port.id)) byId.set(port.id, port)
  return [...byId.values()].sort((a, b) => order.indexOf(a.port) - order.indexOf(b.port))
}

function argumentPorts(fields: Fields, path: readonly string[]): Port[] {
  return Object.entries(fields).flatMap(([name, { shape, support }]): Port[] => {
    const argument = [...path, name]
    if (support !== undefined) return []
    switch (shape.kind) {
      case 'receivers':
        return [{ ...barePort('out', shape.signal, shape.carries), argument }]
      case 'targets':
      case 'rules':
        return [{ ...barePort('in', shape.kind), argument }]
      case 'block':
        return argumentPorts(shape.fields, argument)
      default:
        return []
    }
  })
}

function exportPorts(fields: Fields): Port[] {
  return Object.entries(fields).flatMap(([name, { shape }]): Port[] => {
    switch (shape.kind) {
      case 'receiver':
        return [{ ...barePort('in', shape.signal), export: name }]
      case 'targets':
      case 'rules':
        return [{ ...barePort('out', shape.kind), export: name }]
      default:
        return []
    }
  })
}

function knownArgument(port: PortKind): Port[] {
  if (port === 'otlp') return otlpKinds.map((kind) => ({ ...barePort('out', port, kind), argument: ['output', kind] }))
  if (isPushed(port)) return [{ ...barePort('out', port), argument: ['forward_to'] }]
  if (port === 'targets') return [{ ...barePort('in', port), argument: ['targets'] }]
  return port === 'rules' ? [{ ...barePort('in', port), argument: ['relabel_rules'] }] : []
}

function knownExport(port: PortKind): Port[] {
  if (isPushed(port)) return [{ ...barePort('in', port), export: port === 'otlp' ? 'input' : 'receiver' }]
  return port === 'targets' || port === 'rules' ? [{ ...barePort('out', port), export: port }] : []
}

/** Whether what leaves by one port can enter by the other. */
export function portsFit(out: Pick<Port, 'port'>, into: Pick<Port, 'port'>): boolean {
  return out.port === into.port
}

/** What a component with these ports is drawn as; rules are no data. */
export function kindOfPorts(outputs: readonly Port[], inputs: readonly Port[]): SignalKind {
  const kinds = (ports: readonly Port[]): SignalKind[] =>
    ports.filter(({ port }) => port !== 'rules').map(({ kind }) => kind)
  return mainKind(kinds(outputs), kinds(inputs))
}
