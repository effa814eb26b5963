import { formatByteSize } from '../../collector-core/language/byte-size.ts'
import { formatDuration } from '../../collector-core/language/duration.ts'
import { fromPlain } from '../../collector-core/language/plain-value.ts'
import { printValue, quote } from '../../collector-core/language/print-value.ts'
import { Secret } from '../../collector-core/language/secret.ts'
import type { Field } from '../../collector-core/schema/field.ts'

/** The default of an argument as it would be written; undefined when it has none, or an empty one. */
export function defaultText({ shape, default: value }: Field): string | undefined {
  if (value === undefined || value === null || value === '' || value instanceof Secret) return undefined
  if (Array.isArray(value) || value instanceof Map) {
    const empty = Array.isArray(value) ? value.length === 0 : value.size === 0
    return empty ? undefined : printValue(fromPlain(value))
  }
  if (shape.kind === 'duration') return quote(formatDuration(value as number))
  if (shape.kind === 'bytes') return quote(formatByteSize(value as number))
  return printValue(fromPlain(value))
}
