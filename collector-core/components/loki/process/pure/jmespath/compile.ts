// JMESPath expressions, parsed by precedence climbing into functions over JSON values.
import { callFunction, callProblem } from './functions.ts'
import type { Argument } from './functions.ts'
import { isArray, isEqual, isObject, isTruthy, member } from './json-value.ts'
import type { Json } from './json-value.ts'
import { JmespathError, tokenize } from './token.ts'
import type { Token } from './token.ts'

/** Evaluates an expression; throws a `JmespathError` when a function gets a value it does not take. */
export type JmespathQuery = (value: Json) => Json

export type JmespathResult =
  { readonly query: JmespathQuery; readonly error?: undefined } | { readonly query?: undefined; readonly error: string }

/** Compiles an expression of the JMESPath specification; what is wrong with it comes back as a sentence. */
export function compileJmespath(text: string): JmespathResult {
  try {
    return { query: new Parser(tokenize(text)).parse() }
  } catch (error) {
    if (error instanceof JmespathError) return { error: error.message }
    throw error
  }
}

const power: Partial<Record<Token['kind'], number>> = {
  '|': 1,
  '||': 2,
  '&&': 3,
  '==': 5,
  '!=': 5,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  '[]': 9,
  '*': 20,
  '[?': 21,
  '.': 40,
  '!': 45,
  '{': 50,
  '[': 55,
  '(': 60,
}
/** A projection goes on with what binds tighter than this, and ends at anything else. */
const projectionStop = 10
const deepest = 200

const identity: JmespathQuery = (value) => value

const comparisons: Readonly<Record<string, (a: Json, b: Json) => Json>> = {
  '==': isEqual,
  '!=': (a, b) => !isEqual(a, b),
  '<': (a, b) => ordered(a, b, (x, y) => x < y),
  '<=': (a, b) => ordered(a, b, (x, y) => x <= y),
  '>': (a, b) => ordered(a, b, (x, y) => x > y),
  '>=': (a, b) => ordered(a, b, (x, y) => x >= y),
}

function ordered(a: Json, b: Json, holds: (x: number, y: number) => boolean): Json {
  return typeof a === 'number' && typeof b === 'number' ? holds(a, b) : null
}

function project(items: readonly Json[], rest: JmespathQuery): Json {
  return items.map(rest).filter((item) => item !== null)
}

class Parser {
  private readonly tokens: readonly Token[]
  private at = 0
  private depth = 0

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  parse(): JmespathQuery {
    const query = this.expression(0)
    if (this.next.kind !== 'end') this.unexpected()
    return query
  }

  private get next(): Token {
    return this.tokens[this.at]
  }

  private take(kind: Token['kind']): boolean {
    if (this.next.kind !== kind) return false
    this.at++
    return true
  }

  private expect(kind: Token['kind']): void {
    if (!this.take(kind)) this.unexpected(kind)
  }

  private unexpected(wanted?: string): never {
    const token = this.next
    const seen =
      token.kind === 'end' ? 'the expression ends' : `unexpected ${'text' in token ? token.text : token.kind}`
    throw new JmespathError(`${seen} at character ${token.at + 1}${wanted === undefined ? '' : `, expected ${wanted}`}`)
  }

  /** expression = prefix { infix } , as long as the next operator binds tighter than `least`. */
  private expression(least: number): JmespathQuery {
    if (++this.depth > deepest) throw new JmespathError(`the expression is nested deeper than ${deepest}`)
    let left = this.prefix()
    while ((power[this.next.kind] ?? 0) > least) left = this.infix(left)
    this.depth--
    return left
  }

  /** prefix = literal | name | "quoted" | "@" | "*" | "!" e | "(" e ")" | "{" members "}" | "[" … | "[?" … | "[]" . */
  private prefix(): JmespathQuery {
    const token = this.next
    this.at++
    switch (token.kind) {
      case 'literal':
        return () => token.value
      case 'name':
        if (this.next.kind === '(') return this.call(token.text)
        return (value) => (isObject(value) ? member(value, token.text) : null)
      case 'quoted':
        if (this.next.kind === '(') this.unexpected('a function name without quotes')
        return (value) => (isObject(value) ? member(value, token.text) : null)
      case '@':
        return identity
      case '*':
        return this.valueProjection(identity)
      case '!': {
        const operand = this.expression(45)
        return (value) => !isTruthy(operand(value))
      }
      case '(': {
        const inner = this.expression(0)
        this.expect(')')
        return inner
      }
      case '{':
        return this.multiHash()
      case '[]':
        return this.flatten(identity)
      case '[?':
        return this.filter(identity)
      case '[':
        if (this.next.kind === 'number' || this.next.kind === ':') return this.indexOrSlice(identity)
        if (this.next.kind === '*' && this.tokens[this.at + 1].kind === ']') {
          this.at += 2
          return this.arrayProjection(identity)
        }
        return this.multiList()
      default:
        this.at--
        return this.unexpected('an expression')
    }
  }

  private infix(left: JmespathQuery): JmespathQuery {
    const token = this.next
    this.at++
    switch (token.kind) {
      case '.':
        if (this.take('*')) return this.valueProjection(left)
        return pipe(left, this.dotted(40))
      case '|':
        return pipe(left, this.expression(1))
      case '||': {
        const right = this.expression(2)
        return (value) => {
          const first = left(value)
          return isTruthy(first) ? first : right(value)
        }
      }
      case '&&': {
        const right = this.expression(3)
        return (value) => {
          const first = left(value)
          return isTruthy(first) ? right(value) : first
        }
      }
      case '[]':
        return this.flatten(left)
      case '[?':
        return this.filter(left)
      case '[':
        if (this.next.kind === '*') {
          this.at++
          this.expect(']')
          return this.arrayProjection(left)
        }
        if (this.next.kind !== 'number' && this.next.kind !== ':') this.unexpected('an index, a slice or *')
        return this.indexOrSlice(left)
      default: {
        if (!(token.kind in comparisons)) {
          this.at--
          this.unexpected()
        }
        const compare = comparisons[token.kind]
        const right = this.expression(5)
        return (value) => compare(left(value), right(value))
      }
    }
  }

  /** dotted = name | "quoted" | function | "[" list "]" | "{" members "}" , with what binds tighter behind it. */
  private dotted(least: number): JmespathQuery {
    if (this.take('[')) return this.multiList()
    if (this.take('{')) return this.multiHash()
    if (!['name', 'quoted', '*'].includes(this.next.kind)) this.unexpected('a name, [ or {')
    return this.expression(least)
  }

  private call(name: string): JmespathQuery {
    this.expect('(')
    const args: ((value: Json) => Argument)[] = []
    while (!this.take(')')) {
      if (args.length > 0) this.expect(',')
      if (this.take('&')) {
        const inner = this.expression(0)
        args.push(() => inner)
      } else args.push(this.expression(0))
    }
    const problem = callProblem(name, args.length)
    if (problem !== undefined) throw new JmespathError(problem)
    return (value) =>
      callFunction(
        name,
        args.map((arg) => arg(value)),
      )
  }

  private multiList(): JmespathQuery {
    const items: JmespathQuery[] = []
    do items.push(this.expression(0))
    while (this.take(','))
    this.expect(']')
    return (value) => (value === null ? null : items.map((item) => item(value)))
  }

  private multiHash(): JmespathQuery {
    const members: (readonly [string, JmespathQuery])[] = []
    do {
      const key = this.next
      if (key.kind !== 'name' && key.kind !== 'quoted') return this.unexpected('a member name')
      this.at++
      this.expect(':')
      members.push([key.text, this.expression(0)])
    } while (this.take(','))
    this.expect('}')
    return (value) => (value === null ? null : Object.fromEntries(members.map(([key, query]) => [key, query(value)])))
  }

  private valueProjection(left: JmespathQuery): JmespathQuery {
    const rest = this.projected(20)
    return (value) => {
      const target = left(value)
      return isObject(target) ? project(Object.values(target), rest) : null
    }
  }

  private arrayProjection(left: JmespathQuery): JmespathQuery {
    const rest = this.projected(20)
    return (value) => {
      const target = left(value)
      return isArray(target) ? project(target, rest) : null
    }
  }

  private flatten(left: JmespathQuery): JmespathQuery {
    const rest = this.projected(9)
    return (value) => {
      const target = left(value)
      return isArray(target)
        ? project(
            target.flatMap((item) => (isArray(item) ? item : [item])),
            rest,
          )
        : null
    }
  }

  private filter(left: JmespathQuery): JmespathQuery {
    const condition = this.expression(0)
    this.expect(']')
    const rest = this.projected(21)
    return (value) => {
      const target = left(value)
      return isArray(target)
        ? project(
            target.filter((item) => isTruthy(condition(item))),
            rest,
          )
        : null
    }
  }

  /** "[" number "]" or "[" [ number ] ":" [ number ] [ ":" [ number ] ] "]" , the bracket already taken. */
  private indexOrSlice(left: JmespathQuery): JmespathQuery {
    const parts: (number | undefined)[] = [undefined]
    while (!this.take(']')) {
      const token = this.next
      if (token.kind === 'number' && parts.at(-1) === undefined) parts[parts.length - 1] = token.value
      else if (token.kind === ':' && parts.length < 3) parts.push(undefined)
      else this.unexpected(']')
      this.at++
    }
    const [first, stop, step = 1] = parts
    if (parts.length === 1 && first !== undefined) {
      return (value) => {
        const target = left(value)
        return isArray(target) ? (target.at(first) ?? null) : null
      }
    }
    if (step === 0) throw new JmespathError('the step of a slice must not be 0')
    const rest = this.projected(20)
    return (value) => {
      const target = left(value)
      return isArray(target) ? project(slice(target, first, stop, step), rest) : null
    }
  }

  /** What is applied to every element of a projection. */
  private projected(least: number): JmespathQuery {
    const kind = this.next.kind
    if ((power[kind] ?? 0) < projectionStop) return identity
    if (kind === '.') {
      this.at++
      return this.dotted(least)
    }
    if (kind !== '[' && kind !== '[?') this.unexpected()
    return this.expression(least)
  }
}

function pipe(first: JmespathQuery, second: JmespathQuery): JmespathQuery {
  return (value) => second(first(value))
}

function slice(items: readonly Json[], start: number | undefined, stop: number | undefined, step: number): Json[] {
  const bound = (index: number): number => {
    const from = index < 0 ? index + items.length : index
    return step > 0 ? Math.min(Math.max(from, 0), items.length) : Math.min(Math.max(from, -1), items.length - 1)
  }
  const first = start === undefined ? (step > 0 ? 0 : items.length - 1) : bound(start)
  const last = stop === undefined ? (step > 0 ? items.length : -1) : bound(stop)
  const out: Json[] = []
  for (let i = first; step > 0 ? i < last : i > last; i += step) out.push(items[i])
  return out
}
