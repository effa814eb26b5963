/** A floating-point number; plain numbers are whole. */
export class Float {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}

/** A map as templates see it. */
export interface TemplateMap {
  get(key: string): TemplateValue | undefined
  keys(): Iterable<string>
}

/** Everything a template can hold; `null` is nil, `undefined` is what a missing key gives. */
export type TemplateValue =
  string | number | Float | boolean | null | undefined | readonly TemplateValue[] | TemplateMap

/** A template that cannot go on: a value of the wrong type, or a bound that was reached. */
export class TemplateError extends Error {}

export function isList(value: TemplateValue): value is readonly TemplateValue[] {
  return Array.isArray(value)
}

export function isMap(value: TemplateValue): value is TemplateMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Float)
}

/** Go's name of the value's type. */
export function typeName(value: TemplateValue): string {
  if (value === undefined || value === null) return '<nil>'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return 'int'
  if (value instanceof Float) return 'float64'
  return isList(value) ? '[]interface {}' : 'map[string]interface {}'
}

/** What `if` and `and` go by: false for nil, false, zero and everything empty. */
export function isTrue(value: TemplateValue): boolean {
  if (value instanceof Float) return value.value !== 0
  if (isList(value)) return value.length > 0
  if (isMap(value)) return !(value.keys()[Symbol.iterator]().next().done ?? false)
  return Boolean(value)
}

/** A value as `{{ . }}` prints it. */
export function printed(value: TemplateValue): string {
  if (value === undefined) return '<no value>'
  return formatted(value)
}

/** A value as Go's `%v` prints it. */
export function formatted(value: TemplateValue): string {
  if (value === undefined || value === null) return '<nil>'
  if (value instanceof Float) return formatFloat(value.value)
  if (isList(value)) return `[${value.map(formatted).join(' ')}]`
  if (isMap(value)) {
    const pairs = [...value.keys()].sort().map((key) => `${key}:${formatted(value.get(key))}`)
    return `map[${pairs.join(' ')}]`
  }
  return String(value)
}

/** Shortest form; an exponent below 1e-4 and from 1e21 on, as Go's `%v` has it. */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  const magnitude = Math.abs(value)
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e21)) return twoDigitExponent(value.toExponential())
  return Object.is(value, -0) ? '-0' : String(value)
}

/** JavaScript writes `1e+5`, Go `1e+05`. */
export function twoDigitExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2')
}
