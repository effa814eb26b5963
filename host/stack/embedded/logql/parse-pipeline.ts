import type { LabelMatcher, LineFilter } from '../../../../collector-core/signal/logql/log-selector.ts'
import { compileRegex } from '../../../../collector-core/signal/regex.ts'
import type { Regex } from '../../../../collector-core/signal/regex.ts'
import type { QueryScanner } from '../query-text/query-scanner.ts'
import { parseBytes, parseDuration } from './amount.ts'
import type { LabelCondition, Stage, Unit, Unwrap } from './expression.ts'

const identifier = /[a-zA-Z_][a-zA-Z0-9_]*/y
const amountText = /-?[0-9][0-9a-zA-Zµμ.]*/y
const unwrapAhead = /\|\s*unwrap\b/y
const notAnswered = ['line_format', 'label_format', 'pattern', 'unpack', 'distinct']

/** Reads the stream selector and the stages of a query. */
export class PipelineParser {
  private readonly scanner: QueryScanner

  constructor(scanner: QueryScanner) {
    this.scanner = scanner
  }

  /** selector = "{" matcher { "," matcher } [ "," ] "}" . */
  selector(): LabelMatcher[] {
    const { scanner } = this
    scanner.expect('{', 'where a stream selector is expected')
    const matchers: LabelMatcher[] = []
    while (!scanner.take('}')) {
      if (matchers.length > 0) {
        scanner.expect(',', 'in the stream selector')
        if (scanner.take('}')) break
      }
      matchers.push(this.matcher(this.name()))
    }
    const selects = ({ op, value, regex }: LabelMatcher): boolean =>
      (regex === undefined ? value !== '' : !regex.test('')) === (op === '=' || op === '=~')
    if (!matchers.some(selects)) {
      scanner.fail(
        'queries require at least one regexp or equality matcher that does not have an empty-compatible value',
      )
    }
    return matchers
  }

  /** stages = { lineFilter | "|" stage }, up to an unwrap. */
  stages(): Stage[] {
    const { scanner } = this
    const stages: Stage[] = []
    for (;;) {
      const op = (['|=', '|~', '!=', '!~'] as const).find((one) => scanner.take(one))
      if (op !== undefined) stages.push(this.lineFilter(op))
      else if (scanner.looksAt(/\|>|!>/y)) scanner.fail('pattern filters (|>, !>) are not answered here')
      else if (scanner.looksAt(/\|/y) && !scanner.looksAt(unwrapAhead)) {
        scanner.take('|')
        stages.push(this.stage())
      } else return stages
    }
  }

  /** unwrap = "|" "unwrap" ( label | ( "duration" | "duration_seconds" | "bytes" ) "(" label ")" ) . */
  unwrap(): Unwrap | undefined {
    const { scanner } = this
    if (!scanner.looksAt(unwrapAhead)) return undefined
    scanner.take('|')
    scanner.takeWord('unwrap')
    const name = this.name()
    if (!scanner.take('(')) return { label: name, unit: 'number' }
    const unit =
      name === 'duration' || name === 'duration_seconds' ? 'duration' : name === 'bytes' ? 'bytes' : undefined
    if (unit === undefined) return this.scanner.fail(`there is no conversion ${name}`)
    const label = this.name()
    scanner.expect(')', 'in unwrap')
    return { label, unit }
  }

  private lineFilter(op: LineFilter['op']): Stage {
    const { scanner } = this
    const any: LineFilter[] = []
    do {
      if (scanner.looksAt(/ip\s*\(/y)) scanner.fail('ip() is not answered here')
      const text = scanner.string()
      if (text === undefined) return this.scanner.fail(`unexpected ${scanner.here()} behind ${op}, expected a string`)
      any.push({ op, text, regex: op.endsWith('~') ? this.pattern(text, false) : undefined })
    } while (scanner.takeWord('or'))
    return { kind: 'line', op, any }
  }

  private stage(): Stage {
    const { scanner } = this
    if (scanner.takeWord('json')) return { kind: 'json', fields: this.fields() }
    if (scanner.takeWord('logfmt')) {
      while (scanner.match(/--(?:strict|keep-empty)\b/y) !== undefined)
        scanner.fail('flags of logfmt are not answered here')
      return { kind: 'logfmt', fields: this.fields() }
    }
    if (scanner.takeWord('regexp')) {
      const regex = this.pattern(scanner.string() ?? this.scanner.fail('regexp takes a string'), false)
      if (!regex.groupNames.some((name) => name !== '')) scanner.fail('regexp needs at least one named group')
      return { kind: 'regexp', regex }
    }
    if (scanner.takeWord('decolorize')) return { kind: 'decolorize' }
    for (const kind of ['drop', 'keep'] as const) if (scanner.takeWord(kind)) return this.dropOrKeep(kind)
    const refused = notAnswered.find((word) => scanner.takeWord(word))
    if (refused !== undefined) scanner.fail(`"| ${refused}" is not answered here`)
    return { kind: 'labels', condition: this.condition() }
  }

  private dropOrKeep(kind: 'drop' | 'keep'): Stage {
    const names: string[] = []
    const matchers: LabelMatcher[] = []
    do {
      const name = this.name()
      if (this.scanner.looksAt(/=|!=|!~/y)) matchers.push(this.matcher(name))
      else names.push(name)
    } while (this.scanner.take(','))
    return { kind, names, matchers }
  }

  /** fields = [ label [ "=" string ] { "," … } ] . */
  private fields(): (readonly [string, string])[] {
    const { scanner } = this
    const fields: (readonly [string, string])[] = []
    if (!scanner.looksAt(identifier)) return fields
    do {
      const label = this.name()
      fields.push([label, scanner.take('=') ? (scanner.string() ?? this.scanner.fail('expected a string')) : label])
    } while (scanner.take(','))
    return fields
  }

  /** condition = term { ( "or" | "and" | "," ) term }, "and" before "or" . */
  private condition(): LabelCondition {
    let left = this.conjunction()
    while (this.scanner.takeWord('or')) left = { kind: 'or', left, right: this.conjunction() }
    return left
  }

  private conjunction(): LabelCondition {
    let left = this.term()
    while (this.scanner.takeWord('and') || this.scanner.take(',')) left = { kind: 'and', left, right: this.term() }
    return left
  }

  private term(): LabelCondition {
    const { scanner } = this
    if (scanner.take('(')) {
      const condition = scanner.nested(() => this.condition())
      scanner.expect(')', 'in label filter')
      return condition
    }
    const name = this.name()
    const text = /(?:=~|!~|!=|=)\s*["`]/y
    if (scanner.looksAt(text)) return { kind: 'text', matcher: this.matcher(name) }
    const operator = (['==', '!=', '>=', '<=', '>', '<', '='] as const).find((one) => scanner.take(one))
    if (operator === undefined) return this.scanner.fail(`unexpected ${scanner.here()} behind the label ${name}`)
    if (scanner.looksAt(/ip\s*\(/y)) scanner.fail('ip() is not answered here')
    const amount = scanner.match(amountText)?.[0]
    const { value, unit } = amountOf(amount) ?? this.scanner.fail(`expected a string, a number, a duration or a size`)
    return { kind: 'amount', name, operator: operator === '=' ? '==' : operator, value, unit }
  }

  private matcher(name: string): LabelMatcher {
    const { scanner } = this
    const op = (['=~', '!~', '!=', '='] as const).find((one) => scanner.take(one))
    if (op === undefined) return this.scanner.fail(`unexpected ${scanner.here()} behind the label ${name}`)
    const value = scanner.string()
    if (value === undefined)
      return this.scanner.fail(`unexpected ${scanner.here()} behind ${name}${op}, expected a string`)
    return { name, op, value, regex: op.endsWith('~') ? this.pattern(value, true) : undefined }
  }

  private name(): string {
    return (
      this.scanner.match(identifier)?.[0] ??
      this.scanner.fail(`unexpected ${this.scanner.here()}, expected a label name`)
    )
  }

  private pattern(text: string, anchored: boolean): Regex {
    const { regex, error } = compileRegex(text, { anchored })
    return regex ?? this.scanner.fail(error)
  }
}

function amountOf(text: string | undefined): { readonly value: number; readonly unit: Unit } | undefined {
  if (text === undefined) return undefined
  const plain = Number(text)
  if (!Number.isNaN(plain)) return { value: plain, unit: 'number' }
  const duration = parseDuration(text)
  if (duration !== undefined) return { value: duration, unit: 'duration' }
  const bytes = parseBytes(text)
  return bytes === undefined ? undefined : { value: bytes, unit: 'bytes' }
}
