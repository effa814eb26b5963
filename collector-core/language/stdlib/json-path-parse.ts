// JSONPath text to a path, in the dialect Alloy's users know: RFC 9535 with a leading name allowed, `=~`, `in`, `has` and
// arithmetic in filters.

import { RE2JS } from 're2js'
import { floatValue, intValue } from '../number.ts'
import { boolValue, nullValue, stringValue } from '../value.ts'
import type { Value } from '../value.ts'

/** A path: where it begins and the steps from there. */
export interface JsonPath {
  readonly root: '$' | '@'
  readonly segments: readonly Segment[]
}

/** One step: selectors applied to the nodes so far, or to all their descendants as well. */
export interface Segment {
  readonly descend: boolean
  readonly selectors: readonly Selector[]
}

/** What a step picks. */
export type Selector =
  | { readonly kind: 'all' | 'self' }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'slice'; readonly start?: number; readonly end?: number; readonly step: number }
  | { readonly kind: 'filter'; readonly filter: Filter }

/** A filter expression. */
export type Filter =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'list'; readonly items: readonly Filter[] }
  | { readonly kind: 'regex'; readonly regex: RE2JS }
  | { readonly kind: 'path'; readonly path: JsonPath }
  | { readonly kind: 'not'; readonly operand: Filter }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Filter[] }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Filter; readonly right: Filter }

class PathSyntax extends Error {}

const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<=', '>=', '=~', '~=', '<', '>', 'in', 'has', 'exists', 'empty'],
  ['+', '-'],
  ['*', '/'],
]
const functions: Readonly<Record<string, number>> = { length: 1, count: 1, match: 2, search: 2 }
const deepest = 100

/** Parses a path, or says in a sentence what is wrong with it and where. */
export function parseJsonPath(text: string): { readonly path: JsonPath } | { readonly problem: string } {
  try {
    return { path: new PathParser(text).whole() }
  } catch (error) {
    if (!(error instanceof PathSyntax)) throw error
    return { problem: error.message }
  }
}

class PathParser {
  private readonly text: string
  private at = 0
  private depth = 0

  constructor(text: string) {
    this.text = text
  }

  /** path = [ "$" | "@" ] { segment } | name { segment } ; an empty text matches nothing. */
  whole(): JsonPath {
    if (this.text === '') return { root: '$', segments: [{ descend: false, selectors: [] }] }
    const path = this.path()
    if (this.at < this.text.length) this.fail(`unexpected ${JSON.stringify(this.text[this.at])}`)
    return path
  }

  private fail(reason: string): never {
    throw new PathSyntax(`is not a JSONPath: ${reason} at character ${this.at + 1}`)
  }

  private path(): JsonPath {
    const root = this.take(/[$@]/y) === '@' ? '@' : '$'
    const segments: Segment[] = []
    const name = this.at === 0 ? this.take(/[\w\u0080-\uffff]+/y) : undefined
    if (name !== undefined) segments.push({ descend: false, selectors: [{ kind: 'name', name }] })
    for (;;) {
      const segment = this.segment()
      if (segment === undefined) return { root, segments }
      segments.push(segment)
    }
  }

  /** segment = "." ( name | "*" ) | ".." [ name | "*" | brackets ] | brackets */
  private segment(): Segment | undefined {
    const dots = this.take(/\.\.?/y)
    if (dots === undefined)
      return this.text[this.at] === '[' ? { descend: false, selectors: this.brackets() } : undefined
    const descend = dots === '..'
    if (descend && this.text[this.at] === '[') return { descend, selectors: this.brackets() }
    if (this.take(/\*/y) !== undefined) return { descend, selectors: [{ kind: 'all' }] }
    const name = this.take(/[\w\u0080-\uffff]+/y)
    if (name !== undefined) return { descend, selectors: [{ kind: 'name', name }] }
    return descend ? { descend, selectors: [{ kind: 'self' }] } : this.fail('a name or * is missing')
  }

  /** brackets = "[" ( "*" | "?" filter | slice | key { "," key } ) "]" ; key = string | integer */
  private brackets(): Selector[] {
    this.at++
    this.space()
    const selectors = [this.selector()]
    this.space()
    while (selectors[0].kind === 'name' || selectors[0].kind === 'index') {
      if (this.take(/,\s*/y) === undefined) break
      const next = this.selector()
      if (next.kind !== 'name' && next.kind !== 'index') this.fail('a list may hold only names and numbers')
      selectors.push(next)
      this.space()
    }
    if (this.take(/\]/y) === undefined) this.fail('] is missing')
    return selectors
  }

  private selector(): Selector {
    if (this.take(/\*/y) !== undefined) return { kind: 'all' }
    if (this.take(/\?/y) !== undefined) return { kind: 'filter', filter: this.filter(0) }
    const name = this.string()
    if (name !== undefined) return { kind: 'name', name }
    const start = this.integer()
    this.space()
    if (this.take(/:\s*/y) === undefined) {
      return start === undefined ? this.fail('a name, a number, *, or ? is missing') : { kind: 'index', index: start }
    }
    const end = this.integer()
    this.space()
    const step = this.take(/:\s*/y) === undefined ? 1 : (this.integer() ?? 1)
    return { kind: 'slice', start, end, step }
  }

  /** filter = operand { operator operand }, the operators by the levels above. */
  private filter(level: number): Filter {
    if (level === levels.length) return this.operand()
    let left = this.filter(level + 1)
    for (;;) {
      this.space()
      const operator = levels[level].find((candidate) => this.text.startsWith(candidate, this.at))
      if (operator === undefined || (/\w/.test(operator) && /\w/.test(this.text[this.at + operator.length] ?? '')))
        return left
      this.at += operator.length
      left = { kind: 'binary', operator: operator === '~=' ? '=~' : operator, left, right: this.filter(level + 1) }
    }
  }

  /** operand = "!" operand | "(" filter ")" | "[" list "]" | path | string | number | regex | word | call */
  private operand(): Filter {
    if (++this.depth > deepest) this.fail(`more than ${deepest} levels of nesting`)
    this.space()
    const operand = this.readOperand()
    this.depth--
    return operand
  }

  private readOperand(): Filter {
    if (this.take(/!/y) !== undefined) return { kind: 'not', operand: this.operand() }
    if (this.take(/\(/y) !== undefined) {
      const inner = this.filter(0)
      this.space()
      return this.take(/\)/y) === undefined ? this.fail(') is missing') : inner
    }
    if (this.take(/\[/y) !== undefined) return { kind: 'list', items: this.items(/\]/y, ']') }
    if (/[$@]/.test(this.text[this.at] ?? '')) return { kind: 'path', path: this.path() }
    const string = this.string()
    if (string !== undefined) return { kind: 'value', value: stringValue(string) }
    const number = this.take(/-?\d+(\.\d+)?([eE][-+]?\d+)?/y)
    if (number !== undefined) {
      const value = Number(number)
      return { kind: 'value', value: Number.isSafeInteger(value) ? intValue(value) : floatValue(value) }
    }
    const regex = this.take(/\/(?:[^/\\]|\\.)*\//y)
    if (regex !== undefined) return { kind: 'regex', regex: this.compile(regex.slice(1, -1).replaceAll('\\/', '/')) }
    return this.word()
  }

  private word(): Filter {
    const word = this.take(/\w+/y) ?? this.fail('a value is missing')
    if (word === 'null') return { kind: 'value', value: nullValue }
    if (word === 'true' || word === 'false') return { kind: 'value', value: boolValue(word === 'true') }
    if (!Object.hasOwn(functions, word)) this.fail(`unknown word "${word}"`)
    if (this.take(/\(/y) === undefined) this.fail('( is missing')
    const args = this.items(/\)/y, ')')
    if (args.length !== functions[word]) this.fail(`${word} takes ${functions[word]} arguments`)
    return { kind: 'call', name: word, args }
  }

  private items(close: RegExp, name: string): Filter[] {
    const items: Filter[] = []
    for (;;) {
      this.space()
      if (this.take(close) !== undefined) return items
      if (items.length > 0 && this.take(/,/y) === undefined) this.fail(`, or ${name} is missing`)
      items.push(this.filter(0))
    }
  }

  private compile(pattern: string): RE2JS {
    try {
      return RE2JS.compile(pattern)
    } catch (error) {
      return this.fail(`the regular expression is broken (${error instanceof Error ? error.message : String(error)})`)
    }
  }

  private string(): string | undefined {
    const raw = this.take(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/sy)
    const names: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }
    return raw?.slice(1, -1).replaceAll(/\\(?:u([\da-fA-F]{4})|(.))/gs, (_, code?: string, letter = '') => {
      return code === undefined
        ? (names[letter as string] ?? (letter as string))
        : String.fromCharCode(Number.parseInt(code, 16))
    })
  }

  private integer(): number | undefined {
    const digits = this.take(/-?\d+/y)
    return digits === undefined ? undefined : Number(digits)
  }

  private space(): void {
    this.take(/\s+/y)
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text)
    if (match === null) return undefined
    this.at += match[0].length
    return match[0]
  }
}
