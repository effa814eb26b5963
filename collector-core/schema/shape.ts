import type { OtlpKind } from '../signal/otlp-batch.ts'
import type { Signal } from '../signal/receiver.ts'
import type { Fields } from './field.ts'

/** What a value may be, independent of where it is used; pure data that the editor, the checker and the engine all read. */
export type Shape =
  | { readonly kind: 'string' | 'bool' | 'secret' | 'optional_secret' | 'duration' | 'bytes' | 'regex' | 'any' }
  | { readonly kind: 'integer' | 'float'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'list' | 'map'; readonly of: Shape }
  | { readonly kind: 'targets' | 'rules' }
  | { readonly kind: 'capsule'; readonly name: string }
  | { readonly kind: 'receivers'; readonly signal: Signal; readonly carries?: OtlpKind }
  | { readonly kind: 'receiver'; readonly signal: Signal }
  | { readonly kind: 'block'; readonly fields: Fields; readonly presence: BlockPresence }
  | { readonly kind: 'blocks'; readonly fields: Fields; readonly min: number }
  | { readonly kind: 'variants'; readonly prefix: string; readonly of: () => Readonly<Record<string, Fields>> }

/**
 * What an absent block means: `required` is an error, `optional` leaves the argument undefined, `defaulted` acts as if
 * the block were written empty.
 */
export type BlockPresence = 'required' | 'optional' | 'defaulted'

/** The name of the kind as shown to users, in Alloy's words. */
export function shapeName(shape: Shape): string {
  switch (shape.kind) {
    case 'integer':
    case 'float':
      return 'number'
    case 'choice':
      return shape.values.map((value) => `"${value}"`).join(' | ')
    case 'list':
      return `list(${shapeName(shape.of)})`
    case 'map':
      return `map(${shapeName(shape.of)})`
    case 'targets':
      return 'list(map(string))'
    case 'rules':
      return 'RelabelRules'
    case 'capsule':
      return shape.name
    case 'receivers':
      return `list(${receiverName(shape.signal)})`
    case 'receiver':
      return receiverName(shape.signal)
    case 'bytes':
      return 'size'
    case 'optional_secret':
      return 'string or secret'
    case 'blocks':
    case 'variants':
      return 'blocks'
    default:
      return shape.kind
  }
}

/** True for a secret, and for a list or map of them. */
export function holdsSecret(shape: Shape): boolean {
  if (shape.kind === 'list' || shape.kind === 'map') return holdsSecret(shape.of)
  return shape.kind === 'secret' || shape.kind === 'optional_secret'
}

/** Alloy's name for the receiver capsule of a signal. */
export function receiverName(signal: Signal): 'MetricsReceiver' | 'LogsReceiver' | 'otelcol.Consumer' {
  switch (signal) {
    case 'metrics':
      return 'MetricsReceiver'
    case 'logs':
      return 'LogsReceiver'
    case 'otlp':
      return 'otelcol.Consumer'
  }
}
