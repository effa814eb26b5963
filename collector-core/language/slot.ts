// What a place in a config wants. The kinds carry the same names as the argument shapes of components, so a scalar,
// list or map shape can be used as a slot as it is.

/** The type of a place a value is put into. */
export type Slot =
  | { readonly kind: ScalarKind }
  | { readonly kind: 'integer' | 'float'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'list' | 'map'; readonly of: Slot }
  | { readonly kind: 'capsule'; readonly name: string }

/**
 * The slots without parameters. `value`, `array` and `object` hand values of the language over undecoded; `target` is
 * the label set of a discovery target.
 */
export type ScalarKind =
  | 'string'
  | 'bool'
  | 'secret'
  | 'optional_secret'
  | 'duration'
  | 'bytes'
  | 'regex'
  | 'any'
  | 'value'
  | 'array'
  | 'object'
  | 'target'

/** A slot as users read it, in Alloy's words. */
export function slotName(slot: Slot): string {
  switch (slot.kind) {
    case 'integer':
    case 'float':
      return 'number'
    case 'choice':
      return slot.values.map((value) => `"${value}"`).join(' | ')
    case 'list':
    case 'map':
      return `${slot.kind}(${slotName(slot.of)})`
    case 'array':
      return 'list(any)'
    case 'target':
      return 'map(string)'
    case 'capsule':
      return slot.name
    case 'bytes':
      return 'size'
    case 'optional_secret':
      return 'string or secret'
    case 'value':
      return 'any'
    default:
      return slot.kind
  }
}

/** The type of value a slot takes, as it is called in "should be …, got …". */
export function wantedType(slot: Slot): string {
  switch (slot.kind) {
    case 'integer':
    case 'float':
      return 'number'
    case 'list':
    case 'array':
      return 'array'
    case 'map':
    case 'object':
    case 'target':
      return 'object'
    case 'secret':
    case 'optional_secret':
      return 'string or secret'
    case 'choice':
    case 'duration':
    case 'bytes':
    case 'regex':
      return 'string'
    default:
      return slotName(slot)
  }
}
