import { decimalText } from '../../../../../language/number.ts'

/** A value in the extracted map, typed as its source had it. */
export type Value = string | number | boolean | null

/** The text of a value: numbers without exponent, `true`/`false`; undefined for null. */
export function textOf(value: Value | undefined): string | undefined {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
      return decimalText(value)
    case 'boolean':
      return value ? 'true' : 'false'
    default:
      return undefined
  }
}
