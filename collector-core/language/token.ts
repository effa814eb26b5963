// The words of the language. Every code unit of a text belongs to exactly one token, so the tokens of a text, joined, are that text.

import type { BinaryOperator } from './ast.ts'
import type { Span } from './position.ts'

/** Tokens the grammar never sees; `hash-comment` is a mistake that is read as the comment it was meant to be. */
export type TriviaKind = 'bom' | 'whitespace' | 'newline' | 'line-comment' | 'block-comment' | 'hash-comment'

/** Characters of the grammar; `:` and `;` are only scanned to explain what to write instead. */
export type PunctuationKind = '{' | '}' | '(' | ')' | '[' | ']' | ',' | '.' | ':' | ';'

/** What a token is; operators and punctuation are their own kind. `terminator` and `eof` are empty. */
export type TokenKind =
  | TriviaKind
  | PunctuationKind
  | BinaryOperator
  | 'identifier'
  | 'number'
  | 'float'
  | 'string'
  | 'bool'
  | 'null'
  | '='
  | '!'
  | 'terminator'
  | 'illegal'
  | 'eof'

/** A stretch of text with a kind. A `terminator` is an empty token in front of the newline or comment that ends a statement. */
export interface Token extends Span {
  readonly kind: TokenKind
}

const triviaKinds: ReadonlySet<TokenKind> = new Set<TriviaKind>([
  'bom',
  'whitespace',
  'newline',
  'line-comment',
  'block-comment',
  'hash-comment',
])

/** True for whitespace, newlines, comments and the byte order mark. */
export function isTrivia(kind: TokenKind): kind is TriviaKind {
  return triviaKinds.has(kind)
}

/** True for the three comment kinds. */
export function isComment(kind: TokenKind): boolean {
  return kind === 'line-comment' || kind === 'block-comment' || kind === 'hash-comment'
}

/** How tightly infix operators bind, higher is tighter; `^` groups to the right, all others to the left. */
export const binaryPrecedence: Readonly<Record<BinaryOperator, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  '^': 6,
}

/** True for tokens that can stand between two values. */
export function isBinaryOperator(kind: TokenKind): kind is BinaryOperator {
  return Object.hasOwn(binaryPrecedence, kind)
}

/** A token kind as it is named in messages. */
export function describeToken(kind: TokenKind): string {
  switch (kind) {
    case 'terminator':
      return 'the end of the line'
    case 'eof':
      return 'the end of the file'
    case 'identifier':
      return 'a name'
    case 'number':
    case 'float':
      return 'a number'
    case 'string':
      return 'a string'
    case 'bool':
      return 'true or false'
    case 'null':
      return 'null'
    case 'illegal':
      return 'a character that has no meaning here'
    case 'bom':
    case 'whitespace':
    case 'newline':
    case 'line-comment':
    case 'block-comment':
    case 'hash-comment':
      return 'a comment'
    default:
      return `"${kind}"`
  }
}
