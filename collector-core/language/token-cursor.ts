import type { DiagnosticList } from './diagnostic-list.ts'
import type { Suggestion } from './diagnostic.ts'
import { LineIndex } from './position.ts'
import type { Span } from './position.ts'
import { describeToken, isTrivia } from './token.ts'
import type { Token, TokenKind } from './token.ts'

/** Deepest nesting of brackets and blocks that is read; what lies deeper becomes an error node. */
export const maxNesting = 200

const closers: Readonly<Record<string, TokenKind>> = { '{': '}', '(': ')', '[': ']' }

/** The place of a parser in its tokens, trivia left out; keeps one complaint per line so that one slip is one message. */
export class TokenCursor {
  readonly text: string
  readonly lines: LineIndex
  /** How many brackets and blocks are open. */
  depth = 0
  private readonly tokens: readonly Token[]
  private readonly diagnostics: DiagnosticList
  private readonly complained = new Set<number>()
  private index = 0

  constructor(text: string, tokens: readonly Token[], diagnostics: DiagnosticList) {
    this.text = text
    this.lines = new LineIndex(text)
    this.tokens = tokens.filter((token) => !isTrivia(token.kind))
    this.diagnostics = diagnostics
  }

  /** The token to read next; at the end it stays `eof`. */
  get token(): Token {
    return this.tokens[this.index]
  }

  get kind(): TokenKind {
    return this.token.kind
  }

  at(kind: TokenKind): boolean {
    return this.token.kind === kind
  }

  /** The token `ahead` places further on. */
  peek(ahead: number): Token {
    return this.tokens[Math.min(this.index + ahead, this.tokens.length - 1)]
  }

  /** End of the last token taken that has a width, 0 before the first. */
  get lastEnd(): number {
    let index = this.index - 1
    while (index >= 0 && this.tokens[index].kind === 'terminator') index--
    return index < 0 ? 0 : this.tokens[index].end
  }

  /** What stands at the cursor, for messages. */
  get found(): string {
    const { kind } = this
    if (kind !== 'identifier' && kind !== 'number' && kind !== 'float' && kind !== 'bool') return describeToken(kind)
    const text = this.textOf(this.token)
    return text.length > 40 ? describeToken(kind) : `"${text}"`
  }

  /** True when a newline lies between the last token taken and the next one. */
  get onNewLine(): boolean {
    return this.lines.lineOf(this.lastEnd) !== this.lines.lineOf(this.token.start)
  }

  textOf(span: Span): string {
    return this.text.slice(span.start, span.end)
  }

  take(): Token {
    const token = this.token
    if (token.kind !== 'eof') this.index++
    return token
  }

  accept(kind: TokenKind): Token | undefined {
    return this.kind === kind ? this.take() : undefined
  }

  /** Reports an error unless its line has one, or the scanner has already complained about that very token. */
  complain(code: string, span: Span, message: string, suggestion?: Suggestion): void {
    const line = this.lines.lineOf(span.start)
    if (this.complained.has(line)) return
    this.complained.add(line)
    if (this.kind === 'illegal' && span.start === this.token.start) return
    this.diagnostics.error(code, span, message, suggestion)
  }

  /** Reports an error that stands for a whole range, whatever else its line has. */
  complainAboutRange(code: string, span: Span, message: string, suggestion?: Suggestion): void {
    this.complained.add(this.lines.lineOf(span.start))
    this.diagnostics.error(code, span, message, suggestion)
  }

  /** Skips to the next end of line, comma, or closing bracket of an outer level, over balanced brackets. */
  skipBrokenValue(): void {
    while (!['terminator', ',', ')', ']', '}', 'eof'].includes(this.kind)) this.skipBalanced()
  }

  /** Skips to the next end of line, or the closing brace of the block around. */
  skipBrokenStatement(): void {
    while (!['terminator', '}', 'eof'].includes(this.kind)) this.skipBalanced()
  }

  /** Takes one token, or, at an opening bracket, everything to its closing one. */
  skipBalanced(): void {
    const expected: TokenKind[] = []
    do {
      const { kind } = this.take()
      if (Object.hasOwn(closers, kind)) expected.push(closers[kind])
      else if (kind === expected.at(-1)) expected.pop()
    } while (expected.length > 0 && this.kind !== 'eof')
  }

  /** Code units of blank space before the place when it is the first of its line, otherwise `undefined`. */
  indentOf(place: Span): number | undefined {
    let at = place.start
    while (at > 0 && ' \t\r\uFEFF'.includes(this.text[at - 1])) at--
    return at === 0 || this.text[at - 1] === '\n' ? place.start - at : undefined
  }

  /** True when a statement begins `ahead` tokens on: `name =`, `a.b {`, `a.b "label" {`. No value can be followed like that. */
  statementAhead(ahead = 0): boolean {
    let at = ahead
    if (this.peek(at).kind !== 'identifier') return false
    while (this.peek(at + 1).kind === '.' && this.peek(at + 2).kind === 'identifier') at += 2
    const next = this.peek(at + 1).kind
    return next === '=' || next === '{' || (next === 'string' && this.peek(at + 2).kind === '{')
  }
}
