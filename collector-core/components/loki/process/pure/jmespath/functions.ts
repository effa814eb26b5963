import { isArray, isEqual, isObject, kindOf } from './json-value.ts'
import type { Json, JsonObject } from './json-value.ts'
import { JmespathError } from './token.ts'

/** What an argument is: a value, or an `&expression` applied to other values. */
export type Argument = Json | ((value: Json) => Json)

type Kind =
  'any' | 'string' | 'number' | 'array' | 'object' | 'expression' | 'numbers' | 'strings' | 'sortable' | 'measurable'

interface JmespathFunction {
  /** One kind per argument; the last one repeats when `variadic`. */
  readonly takes: readonly Kind[]
  readonly variadic?: true
  call(args: readonly Argument[]): Json
}

const values = (args: readonly Argument[]): readonly Json[] => args as readonly Json[]
const array = (arg: Argument): readonly Json[] => arg as readonly Json[]
const strings = (arg: Argument): readonly string[] => arg as readonly string[]
const numbers = (arg: Argument): readonly number[] => arg as readonly number[]
const object = (arg: Argument): JsonObject => arg as JsonObject
const expression = (arg: Argument): ((value: Json) => Json) => arg as (value: Json) => Json

const compare = (a: Json, b: Json): number => (a === b ? 0 : (a as string) < (b as string) ? -1 : 1)

function keysOf(items: readonly Json[], by: (value: Json) => Json): readonly Json[] {
  const keys = items.map(by)
  if (keys.length > 0 && !fits('sortable', keys))
    throw new JmespathError('sorting needs keys that are all numbers or all strings')
  return keys
}

function extreme(items: readonly Json[], keys: readonly Json[], sign: 1 | -1): Json {
  let best = 0
  for (let i = 1; i < items.length; i++) if (compare(keys[i], keys[best]) * sign > 0) best = i
  return items.length === 0 ? null : items[best]
}

function sorted(items: readonly Json[], keys: readonly Json[]): Json {
  const order = items.map((_, i) => i)
  order.sort((a, b) => compare(keys[a], keys[b]) || a - b)
  return order.map((i) => items[i])
}

function toNumber(value: Argument): Json {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value.trim() === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

/** The functions of the JMESPath specification. */
export const functions: Readonly<Record<string, JmespathFunction>> = {
  abs: { takes: ['number'], call: ([x]) => Math.abs(x as number) },
  avg: { takes: ['numbers'], call: ([x]) => (array(x).length === 0 ? null : sum(numbers(x)) / array(x).length) },
  ceil: { takes: ['number'], call: ([x]) => Math.ceil(x as number) },
  contains: {
    takes: ['measurable', 'any'],
    call: ([whole, part]) =>
      typeof whole === 'string'
        ? typeof part === 'string' && whole.includes(part)
        : isArray(whole as Json) && array(whole).some((item) => isEqual(item, part as Json)),
  },
  ends_with: { takes: ['string', 'string'], call: ([text, end]) => (text as string).endsWith(end as string) },
  floor: { takes: ['number'], call: ([x]) => Math.floor(x as number) },
  join: { takes: ['string', 'strings'], call: ([glue, items]) => strings(items).join(glue as string) },
  keys: { takes: ['object'], call: ([x]) => Object.keys(object(x)) },
  length: {
    takes: ['measurable'],
    call: ([x]) =>
      typeof x === 'string'
        ? Array.from(x).length
        : isArray(x as Json)
          ? array(x).length
          : Object.keys(object(x)).length,
  },
  map: { takes: ['expression', 'array'], call: ([by, items]) => array(items).map(expression(by)) },
  max: { takes: ['sortable'], call: ([x]) => extreme(array(x), array(x), 1) },
  max_by: { takes: ['array', 'expression'], call: ([x, by]) => extreme(array(x), keysOf(array(x), expression(by)), 1) },
  merge: { takes: ['object'], variadic: true, call: (args) => Object.assign({}, ...values(args)) as JsonObject },
  min: { takes: ['sortable'], call: ([x]) => extreme(array(x), array(x), -1) },
  min_by: {
    takes: ['array', 'expression'],
    call: ([x, by]) => extreme(array(x), keysOf(array(x), expression(by)), -1),
  },
  not_null: { takes: ['any'], variadic: true, call: (args) => values(args).find((value) => value !== null) ?? null },
  reverse: {
    takes: ['measurable'],
    call: ([x]) => (typeof x === 'string' ? Array.from(x).reverse().join('') : [...array(x)].reverse()),
  },
  sort: { takes: ['sortable'], call: ([x]) => sorted(array(x), array(x)) },
  sort_by: { takes: ['array', 'expression'], call: ([x, by]) => sorted(array(x), keysOf(array(x), expression(by))) },
  starts_with: { takes: ['string', 'string'], call: ([text, start]) => (text as string).startsWith(start as string) },
  sum: { takes: ['numbers'], call: ([x]) => sum(numbers(x)) },
  to_array: { takes: ['any'], call: ([x]) => (isArray(x as Json) ? (x as Json) : [x as Json]) },
  to_number: { takes: ['any'], call: ([x]) => toNumber(x) },
  to_string: { takes: ['any'], call: ([x]) => (typeof x === 'string' ? x : JSON.stringify(x)) },
  type: { takes: ['any'], call: ([x]) => kindOf(x as Json) },
  values: { takes: ['object'], call: ([x]) => Object.values(object(x)) },
}

function sum(items: readonly number[]): number {
  return items.reduce((total, item) => total + item, 0)
}

function fits(kind: Kind, value: Argument): boolean {
  if (typeof value === 'function') return kind === 'expression'
  switch (kind) {
    case 'any':
      return true
    case 'expression':
      return false
    case 'string':
    case 'number':
      return typeof value === kind
    case 'array':
      return isArray(value)
    case 'object':
      return isObject(value)
    case 'numbers':
    case 'strings':
      return isArray(value) && value.every((item) => `${typeof item}s` === kind)
    case 'sortable':
      return fits('numbers', value) || fits('strings', value)
    case 'measurable':
      return typeof value === 'string' || isArray(value) || isObject(value)
  }
}

/** Calls a function after checking its arguments; throws a `JmespathError` when they do not fit. */
export function callFunction(name: string, args: readonly Argument[]): Json {
  const { takes, call } = functions[name]
  args.forEach((arg, i) => {
    const kind = takes[Math.min(i, takes.length - 1)]
    if (!fits(kind, arg)) throw new JmespathError(`${name}() does not take this value as argument ${i + 1}`)
  })
  return call(args)
}

/** What is wrong with a call as written, if anything. */
export function callProblem(name: string, count: number): string | undefined {
  if (!Object.hasOwn(functions, name)) return `there is no JMESPath function ${name}()`
  const { takes, variadic } = functions[name]
  const enough = variadic ? count >= takes.length : count === takes.length
  return enough ? undefined : `${name}() takes ${variadic ? 'at least ' : ''}${takes.length} argument(s), not ${count}`
}
