// What stands between brackets: lists of values, arguments and fields, with their commas.

import type { ArrayLiteral, Call, Expression, Field, FieldName, ObjectLiteral } from './ast.ts'
import { cover, spanOf } from './position.ts'
import type { Span } from './position.ts'
import type { TokenCursor } from './token-cursor.ts'
import type { TokenKind } from './token.ts'

/** What lists need from the parser around them: the cursor, values, and the height of the tree read last. */
export interface ValueParser {
  readonly cursor: TokenCursor
  height: number
  value(): Expression
  bounded(node: Expression, height: number): Expression
}

type Closer = ')' | ']' | '}'

interface Items<T> {
  readonly open: Span
  readonly items: readonly T[]
  readonly close?: Span
  readonly span: Span
  readonly height: number
}

/** "[" [ items ] "]" */
export function parseArray(parser: ValueParser): Expression {
  const { items, height, ...rest } = parseItems(parser, ']', () => parser.value())
  const node: ArrayLiteral = { kind: 'array', ...rest, elements: items }
  return parser.bounded(node, height)
}

/** "{" [ fields ] "}" ; fields = field { "," field } [ "," ] . */
export function parseObject(parser: ValueParser): Expression {
  const { items, height, ...rest } = parseItems(parser, '}', () => parseField(parser))
  const node: ObjectLiteral = { kind: 'object', ...rest, fields: items }
  return parser.bounded(node, height)
}

/** "(" [ items ] ")" behind a callee of the given height. */
export function parseCall(parser: ValueParser, callee: Expression, calleeHeight: number): Expression {
  const { items, height, span, ...rest } = parseItems(parser, ')', () => parser.value())
  const node: Call = { kind: 'call', callee, ...rest, args: items, span: cover(callee.span, span) }
  return parser.bounded(node, Math.max(height, calleeHeight + 1))
}

/** items = expr { "," expr } [ "," ] . */
function parseItems<T extends Expression | Field>(
  parser: ValueParser,
  closer: Closer,
  readItem: () => T | undefined,
): Items<T> {
  const { cursor } = parser
  const open = spanOf(cursor.take())
  const items: T[] = []
  let height = 0
  while (cursor.kind !== closer && cursor.kind !== 'eof') {
    const before = cursor.token
    if (closer !== '}' && cursor.statementAhead() && cursor.indentOf(before) !== undefined) break
    const item = readItem()
    if (item) items.push(item)
    height = Math.max(height, parser.height)
    if (!passSeparator(cursor, closer) || cursor.token === before) break
  }
  const close = cursor.accept(closer)
  if (!close) {
    const opener = cursor.textOf(open)
    cursor.complain('unclosed-bracket', open, `"${opener}" is not closed: "${closer}" is missing`)
  }
  const span = { start: open.start, end: Math.max(open.end, cursor.lastEnd) }
  return { open, items, span, height: height + 1, ...(close ? { close: spanOf(close) } : {}) }
}

/** Takes the comma after an item, or says which one is missing; false when the list must end here. */
function passSeparator(cursor: TokenCursor, closer: Closer): boolean {
  if (cursor.accept(',')) return true
  if (cursor.kind === closer) return false
  if (cursor.kind === 'terminator') {
    const next = cursor.peek(1).kind
    if (next !== closer && !itemAhead(cursor, 1, closer)) return false
    missingComma(cursor, next === closer)
    cursor.take()
    return next !== closer
  }
  if (itemAhead(cursor, 0, closer)) {
    missingComma(cursor, false)
    return true
  }
  if (cursor.kind === ')' || cursor.kind === ']' || cursor.kind === '}' || cursor.kind === 'eof') return false
  cursor.complain('expected-separator', cursor.token, `expected "," or "${closer}", got ${cursor.found}`)
  cursor.skipBrokenValue()
  return cursor.accept(',') !== undefined
}

function missingComma(cursor: TokenCursor, trailing: boolean): void {
  const at = { start: cursor.lastEnd, end: cursor.lastEnd }
  const message = trailing
    ? 'a comma is missing: the last item needs one when the closing bracket is on the next line'
    : 'a comma is missing between two items'
  cursor.complain('missing-comma', at, message, { text: 'add a comma here', edit: { span: at, text: ',' } })
}

const valueStarts: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'identifier',
  'number',
  'float',
  'string',
  'bool',
  'null',
  '[',
  '{',
  '(',
  '!',
])

function itemAhead(cursor: TokenCursor, ahead: number, closer: Closer): boolean {
  const first = cursor.peek(ahead).kind
  if (closer !== '}') return valueStarts.has(first) && !cursor.statementAhead(ahead)
  const second = cursor.peek(ahead + 1).kind
  return (first === 'identifier' || first === 'string') && (second === '=' || second === ':')
}

/** field = ( IDENT | STRING ) "=" expr . */
function parseField(parser: ValueParser): Field | undefined {
  const { cursor } = parser
  parser.height = 1
  const name = parseFieldName(cursor)
  if (!name) return undefined
  const sign = cursor.token
  if (sign.kind === ':')
    cursor.complain('colon-for-equals', sign, 'a value is given with =, not with a colon', {
      text: 'did you mean =?',
      edit: { span: spanOf(sign), text: '=' },
    })
  else if (sign.kind !== '=') {
    cursor.complain('expected-equals', sign, `expected = after the key, got ${cursor.found}`)
    const end = { start: name.span.end, end: name.span.end }
    const value = { kind: 'error-expression', span: end } as const
    if (!valueStarts.has(sign.kind)) cursor.skipBrokenValue()
    return { kind: 'field', span: name.span, name, equals: end, value }
  }
  cursor.take()
  const value = parser.value()
  return { kind: 'field', span: cover(name.span, value.span), name, equals: spanOf(sign), value }
}

function parseFieldName(cursor: TokenCursor): FieldName | undefined {
  const { token } = cursor
  const raw = cursor.textOf(token)
  const reserved = token.kind === 'bool' || token.kind === 'null'
  if (token.kind !== 'identifier' && token.kind !== 'string' && !(reserved && cursor.peek(1).kind === '=')) {
    cursor.complain('expected-key', token, `expected a key (a name or a quoted string), got ${cursor.found}`)
    cursor.skipBrokenValue()
    return undefined
  }
  if (reserved)
    cursor.complain('reserved-name', token, `"${raw}" is reserved and cannot be a key without quotes`, {
      text: `did you mean "${raw}" in quotes?`,
      edit: { span: spanOf(token), text: `"${raw}"` },
    })
  cursor.take()
  const quoted = token.kind === 'string'
  const text = quoted ? raw.slice(1, raw.length > 1 && raw.endsWith(raw[0]) ? -1 : undefined) : raw
  return { kind: 'field-name', span: spanOf(token), raw, text, quoted }
}
