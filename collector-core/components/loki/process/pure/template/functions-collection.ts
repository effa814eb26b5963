import { formatted, Float, isList, isMap, isTrue, TemplateError } from './template-value.ts'
import type { TemplateMap, TemplateValue } from './template-value.ts'
import type { FunctionTable } from './template-function.ts'

const longestList = 10_000
type List = readonly TemplateValue[]

const listOf = (value: TemplateValue): List => value as List
const mapOf = (value: TemplateValue): TemplateMap => value as TemplateMap
const sameAs = (a: TemplateValue) => (b: TemplateValue) => formatted(a) === formatted(b) && typeof a === typeof b

function numbered(pieces: readonly string[]): TemplateMap {
  return new Map(pieces.map((piece, i) => [`_${i}`, piece]))
}

function splitAt(separator: string, count: number, text: string): string[] {
  const pieces = text.split(separator)
  return count <= 0 || pieces.length <= count
    ? pieces
    : [...pieces.slice(0, count - 1), pieces.slice(count - 1).join(separator)]
}

function dict(args: List): TemplateMap {
  const map = new Map<string, TemplateValue>()
  for (let i = 0; i < args.length; i += 2) map.set(formatted(args[i]), i + 1 < args.length ? args[i + 1] : '')
  return map
}

function picked(map: TemplateMap, keep: (key: string) => boolean): TemplateMap {
  return new Map([...map.keys()].filter(keep).map((key) => [key, map.get(key)]))
}

function steps(start: number, stop: number, step: number): number[] {
  const out: number[] = []
  if (step === 0) return out
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) {
    if (out.length === longestList) throw new TemplateError(`a list would have more than ${longestList} elements`)
    out.push(i)
  }
  return out
}

function plain(value: TemplateValue): unknown {
  if (value instanceof Float) return value.value
  if (isList(value)) return value.map(plain)
  if (isMap(value)) return Object.fromEntries([...value.keys()].sort().map((key) => [key, plain(value.get(key))]))
  return value ?? null
}

function fromPlain(value: unknown): TemplateValue {
  if (typeof value === 'number') return new Float(value)
  if (Array.isArray(value)) return value.map(fromPlain)
  if (typeof value === 'object' && value !== null)
    return new Map(Object.entries(value).map(([key, item]) => [key, fromPlain(item)]))
  return value as string | boolean | null
}

function parseJson(text: string): TemplateValue {
  try {
    return fromPlain(JSON.parse(text))
  } catch {
    return null
  }
}

const toJson = (value: TemplateValue): string => JSON.stringify(plain(value))
const escapeHtml = (text: string): string =>
  text.replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** sprig's functions for lists, maps, defaults and JSON. */
export const collectionFunctions: FunctionTable = {
  list: { takes: [], rest: 'any', call: (args) => args },
  first: { takes: ['list'], call: ([list]) => listOf(list).at(0) ?? null },
  last: { takes: ['list'], call: ([list]) => listOf(list).at(-1) ?? null },
  rest: { takes: ['list'], call: ([list]) => listOf(list).slice(1) },
  initial: { takes: ['list'], call: ([list]) => listOf(list).slice(0, -1) },
  append: { takes: ['list', 'any'], call: ([list, item]) => [...listOf(list), item] },
  prepend: { takes: ['list', 'any'], call: ([list, item]) => [item, ...listOf(list)] },
  concat: { takes: [], rest: 'list', call: (lists) => lists.flatMap(listOf) },
  reverse: { takes: ['list'], call: ([list]) => [...listOf(list)].reverse() },
  uniq: { takes: ['list'], call: ([list]) => listOf(list).filter((item, i, all) => all.findIndex(sameAs(item)) === i) },
  without: {
    takes: ['list'],
    rest: 'any',
    call: ([list, ...gone]) => listOf(list).filter((item) => !gone.some(sameAs(item))),
  },
  compact: { takes: ['list'], call: ([list]) => listOf(list).filter(isTrue) },
  has: { takes: ['any', 'list'], call: ([item, list]) => listOf(list).some(sameAs(item)) },
  sortAlpha: { takes: ['list'], call: ([list]) => listOf(list).map(formatted).sort() },
  join: {
    takes: ['string', 'any'],
    call: ([separator, list]) => (isList(list) ? list.map(formatted).join(separator as string) : formatted(list)),
  },
  splitList: { takes: ['string', 'string'], call: ([separator, text]) => (text as string).split(separator as string) },
  split: {
    takes: ['string', 'string'],
    call: ([separator, text]) => numbered((text as string).split(separator as string)),
  },
  splitn: {
    takes: ['string', 'int', 'string'],
    call: ([separator, count, text]) => numbered(splitAt(separator as string, count as number, text as string)),
  },
  until: { takes: ['int'], call: ([count]) => steps(0, count as number, (count as number) < 0 ? -1 : 1) },
  untilStep: {
    takes: ['int', 'int', 'int'],
    call: ([start, stop, step]) => steps(start as number, stop as number, step as number),
  },
  dict: { takes: [], rest: 'any', call: dict },
  get: { takes: ['map', 'string'], call: ([map, key]) => mapOf(map).get(key as string) ?? '' },
  hasKey: { takes: ['map', 'string'], call: ([map, key]) => mapOf(map).get(key as string) !== undefined },
  keys: { takes: ['map'], rest: 'map', call: (maps) => maps.flatMap((map) => [...mapOf(map).keys()]) },
  values: { takes: ['map'], call: ([map]) => [...mapOf(map).keys()].sort().map((key) => mapOf(map).get(key)) },
  pick: { takes: ['map'], rest: 'string', call: ([map, ...names]) => picked(mapOf(map), (key) => names.includes(key)) },
  omit: {
    takes: ['map'],
    rest: 'string',
    call: ([map, ...names]) => picked(mapOf(map), (key) => !names.includes(key)),
  },
  default: { takes: ['any'], rest: 'any', call: ([fallback, given]) => (isTrue(given) ? given : fallback) },
  empty: { takes: ['any'], call: ([value]) => !isTrue(value) },
  coalesce: { takes: [], rest: 'any', call: (args) => args.find(isTrue) ?? null },
  ternary: { takes: ['any', 'any', 'bool'], call: ([yes, no, condition]) => (condition === true ? yes : no) },
  fail: {
    takes: ['string'],
    call([message]) {
      throw new TemplateError(message as string)
    },
  },
  toJson: { takes: ['any'], call: ([value]) => escapeHtml(toJson(value)) },
  toRawJson: { takes: ['any'], call: ([value]) => toJson(value) },
  fromJson: { takes: ['string'], call: ([text]) => parseJson(text as string) },
}
