// Text to tree. Never throws and never gives up: what cannot be read becomes an error node and a diagnostic.

import type { Expression, File } from './ast.ts'
import { DiagnosticList } from './diagnostic-list.ts'
import type { Diagnostic } from './diagnostic.ts'
import { StatementParser } from './parse-statement.ts'
import { scan } from './scanner.ts'
import { TokenCursor } from './token-cursor.ts'
import type { Token } from './token.ts'

/** One reading of a text: its tree, its tokens (joined, they are the text), and what is wrong with it, in text order. */
export interface Parsed<T = File> {
  readonly text: string
  readonly tree: T
  readonly tokens: readonly Token[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads a whole config. */
export function parse(text: string): Parsed {
  const diagnostics = new DiagnosticList()
  const tokens = scan(text, diagnostics)
  const marked = diagnostics.count
  const parser = new StatementParser(new TokenCursor(text, tokens, diagnostics), false)
  let body = parser.file()
  if (parser.unclosed) {
    // A missing brace swallows all that follows, so read again and let indentation tell where the block was meant to end.
    diagnostics.forgetAfter(marked)
    body = new StatementParser(new TokenCursor(text, tokens, diagnostics), true).file()
  }
  return { text, tree: { kind: 'file', span: body.span, body }, tokens, diagnostics: diagnostics.sorted() }
}

/** Reads a single value, such as the right side of an attribute; anything behind it is an error. */
export function parseExpression(text: string): Parsed<Expression> {
  const diagnostics = new DiagnosticList()
  const tokens = scan(text, diagnostics)
  const cursor = new TokenCursor(text, tokens, diagnostics)
  const tree = new StatementParser(cursor, false).expressions.value()
  cursor.accept('terminator')
  if (cursor.kind !== 'eof')
    cursor.complain('expected-end', cursor.token, `expected nothing more after the value, got ${cursor.found}`)
  return { text, tree, tokens, diagnostics: diagnostics.sorted() }
}
