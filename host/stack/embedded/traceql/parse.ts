import { compileRegex } from '../../../../collector-core/signal/regex.ts'
import { parseDuration } from '../logql/amount.ts'
import { QueryScanner } from '../query-text/query-scanner.ts'
import { intrinsics } from './expression.ts'
import type {
  Field,
  Intrinsic,
  Literal,
  Operator,
  Scope,
  SpanCondition,
  SpansetExpression,
  TraceqlQuery,
} from './expression.ts'

/** Parses a TraceQL query; throws a `QueryError` that says where it goes wrong or what is not answered here. */
export function parseTraceql(text: string): TraceqlQuery {
  return new Parser(text).all()
}

/** Parses a field as it stands in a tag name: `resource.service.name`, `.http.method`, `status`. */
export function parseField(text: string): Field {
  const parser = new Parser(text)
  return parser.onlyField()
}

const aliases: Readonly<Record<string, Intrinsic>> = {
  'span:name': 'name',
  'span:duration': 'duration',
  'span:status': 'status',
  'span:statusMessage': 'statusMessage',
  'span:kind': 'kind',
  'trace:duration': 'traceDuration',
  'trace:rootName': 'rootName',
  'trace:rootService': 'rootServiceName',
}
const scopes: readonly Exclude<Scope, 'any'>[] = ['span', 'resource', 'event', 'link', 'instrumentation']
const attributeName = /[^\s{}()=!<>~&|"`,+*/%^[\]]+/y
const word = /[a-zA-Z][a-zA-Z0-9]*(?::[a-zA-Z]+)?/y
const number = /-?\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h|d)?(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h|d))*/y
const enums: readonly string[] = [
  'error',
  'ok',
  'unset',
  'unspecified',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
]

class Parser {
  private readonly scanner: QueryScanner

  constructor(text: string) {
    this.scanner = new QueryScanner(text)
  }

  /** query = spanset { "|" ( "count" "()" operator number | "select" "(" field { "," field } ")" ) } . */
  all(): TraceqlQuery {
    const { scanner } = this
    if (scanner.atEnd())
      return { spanset: { kind: 'filter', condition: { kind: 'always', value: true } }, counts: [], select: [] }
    const spanset = this.spansets()
    const counts: { operator: Operator; value: number }[] = []
    const select: Field[] = []
    while (scanner.take('|')) {
      if (scanner.takeWord('count')) {
        scanner.expect('(', 'behind count')
        scanner.expect(')', 'behind count')
        const operator = this.operator()
        const value = Number(scanner.match(/\d+/y)?.[0] ?? this.scanner.fail('expected a number'))
        counts.push({ operator, value })
      } else if (scanner.takeWord('select')) {
        scanner.expect('(', 'behind select')
        do select.push(this.field() ?? this.scanner.fail('expected a field'))
        while (scanner.take(','))
        scanner.expect(')', 'in select')
      } else scanner.fail(`${scanner.here()} is not answered here, only count() and select()`)
    }
    if (!scanner.atEnd()) scanner.fail(`unexpected ${scanner.here()}; only { … } joined by && and || are answered here`)
    return { spanset, counts, select }
  }

  onlyField(): Field {
    const field = this.field()
    if (field === undefined || !this.scanner.atEnd())
      return this.scanner.fail('expected a field, as in resource.service.name')
    return field
  }

  private spansets(): SpansetExpression {
    let left = this.spansetConjunction()
    while (this.scanner.take('||')) left = { kind: 'or', left, right: this.spansetConjunction() }
    return left
  }

  private spansetConjunction(): SpansetExpression {
    let left = this.spanset()
    while (this.scanner.take('&&')) left = { kind: 'and', left, right: this.spanset() }
    return left
  }

  private spanset(): SpansetExpression {
    const { scanner } = this
    if (scanner.take('(')) {
      const expression = scanner.nested(() => this.spansets())
      scanner.expect(')', 'in parentheses')
      return expression
    }
    scanner.expect('{', 'where spans are selected')
    if (scanner.take('}')) return { kind: 'filter', condition: { kind: 'always', value: true } }
    const condition = this.condition()
    scanner.expect('}', 'in a span filter')
    return { kind: 'filter', condition }
  }

  private condition(): SpanCondition {
    let left = this.conjunction()
    while (this.scanner.take('||')) left = { kind: 'or', left, right: this.conjunction() }
    return left
  }

  private conjunction(): SpanCondition {
    let left = this.term()
    while (this.scanner.take('&&')) left = { kind: 'and', left, right: this.term() }
    return left
  }

  private term(): SpanCondition {
    const { scanner } = this
    if (scanner.take('(')) {
      const condition = scanner.nested(() => this.condition())
      scanner.expect(')', 'in parentheses')
      return condition
    }
    if (scanner.looksAt(/!(?![=~])/y)) {
      scanner.take('!')
      return { kind: 'not', condition: scanner.nested(() => this.term()) }
    }
    if (scanner.takeWord('true')) return { kind: 'always', value: true }
    if (scanner.takeWord('false')) return { kind: 'always', value: false }
    const field = this.field()
    if (field === undefined) return this.scanner.fail(`unexpected ${scanner.here()}, expected a field`)
    const operator = this.operator()
    const value = this.literal()
    if (operator !== '=~' && operator !== '!~') return { kind: 'compare', field, operator, value, regex: undefined }
    if (typeof value !== 'string') return this.scanner.fail(`${operator} takes a string`)
    const { regex, error } = compileRegex(value, { anchored: true })
    return { kind: 'compare', field, operator, value, regex: regex ?? this.scanner.fail(error) }
  }

  private operator(): Operator {
    const operator = (['=~', '!~', '!=', '>=', '<=', '=', '>', '<'] as const).find((one) => this.scanner.take(one))
    return operator ?? this.scanner.fail(`unexpected ${this.scanner.here()}, expected a comparison`)
  }

  /** field = [ scope ] "." name | intrinsic . */
  private field(): Field | undefined {
    const { scanner } = this
    for (const scope of [...scopes, 'any'] as const) {
      const prefix = scope === 'any' ? '.' : `${scope}.`
      if (!scanner.take(prefix)) continue
      const name = scanner.string() ?? scanner.match(attributeName)?.[0]
      if (name === undefined) return this.scanner.fail('expected the name of an attribute')
      return { kind: 'attribute', scope, name }
    }
    const start = scanner.position
    const name = scanner.match(word)?.[0] ?? ''
    const intrinsic =
      intrinsics.find((one) => one === name) ?? (Object.hasOwn(aliases, name) ? aliases[name] : undefined)
    if (intrinsic !== undefined) return { kind: 'intrinsic', name: intrinsic }
    scanner.return(start)
    if (name !== '') scanner.fail(`the field ${name} is not answered here`)
    return undefined
  }

  private literal(): Literal {
    const { scanner } = this
    const text = scanner.string()
    if (text !== undefined) return text
    const amount = scanner.match(number)?.[0]
    if (amount !== undefined) {
      const value = /[a-zµ]$/.test(amount) ? parseDuration(amount) : Number(amount)
      return value ?? this.scanner.fail(`${amount} is neither a number nor a duration`)
    }
    const name = scanner.match(word)?.[0] ?? ''
    if (name === 'nil') return null
    if (name === 'true' || name === 'false') return name === 'true'
    if (enums.includes(name)) return name
    return this.scanner.fail(`unexpected ${name === '' ? scanner.here() : name}, expected a value`)
  }
}
