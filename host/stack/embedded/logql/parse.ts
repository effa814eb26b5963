import type { LabelMatcher } from '../../../../collector-core/signal/logql/log-selector.ts'
import { aggregateOperators, isComparison } from '../promql/expression.ts'
import type { AggregateOperator, BinaryOperator, Matching } from '../promql/expression.ts'
import { QueryScanner } from '../query-text/query-scanner.ts'
import { parseDuration } from './amount.ts'
import { lineOperators, unwrapOperators } from './expression.ts'
import type { LogExpression, LogqlExpression, MetricExpression, RangeOperator, Unwrap } from './expression.ts'
import { PipelineParser } from './parse-pipeline.ts'

/** Parses a LogQL expression; throws a `QueryError` that says where it goes wrong. */
export function parseLogql(text: string): LogqlExpression {
  return new Parser(text).all()
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
const words = ['and', 'or', 'unless'] as const
const identifier = /[a-zA-Z_][a-zA-Z0-9_]*/y
const numberText = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y
const rangeOperators: ReadonlySet<string> = new Set([...lineOperators, ...unwrapOperators])
const notAnswered = ['approx_topk', 'sort', 'sort_desc', 'first_over_time_ts', 'last_over_time_ts']

class Parser {
  private readonly scanner: QueryScanner
  private readonly pipeline: PipelineParser

  constructor(text: string) {
    this.scanner = new QueryScanner(text)
    this.pipeline = new PipelineParser(this.scanner)
  }

  all(): LogqlExpression {
    const expression = this.scanner.looksAt(/\{/y) ? this.log() : this.metric(1)
    if (!this.scanner.atEnd()) this.scanner.fail(`unexpected ${this.scanner.here()}`)
    return expression
  }

  private log(): LogExpression {
    const matchers = this.pipeline.selector()
    return { kind: 'log', matchers, stages: this.pipeline.stages() }
  }

  /** metric = operand { operator [ "bool" ] [ matching ] metric } . */
  private metric(lowest: number): MetricExpression {
    return this.scanner.nested(() => {
      let left = this.operand()
      for (;;) {
        const start = this.scanner.position
        const operator =
          symbols.find((one) => this.scanner.take(one)) ?? words.find((one) => this.scanner.takeWord(one))
        if (operator === undefined || precedence[operator] < lowest) {
          this.scanner.return(start)
          return left
        }
        const bool = this.scanner.takeWord('bool')
        if (bool && !isComparison(operator)) this.scanner.fail('bool can only be used on comparison operators')
        const matching = this.matching()
        const right = this.metric(operator === '^' ? precedence[operator] : precedence[operator] + 1)
        left = { kind: 'binary', operator, left, right, bool, matching }
      }
    })
  }

  private matching(): Matching {
    const { scanner } = this
    const on = scanner.takeWord('on')
    if (!on && !scanner.takeWord('ignoring')) return { on: false, labels: [], many: 'none', include: [] }
    const labels = this.labels()
    const many = scanner.takeWord('group_left') ? 'left' : scanner.takeWord('group_right') ? 'right' : 'none'
    const include =
      many !== 'none' && scanner.looksAt(/\(\s*(?:[a-zA-Z_]\w*\s*(?:,\s*[a-zA-Z_]\w*\s*)*)?\)/y) ? this.labels() : []
    return { on, labels, many, include }
  }

  /** operand = number | "(" metric ")" | "vector" "(" number ")" | aggregation | range . */
  private operand(): MetricExpression {
    const { scanner } = this
    const value = this.number()
    if (value !== undefined) return { kind: 'number', value }
    if (scanner.take('(')) {
      const expression = this.metric(1)
      scanner.expect(')', 'in parentheses')
      return expression
    }
    const start = scanner.position
    const name = scanner.match(identifier)?.[0]
    if (name === undefined)
      return this.scanner.fail(`unexpected ${scanner.here()}, expected a stream selector or a function`)
    const operator = aggregateOperators.find((one) => one === name)
    if (operator !== undefined && operator !== 'quantile' && operator !== 'count_values' && operator !== 'group') {
      return this.aggregation(operator)
    }
    if (rangeOperators.has(name)) return this.range(name as RangeOperator)
    if (name === 'vector') return this.vector()
    if (name === 'label_replace') return this.labelReplace()
    scanner.return(start)
    const known = notAnswered.includes(name) ? 'is not answered here' : 'does not exist'
    return this.scanner.fail(`the function ${name} ${known}`)
  }

  private vector(): MetricExpression {
    this.scanner.expect('(', 'behind vector')
    const value = this.number()
    if (value === undefined) return this.scanner.fail('vector takes a number')
    this.scanner.expect(')', 'in vector')
    return { kind: 'vector', value }
  }

  private labelReplace(): MetricExpression {
    const { scanner } = this
    scanner.expect('(', 'behind label_replace')
    const expression = this.metric(1)
    const texts: string[] = []
    while (scanner.take(',')) texts.push(scanner.string() ?? this.scanner.fail('label_replace takes four strings'))
    scanner.expect(')', 'in label_replace')
    if (texts.length !== 4) scanner.fail('label_replace takes four strings')
    return { kind: 'label_replace', expression, texts }
  }

  private aggregation(operator: AggregateOperator): MetricExpression {
    const { scanner } = this
    const before = this.grouping()
    scanner.expect('(', 'in aggregation')
    const takesNumber = operator === 'topk' || operator === 'bottomk'
    const parameter = takesNumber ? this.number() : undefined
    if (takesNumber) {
      if (parameter === undefined) scanner.fail(`${operator} takes a number first`)
      scanner.expect(',', 'in aggregation')
    }
    const expression = this.metric(1)
    scanner.expect(')', 'in aggregation')
    const grouping = before ?? this.grouping() ?? { without: false, labels: [] }
    return { kind: 'aggregate', operator, parameter, expression, ...grouping }
  }

  /** range = operator "(" [ number "," ] selector [ "[" d "]" ] stages [ unwrap ] [ "[" d "]" ] [ "offset" d ] ")" [ grouping ] . */
  private range(operator: RangeOperator): MetricExpression {
    const { scanner, pipeline } = this
    scanner.expect('(', `behind ${operator}`)
    const parameter = operator === 'quantile_over_time' ? this.number() : undefined
    if (operator === 'quantile_over_time') {
      if (parameter === undefined) scanner.fail('quantile_over_time takes a number first')
      scanner.expect(',', `in ${operator}`)
    }
    const parens = scanner.take('(')
    const matchers = pipeline.selector()
    let rangeMs = this.brackets()
    const stages = pipeline.stages()
    const unwrap = pipeline.unwrap()
    const afterwards = unwrap === undefined ? [] : pipeline.stages()
    rangeMs ??= this.brackets()
    if (parens) scanner.expect(')', 'behind the selector')
    rangeMs ??= this.brackets()
    if (rangeMs === undefined) return this.scanner.fail(`${operator} needs a range, as in [5m]`)
    const offsetMs = scanner.takeWord('offset') ? this.duration() : 0
    scanner.expect(')', `in ${operator}`)
    const grouping = this.grouping()
    this.checkOperator(operator, unwrap)
    return {
      kind: 'range',
      operator,
      parameter,
      log: { kind: 'log', matchers, stages: [...stages, ...afterwards] },
      unwrap,
      rangeMs,
      offsetMs,
      grouping,
    }
  }

  private checkOperator(operator: RangeOperator, unwrap: Unwrap | undefined): void {
    const allowed: readonly string[] = unwrap === undefined ? lineOperators : unwrapOperators
    if (allowed.includes(operator)) return
    this.scanner.fail(
      unwrap === undefined ? `${operator} needs "| unwrap label"` : `${operator} does not take "| unwrap label"`,
    )
  }

  private brackets(): number | undefined {
    if (!this.scanner.take('[')) return undefined
    const ms = this.duration()
    if (ms <= 0) this.scanner.fail('a range has to be longer than 0')
    this.scanner.expect(']', 'in range')
    return ms
  }

  private grouping(): { readonly without: boolean; readonly labels: readonly string[] } | undefined {
    if (this.scanner.takeWord('by')) return { without: false, labels: this.labels() }
    return this.scanner.takeWord('without') ? { without: true, labels: this.labels() } : undefined
  }

  private labels(): string[] {
    const { scanner } = this
    scanner.expect('(', 'in grouping')
    const labels: string[] = []
    while (!scanner.take(')')) {
      if (labels.length > 0) scanner.expect(',', 'in grouping')
      labels.push(
        scanner.match(identifier)?.[0] ??
          this.scanner.fail(`unexpected ${scanner.here()} in grouping, expected a label`),
      )
    }
    return labels
  }

  private duration(): number {
    const text = this.scanner.match(/-?[0-9][0-9a-zµμ.]*/y)?.[0]
    const nanos = text === undefined ? undefined : parseDuration(text)
    return nanos === undefined ? this.scanner.fail('expected a duration, as in 5m') : nanos / 1e6
  }

  private number(): number | undefined {
    const text = this.scanner.match(numberText)?.[0]
    return text === undefined ? undefined : Number(text)
  }
}

/** Parses the selector of a stream, as in `match[]`; no filters. */
export function parseStreamSelector(text: string): readonly LabelMatcher[] {
  const scanner = new QueryScanner(text)
  const matchers = new PipelineParser(scanner).selector()
  if (!scanner.atEnd()) scanner.fail('expected a stream selector and nothing else')
  return matchers
}
