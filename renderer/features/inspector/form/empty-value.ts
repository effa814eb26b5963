import { quote } from '../../../../collector-core/language/print-value.ts'
import type { Shape } from '../../../../collector-core/schema/shape.ts'

/** What a new item of a list or object is until someone fills it in. */
export function emptyValue(shape: Shape): string {
  switch (shape.kind) {
    case 'integer':
    case 'float':
      return String(shape.min ?? 0)
    case 'bool':
      return 'false'
    case 'choice':
      return quote(shape.values[0])
    case 'list':
    case 'targets':
    case 'receivers':
      return '[]'
    case 'map':
      return '{ }'
    default:
      return '""'
  }
}
