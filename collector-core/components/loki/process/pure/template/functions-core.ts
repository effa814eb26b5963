// The functions text/template itself brings.
import { sprintf } from './printf.ts'
import type { FunctionTable } from './template-function.ts'
import { Float, formatted, isList, isMap, isTrue, TemplateError, typeName } from './template-value.ts'
import type { TemplateValue } from './template-value.ts'

type Order = (sign: number) => boolean

const isNothing = (value: TemplateValue): boolean => value === undefined || value === null

function equal(a: TemplateValue, b: TemplateValue): boolean {
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b)
  if (a instanceof Float && b instanceof Float) return a.value === b.value
  if (isList(a) || isMap(a) || isList(b) || isMap(b) || typeName(a) !== typeName(b)) {
    throw new TemplateError(`${typeName(a)} and ${typeName(b)} cannot be compared`)
  }
  return a === b
}

function compare(a: TemplateValue, b: TemplateValue, holds: Order): boolean {
  const [x, y] = a instanceof Float && b instanceof Float ? [a.value, b.value] : [a, b]
  if (typeof x === 'number' && typeof y === 'number') return holds(x - y)
  if (typeof x === 'string' && typeof y === 'string') return holds(x < y ? -1 : x > y ? 1 : 0)
  throw new TemplateError(`${typeName(a)} and ${typeName(b)} have no order`)
}

const ordering = (holds: Order) => ({
  takes: ['any', 'any'] as const,
  call: ([a, b]: readonly TemplateValue[]) => compare(a, b, holds),
})

function element(value: TemplateValue, key: TemplateValue): TemplateValue {
  if (isMap(value)) {
    if (typeof key !== 'string') throw new TemplateError('a map is indexed by a string')
    return value.get(key)
  }
  if (typeof key !== 'number' || isNothing(value))
    throw new TemplateError(`${typeName(value)} cannot be indexed like this`)
  const items: ArrayLike<TemplateValue> | undefined =
    typeof value === 'string' ? new TextEncoder().encode(value) : isList(value) ? value : undefined
  if (items === undefined || key < 0 || key >= items.length) throw new TemplateError(`index ${key} is out of range`)
  return items[key]
}

function sliced(value: TemplateValue, bounds: readonly TemplateValue[]): TemplateValue {
  const whole = typeof value === 'string' ? new TextEncoder().encode(value) : isList(value) ? value : undefined
  if (whole === undefined) throw new TemplateError(`${typeName(value)} cannot be sliced`)
  const [from = 0, to = whole.length] = bounds as readonly number[]
  if (from < 0 || to < from || to > whole.length) throw new TemplateError(`slice bounds ${from}:${to} are out of range`)
  return whole instanceof Uint8Array ? new TextDecoder().decode(whole.subarray(from, to)) : whole.slice(from, to)
}

/** Spaces go between operands when neither is a string. */
function print(args: readonly TemplateValue[]): string {
  let out = ''
  args.forEach((arg, i) => {
    if (i > 0 && typeof arg !== 'string' && typeof args[i - 1] !== 'string') out += ' '
    out += formatted(arg)
  })
  return out
}

const htmlEscapes: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  "'": '&#39;',
  '"': '&#34;',
}

export const coreFunctions: FunctionTable = {
  // `and` and `or` stop at the first operand that decides; the executor runs them.
  and: { takes: ['any'], rest: 'any', call: (args) => args.find((arg) => !isTrue(arg)) ?? args.at(-1) },
  or: { takes: ['any'], rest: 'any', call: (args) => args.find(isTrue) ?? args.at(-1) },
  not: { takes: ['any'], call: ([value]) => !isTrue(value) },
  eq: { takes: ['any', 'any'], rest: 'any', call: ([first, ...others]) => others.some((other) => equal(first, other)) },
  ne: { takes: ['any', 'any'], call: ([a, b]) => !equal(a, b) },
  lt: ordering((sign) => sign < 0),
  le: ordering((sign) => sign <= 0),
  gt: ordering((sign) => sign > 0),
  ge: ordering((sign) => sign >= 0),
  len: {
    takes: ['any'],
    call([value]) {
      if (typeof value === 'string') return new TextEncoder().encode(value).length
      if (isList(value)) return value.length
      if (isMap(value)) return [...value.keys()].length
      throw new TemplateError(`a value of type ${typeName(value)} has no length`)
    },
  },
  index: { takes: ['any'], rest: 'any', call: ([value, ...keys]) => keys.reduce(element, value) },
  slice: { takes: ['any', 'int', 'int'], optional: 2, call: ([value, ...bounds]) => sliced(value, bounds) },
  print: { takes: [], rest: 'any', call: print },
  println: { takes: [], rest: 'any', call: (args) => `${args.map(formatted).join(' ')}\n` },
  printf: { takes: ['string'], rest: 'any', call: ([format, ...args]) => sprintf(format as string, args) },
  html: { takes: [], rest: 'any', call: (args) => print(args).replace(/[<>&'"]/g, (char) => htmlEscapes[char]) },
  urlquery: {
    takes: [],
    rest: 'any',
    call: (args) =>
      encodeURIComponent(print(args))
        .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
        .replaceAll('%20', '+'),
  },
}
