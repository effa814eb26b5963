import { compileRegex } from '../../../../collector-core/signal/regex.ts'
import type { LabelMatcher } from '../../../../collector-core/signal/logql/log-selector.ts'
import { QueryScanner } from '../query-text/query-scanner.ts'
import { aggregateOperators } from './expression.ts'
import type {
  AggregateOperator,
  BinaryExpression,
  BinaryOperator,
  Expression,
  Matching,
  SelectorExpression,
  TimeShift,
} from './expression.ts'
import { signatures } from './signatures.ts'
import { aggregateProblem, binaryProblem, callProblem, typeOf } from './value-type.ts'

/** Parses a PromQL expression and checks its types; throws a `QueryError` that says where it goes wrong. */
export function parsePromql(text: string): Expression {
  const parser = new Parser(text)
  return parser.all()
}

/** Parses a series selector, as in `match[]`. */
export function parseSeriesSelector(text: string): readonly LabelMatcher[] {
  const expression = parsePromql(text)
  if (expression.kind === 'selector' && expression.offsetMs === 0 && expression.at === undefined)
    return expression.matchers
  return new QueryScanner(text).fail('expected a series selector and nothing else')
}

const precedence: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '<=': 3,
  '>=': 3,
  '<': 3,
  '>': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  atan2: 5,
  '^': 6,
}
const symbols = ['==', '!=', '<=', '>=', '<', '>', '+', '-', '*', '/', '%', '^'] as const
const words = ['and', 'or', 'unless', 'atan2'] as const

const metricName = /[a-zA-Z_:][a-zA-Z0-9_:]*/y
const labelName = /[a-zA-Z_][a-zA-Z0-9_]*/y
const numberText = /0[xX][0-9a-fA-F]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|(?:inf|nan)(?![a-zA-Z0-9_:])/iy
const durationText = /(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?/y
const unitMs = [365 * 86_400_000, 7 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000, 1]
const noShift: TimeShift = { offsetMs: 0, at: undefined }
const noMatching: Matching = { on: false, labels: [], many: 'none', include: [] }

class Parser {
  private readonly scanner: QueryScanner

  constructor(text: string) {
    this.scanner = new QueryScanner(text)
  }

  all(): Expression {
    if (this.scanner.atEnd()) this.scanner.fail('no expression found in input')
    const expression = this.expression(1)
    if (!this.scanner.atEnd()) this.scanner.fail(`unexpected ${this.scanner.here()}`)
    return expression
  }

  /** expression = unary { operator [ "bool" ] [ matching ] expression } . */
  private expression(lowest: number): Expression {
    return this.scanner.nested(() => {
      let left = this.unary()
      for (;;) {
        const start = this.scanner.position
        const operator = this.operator()
        if (operator === undefined || precedence[operator] < lowest) {
          this.scanner.return(start)
          return left
        }
        const bool = this.scanner.takeWord('bool')
        const matching = this.matching()
        // Powers bind to the right: a ^ b ^ c is a ^ (b ^ c).
        const right = this.expression(operator === '^' ? precedence[operator] : precedence[operator] + 1)
        const binary: BinaryExpression = { kind: 'binary', operator, left, right, bool, matching }
        this.check(binaryProblem(binary), start)
        left = binary
      }
    })
  }

  private operator(): BinaryOperator | undefined {
    return symbols.find((symbol) => this.scanner.take(symbol)) ?? words.find((word) => this.scanner.takeWord(word))
  }

  /** matching = ( "on" | "ignoring" ) labels [ ( "group_left" | "group_right" ) [ labels ] ] . */
  private matching(): Matching {
    const { scanner } = this
    const on = scanner.takeWord('on')
    if (!on && !scanner.takeWord('ignoring')) return noMatching
    const labels = this.labels()
    const many = scanner.takeWord('group_left') ? 'left' : scanner.takeWord('group_right') ? 'right' : 'none'
    const include = many !== 'none' && scanner.looksAt(/\(/y) ? this.groupLabels() : []
    return { on, labels, many, include }
  }

  /** What stands in parentheses behind `group_left` may also be the operand. */
  private groupLabels(): string[] {
    const start = this.scanner.position
    const labels = this.tryLabels()
    if (labels !== undefined && !this.scanner.atEnd() && this.startsOperand()) return labels
    this.scanner.return(start)
    return []
  }

  private startsOperand(): boolean {
    return this.scanner.looksAt(/[a-zA-Z_:0-9.({"'`+-]/y) && !this.scanner.looksAt(/(?:and|or|unless|atan2)\b/iy)
  }

  /** unary = [ "+" | "-" ] postfix . */
  private unary(): Expression {
    const { scanner } = this
    const start = scanner.position
    const negative = scanner.take('-')
    if (!negative && !scanner.take('+')) return this.postfix()
    const expression = this.expression(precedence['^'])
    const type = typeOf(expression)
    if (type !== 'scalar' && type !== 'vector') {
      this.check('unary expression only allowed on expressions of type scalar or instant vector', start)
    }
    if (!negative) return expression
    return expression.kind === 'number'
      ? { kind: 'number', value: -expression.value }
      : { kind: 'negative', expression }
  }

  /** postfix = primary { "[" duration [ ":" [ duration ] ] "]" | "offset" duration | "@" time } . */
  private postfix(): Expression {
    const { scanner } = this
    let expression = this.primary()
    for (;;) {
      const start = scanner.position
      if (scanner.take('[')) expression = this.brackets(expression, start)
      else if (scanner.takeWord('offset')) {
        const sign = scanner.take('-') ? -1 : 1
        const offsetMs = sign * this.duration()
        expression = this.shift(expression, start, (shift) => {
          if (shift.offsetMs !== 0) this.check('offset may not be set multiple times', start)
          return { ...shift, offsetMs }
        })
      } else if (scanner.take('@')) {
        const at = this.atTime()
        expression = this.shift(expression, start, (shift) => {
          if (shift.at !== undefined) this.check('@ <timestamp> may not be set multiple times', start)
          return { ...shift, at }
        })
      } else return expression
    }
  }

  private brackets(expression: Expression, start: number): Expression {
    const { scanner } = this
    const rangeMs = this.duration()
    if (rangeMs <= 0) this.check('duration must be greater than 0', start)
    if (scanner.take(':')) {
      const stepMs = scanner.looksAt(/\]/y) ? undefined : this.duration()
      if (stepMs !== undefined && stepMs <= 0) this.check('duration must be greater than 0', start)
      scanner.expect(']', 'in subquery')
      const type = typeOf(expression)
      if (type !== 'vector') this.check(`subquery is only allowed on instant vector, got ${type}`, start)
      return { kind: 'subquery', expression, rangeMs, stepMs, ...noShift }
    }
    scanner.expect(']', 'in range')
    if (expression.kind !== 'selector') return this.check('ranges only allowed for vector selectors', start)
    if (expression.offsetMs !== 0) this.check('no offset modifiers allowed before range', start)
    if (expression.at !== undefined) this.check('no @ modifiers allowed before range', start)
    return { kind: 'range', selector: expression, rangeMs }
  }

  private shift(expression: Expression, start: number, change: (shift: TimeShift) => TimeShift): Expression {
    if (expression.kind === 'selector' || expression.kind === 'subquery')
      return { ...expression, ...change(expression) }
    if (expression.kind === 'range') {
      return { ...expression, selector: { ...expression.selector, ...change(expression.selector) } }
    }
    return this.check('offset and @ must be preceded by a selector or a subquery', start)
  }

  private atTime(): number | 'start' | 'end' {
    const { scanner } = this
    for (const word of ['start', 'end'] as const) {
      if (!scanner.takeWord(word)) continue
      scanner.expect('(', 'after @')
      scanner.expect(')', 'after @')
      return word
    }
    const sign = scanner.take('-') ? -1 : 1
    const seconds = this.number()
    if (seconds === undefined || !Number.isFinite(seconds)) return this.fail('in @, expected timestamp')
    return Math.round(sign * seconds * 1000)
  }

  /** primary = number | string | "(" expression ")" | aggregation | call | selector . */
  private primary(): Expression {
    const { scanner } = this
    const value = this.number()
    if (value !== undefined) return { kind: 'number', value }
    const text = scanner.string()
    if (text !== undefined) return { kind: 'text', value: text }
    if (scanner.take('(')) {
      const expression = this.expression(1)
      scanner.expect(')', 'in parentheses')
      return expression
    }
    const start = scanner.position
    const name = scanner.match(metricName)?.[0]
    if (name === undefined) {
      if (scanner.looksAt(/\{/y)) return this.selector(undefined, start)
      return this.fail('where an expression is expected')
    }
    const operator = aggregateOperators.find((one) => one === name.toLowerCase())
    if (operator !== undefined && scanner.looksAt(/\(|(?:by|without)\s*\(/iy)) return this.aggregation(operator, start)
    if (scanner.looksAt(/\(/y)) return this.call(name, start)
    return this.selector(name, start)
  }

  /** aggregation = operator [ grouping ] "(" [ parameter "," ] expression ")" [ grouping ] . */
  private aggregation(operator: AggregateOperator, start: number): Expression {
    const before = this.grouping()
    const args = this.args()
    const { without, labels } = before ?? this.grouping() ?? { without: false, labels: [] }
    if (args.length === 0 || args.length > 2) {
      return this.check(`wrong number of arguments for aggregate expression "${operator}", got ${args.length}`, start)
    }
    const aggregate: Expression = {
      kind: 'aggregate',
      operator,
      parameter: args.length === 2 ? args[0] : undefined,
      expression: args[args.length - 1],
      without,
      labels,
    }
    this.check(aggregateProblem(aggregate), start)
    return aggregate
  }

  private grouping(): { readonly without: boolean; readonly labels: readonly string[] } | undefined {
    if (this.scanner.takeWord('by')) return { without: false, labels: this.labels() }
    return this.scanner.takeWord('without') ? { without: true, labels: this.labels() } : undefined
  }

  private call(name: string, start: number): Expression {
    if (!signatures.has(name)) return this.check(`unknown function with name "${name}"`, start)
    const call: Expression = { kind: 'call', name, args: this.args() }
    this.check(callProblem(call), start)
    return call
  }

  private args(): Expression[] {
    const { scanner } = this
    scanner.expect('(', 'in arguments')
    const args: Expression[] = []
    while (!scanner.take(')')) {
      if (args.length > 0) scanner.expect(',', 'in arguments')
      args.push(this.expression(1))
    }
    return args
  }

  /** selector = name [ matchers ] | matchers . matchers = "{" [ matcher { "," matcher } [ "," ] ] "}" . */
  private selector(name: string | undefined, start: number): SelectorExpression {
    const { scanner } = this
    const matchers: LabelMatcher[] = name === undefined ? [] : [equals('__name__', name)]
    if (scanner.take('{')) {
      for (let first = true; !scanner.take('}'); first = false) {
        if (!first) {
          scanner.expect(',', 'in label matching')
          if (scanner.take('}')) break
        }
        const matcher = this.matcher()
        if (name !== undefined && matcher.name === '__name__') {
          this.check(`metric name must not be set twice: "${name}" or "${matcher.value}"`, start)
        }
        matchers.push(matcher)
      }
    }
    const matchesEmpty = ({ op, value, regex }: LabelMatcher): boolean =>
      (regex === undefined ? value === '' : regex.test('')) === (op === '=' || op === '=~')
    if (matchers.every(matchesEmpty)) this.check('vector selector must contain at least one non-empty matcher', start)
    return { kind: 'selector', matchers, ...noShift }
  }

  private matcher(): LabelMatcher {
    const { scanner } = this
    const quoted = scanner.string()
    const name = quoted ?? scanner.match(labelName)?.[0]
    if (name === undefined) return this.fail('in label matching, expected label name or "}"')
    const op = (['=~', '!~', '!=', '='] as const).find((one) => scanner.take(one))
    if (op === undefined) {
      if (quoted !== undefined) return equals('__name__', quoted)
      return this.fail('in label matching, expected label matching operator')
    }
    const value = scanner.string()
    if (value === undefined) return this.fail('in label matching, expected string')
    if (op === '=' || op === '!=') return { name, op, value, regex: undefined }
    const { regex, error } = compileRegex(value, { anchored: true })
    return { name, op, value, regex: regex ?? scanner.fail(error) }
  }

  private labels(): string[] {
    return this.tryLabels() ?? this.fail('in grouping opts, expected label')
  }

  private tryLabels(): string[] | undefined {
    const { scanner } = this
    if (!scanner.take('(')) return undefined
    const labels: string[] = []
    while (!scanner.take(')')) {
      if (labels.length > 0 && !scanner.take(',')) return undefined
      if (labels.length > 0 && scanner.take(')')) break
      const label = scanner.string() ?? scanner.match(labelName)?.[0]
      if (label === undefined) return undefined
      labels.push(label)
    }
    return labels
  }

  private number(): number | undefined {
    const text = this.scanner.match(numberText)?.[0].toLowerCase()
    if (text === undefined) return undefined
    if (text === 'inf') return Infinity
    return text === 'nan' ? NaN : Number(text.replaceAll('_', ''))
  }

  /** Milliseconds; `1h30m`, or a number of seconds. */
  private duration(): number {
    const { scanner } = this
    const start = scanner.position
    const units = scanner.match(durationText)
    if (units !== undefined && units[0] !== '') {
      if (scanner.position === start + units[0].length && scanner.looksAt(/[a-zA-Z0-9_.]/y))
        scanner.fail('bad duration syntax')
      return unitMs.reduce((sum, ms, i) => sum + ms * Number(units[i + 1] ?? 0), 0)
    }
    const seconds = this.number()
    if (seconds === undefined || !Number.isFinite(seconds)) return this.fail('where a duration is expected')
    return Math.round(seconds * 1000)
  }

  private fail(where: string): never {
    return this.scanner.fail(`unexpected ${this.scanner.here()} ${where}`)
  }

  private check(problem: string, start: number): never
  private check(problem: string | undefined, start: number): void
  private check(problem: string | undefined, start: number): void {
    if (problem === undefined) return
    this.scanner.return(start)
    this.scanner.fail(problem)
  }
}

const equals = (name: string, value: string): LabelMatcher => ({ name, op: '=', value, regex: undefined })
