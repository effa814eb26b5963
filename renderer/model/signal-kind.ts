import type { PortKind } from '../../collector-core/known-components.ts'
import type { OtlpKind } from '../../collector-core/signal/otlp-batch.ts'

/** What a port or edge is drawn as: one hue and one shape each. */
export type SignalKind = 'targets' | 'metrics' | 'logs' | 'traces' | 'profiles' | 'rules' | 'other'

/** The kind a port is drawn as; OTLP by the kind of data it carries. */
export function signalKind(port: PortKind, carries?: OtlpKind): SignalKind {
  switch (port) {
    case 'otlp':
      return carries ?? 'other'
    case 'auth':
    case 'storage':
    case 'value':
      return 'other'
    default:
      return port
  }
}

/** What the items of an edge are called, in the plural; undefined where nothing flows. */
export function itemName(port: PortKind, carries?: OtlpKind): string | undefined {
  switch (port) {
    case 'metrics':
      return 'samples'
    case 'logs':
      return 'lines'
    case 'profiles':
      return 'profiles'
    case 'otlp':
      return carries === undefined ? 'items' : { traces: 'spans', metrics: 'points', logs: 'records' }[carries]
    default:
      return undefined
  }
}

/** What a component is drawn as: the one kind of data it gives, or takes where it gives none; `other` when they are several. */
export function mainKind(gives: readonly SignalKind[], takes: readonly SignalKind[]): SignalKind {
  const kinds = new Set([gives, takes].find((list) => list.length > 0))
  return kinds.size === 1 ? [...kinds][0] : 'other'
}
