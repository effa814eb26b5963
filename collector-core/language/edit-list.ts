// Add and remove items between brackets, commas, lines and comments considered.

import type { Parsed } from './parser.ts'
import type { Span } from './position.ts'
import { endWithComments } from './statement-place.ts'
import type { TextEdit } from './text-edit.ts'
import { indentAt, indentUnitOf, isFirstOnLine, newlineOf } from './text-style.ts'
import { tokensWithin } from './token-search.ts'
import { isComment } from './token.ts'

/** Items in brackets that are both there: of a list or an object, or the arguments of a call. */
export interface BracketedItems {
  readonly open: Span
  readonly items: readonly { readonly span: Span }[]
  readonly close?: Span
}

/** The edit that adds an item at the end, on a line of its own when the closing bracket has one. */
export function appendItem(parsed: Parsed, list: BracketedItems, item: string): TextEdit {
  const { text } = parsed
  const close = list.close!
  const last = list.items.at(-1)
  if (!last) return insertFirst(parsed, list.open, close, item)
  const comma = commaAfter(parsed, last, close)
  const end = comma ?? last.span.end
  const ownLine = comma !== undefined && text.slice(end, close.start).includes('\n')
  if (!ownLine) return comma === undefined ? at(end, `, ${item}`) : at(end, ` ${item},`)
  const { start } = last.span
  const indent = isFirstOnLine(text, start) ? indentAt(text, start) : innerIndent(parsed, list.open)
  return at(endWithComments(parsed, end), `${newlineOf(text)}${indent}${item},`)
}

function insertFirst(parsed: Parsed, open: Span, close: Span, item: string): TextEdit {
  const { text, tokens } = parsed
  const inside = { start: open.end, end: close.start }
  const comments = tokensWithin(tokens, inside).filter((token) => isComment(token.kind))
  const last = comments.at(-1)
  if (!last) return { span: inside, text: item }
  if (!text.slice(last.end, close.start).includes('\n')) return at(close.start, item)
  return at(last.end, `${newlineOf(text)}${innerIndent(parsed, open)}${item},`)
}

/** The edit that takes out one item and its comma, with its line when it has one of its own. */
export function removeItem(parsed: Parsed, list: BracketedItems, index: number): TextEdit {
  const { text } = parsed
  const { items } = list
  const close = list.close!
  const { start, end } = items[index].span
  const comma = commaAfter(parsed, items[index], items.at(index + 1)?.span ?? close)
  if (items.length === 1 && !holdsComment(parsed, list.open.end, close.start)) return cut(list.open.end, close.start)
  const lineEnd = endWithComments(parsed, comma ?? end)
  if (comma !== undefined && isFirstOnLine(text, start) && /^[ \t\r]*\n/.test(text.slice(lineEnd, close.start)))
    return cut(text.lastIndexOf('\n', start - 1) + 1, text.indexOf('\n', lineEnd) + 1)
  const next = items.at(index + 1)
  if (next) return holdsComment(parsed, end, next.span.start) ? cut(start, comma ?? end) : cut(start, next.span.start)
  const before = items.at(index - 1)
  if (index > 0 && before && !holdsComment(parsed, before.span.end, start)) return cut(before.span.end, end)
  return cut(start, comma ?? end)
}

// End of the comma that follows an item before the next place, if there is one.
function commaAfter({ tokens }: Parsed, item: { readonly span: Span }, next: Span): number | undefined {
  return tokensWithin(tokens, { start: item.span.end, end: next.start }).find((token) => token.kind === ',')?.end
}

function holdsComment({ tokens }: Parsed, start: number, end: number): boolean {
  return tokensWithin(tokens, { start, end }).some((token) => isComment(token.kind))
}

function innerIndent(parsed: Parsed, open: Span): string {
  return indentAt(parsed.text, open.start) + indentUnitOf(parsed)
}

function at(offset: number, text: string): TextEdit {
  return { span: { start: offset, end: offset }, text }
}

function cut(start: number, end: number): TextEdit {
  return { span: { start, end }, text: '' }
}
