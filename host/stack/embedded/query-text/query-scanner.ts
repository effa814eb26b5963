import { readQuotedText } from '../../../../collector-core/signal/logql/quoted-text.ts'
import { QueryError } from './query-error.ts'

/** A cursor over the text of a query; spaces and comments (`#` to the end of the line) never matter. */
export class QueryScanner {
  readonly text: string
  private at = 0
  private depth = 0

  constructor(text: string) {
    this.text = text
    this.skipSpace()
  }

  get position(): number {
    return this.at
  }

  atEnd(): boolean {
    return this.at === this.text.length
  }

  /** Goes back to an earlier `position`. */
  return(position: number): void {
    this.at = position
  }

  /** Whether `pattern`, a sticky regular expression, matches here. */
  looksAt(pattern: RegExp): boolean {
    pattern.lastIndex = this.at
    return pattern.test(this.text)
  }

  /** Passes over what the sticky `pattern` matches here. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found === null) return undefined
    this.at += found[0].length
    this.skipSpace()
    return found
  }

  /** Passes over a symbol when it is here. */
  take(symbol: string): boolean {
    if (!this.text.startsWith(symbol, this.at)) return false
    this.at += symbol.length
    this.skipSpace()
    return true
  }

  /** Passes over a word, in any case, when it is here and ends here. */
  takeWord(word: string): boolean {
    const end = this.at + word.length
    if (this.text.slice(this.at, end).toLowerCase() !== word) return false
    if (/[A-Za-z0-9_:.]/.test(this.text.charAt(end))) return false
    this.at = end
    this.skipSpace()
    return true
  }

  expect(symbol: string, where: string): void {
    if (!this.take(symbol)) this.fail(`unexpected ${this.here()} ${where}, expected "${symbol}"`)
  }

  /** A string in double quotes, single quotes or backticks; undefined when there is none here. */
  string(): string | undefined {
    const quote = this.text[this.at]
    if (quote !== '"' && quote !== '`' && quote !== "'") return undefined
    const quoted = quote === "'" ? this.singleQuoted() : readQuotedText(this.text, this.at)
    if (quoted.error !== undefined) this.fail(quoted.error)
    this.at = quoted.end
    this.skipSpace()
    return quoted.value
  }

  /** Runs `read` one level deeper; too deep a query is refused before it could exhaust the stack. */
  nested<T>(read: () => T): T {
    if (++this.depth > deepest) this.fail(`the query is nested deeper than ${deepest} levels`)
    const result = read()
    this.depth--
    return result
  }

  /** What stands here, for messages. */
  here(): string {
    if (this.atEnd()) return 'end of input'
    return JSON.stringify(
      /^(?:[A-Za-z0-9_:.]+|[^\sA-Za-z0-9_]{1,2})/.exec(this.text.slice(this.at, this.at + 40))?.[0] ??
        this.text[this.at],
    )
  }

  fail(message: string): never {
    const before = this.text.slice(0, this.at).split('\n')
    throw new QueryError('syntax', `${before.length}:${before[before.length - 1].length + 1}: parse error: ${message}`)
  }

  /** Turns the quotes around and reads it as a string in double quotes. */
  private singleQuoted(): ReturnType<typeof readQuotedText> {
    const body = /'((?:[^'\\\n]|\\.)*)'/y
    body.lastIndex = this.at
    const found = body.exec(this.text)
    if (found === null) return { error: "a string opened with ' is not closed" }
    const turned = readQuotedText(`"${found[1].replace(/\\'|"/g, (one) => (one === '"' ? '\\"' : "'"))}"`, 0)
    return turned.error === undefined ? { value: turned.value, end: this.at + found[0].length } : turned
  }

  private skipSpace(): void {
    const space = /(?:\s+|#[^\n]*)*/y
    space.lastIndex = this.at
    this.at += space.exec(this.text)?.[0].length ?? 0
  }
}

const deepest = 100
