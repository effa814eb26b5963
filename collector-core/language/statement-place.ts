// Where in a text a statement goes in and how it comes out, blank lines and comments around it considered.

import type { Block, Statement } from './ast.ts'
import type { Parsed } from './parser.ts'
import type { Span } from './position.ts'
import type { TextEdit } from './text-edit.ts'
import { bodyIndent, indentAt, isFirstOnLine, newlineOf } from './text-style.ts'
import { tokenIndexFrom, tokensWithin } from './token-search.ts'
import { isComment } from './token.ts'

/** Where to insert: behind everything in the body, in front of everything, or behind one statement of it. */
export type InsertionPoint = 'start' | 'end' | Statement

/** Blank lines an inserted statement wants around it when it has a neighbour there. */
export interface BlankLines {
  readonly before: boolean
  readonly after: boolean
}

/** Edits that put a statement, already styled for its place, into a block with both braces, or into the file. */
export function insertStatement(
  parsed: Parsed,
  owner: Block | undefined,
  point: InsertionPoint,
  statement: string,
  blank: BlankLines,
): readonly TextEdit[] {
  const { text, tokens } = parsed
  const newline = newlineOf(text)
  const indent = bodyIndent(parsed, owner)
  const region = regionOf(parsed, owner)
  const solid = tokensWithin(tokens, region).filter((token) => token.end > token.start && !isBlankToken(token.kind))
  if (solid.length === 0) {
    const [before, after] = owner ? [newline + indent, newline + indentAt(text, owner.span.start)] : ['', newline]
    return [{ span: region, text: before + statement + after }]
  }
  const anchor =
    point === 'end'
      ? solid[solid.length - 1].end
      : endWithComments(parsed, point === 'start' ? region.start : point.span.end)
  const atTop = anchor === region.start
  if (atTop && !owner)
    return [{ span: { start: anchor, end: anchor }, text: statement + newline.repeat(blank.after ? 2 : 1) }]
  const lead = newline.repeat(blank.before && !atTop ? 2 : 1) + indent
  const next = solid.find((token) => token.start >= anchor)
  const restOfLine = text.slice(anchor, next ? next.start : region.end)
  const result: TextEdit[] = []
  if (owner && solid[0].start < anchor && !isComment(solid[0].kind) && !restBreaks(text, region.start, solid[0].start))
    result.push({ span: { start: region.start, end: solid[0].start }, text: newline + indent })
  if (restOfLine.includes('\n') || (!next && !owner)) {
    const crowded = blank.after && next !== undefined && !/\n[ \t\r]*\n/.test(restOfLine)
    result.push({ span: { start: anchor, end: anchor }, text: lead + statement + (crowded ? newline : '') })
  } else {
    const tail = next ? newline.repeat(blank.after ? 2 : 1) + indent : newline + indentAt(text, owner!.span.start)
    result.push({ span: { start: anchor, end: next ? next.start : region.end }, text: lead + statement + tail })
  }
  return result
}

/** Which comment directly above a statement goes with it: `attached` keeps headings (those with a ruler line), `none` keeps all. */
export type LeadingComment = 'attached' | 'none'

/** What to cut so that a statement is gone: whole lines with its trailing comment where it has lines of its own. */
export function removalSpan(
  parsed: Parsed,
  owner: Block | undefined,
  statement: Statement,
  leading: LeadingComment,
): Span {
  const { text } = parsed
  const { span } = statement
  const region = regionOf(parsed, owner)
  const end = endWithComments(parsed, span.end)
  const lineEnd = endOfBlankLine(text, end)
  if (!isFirstOnLine(text, span.start) || lineEnd === undefined) {
    const from = text.slice(region.start, span.start).trimEnd().length + region.start
    return { start: Math.max(region.start, from), end: span.end }
  }
  let start = lineStart(text, span.start)
  if (leading === 'attached') start = attachedCommentStart(parsed, start, region.start)
  start = Math.max(start, region.start)
  return withBlankLines(text, { start, end: lineEnd }, region)
}

// Of the blank lines above and below what is cut, one side goes too; both go at the edges of the body.
function withBlankLines(text: string, cut: Span, region: Span): Span {
  const above = text.slice(region.start, cut.start)
  const below = text.slice(cut.end, region.end)
  const keptAbove = above.trimEnd()
  const blankBelow = /^(?:[ \t\r]*\n)+/.exec(below)?.[0].length ?? 0
  if (below.trim() === '') {
    const firstNewline = /^[ \t\r]*\n/.exec(above.slice(keptAbove.length))?.[0].length ?? 0
    return { start: region.start + keptAbove.length + firstNewline, end: cut.end }
  }
  const blankAbove = keptAbove === '' || above.slice(keptAbove.length).split('\n').length > 2
  return blankAbove ? { start: cut.start, end: cut.end + blankBelow } : cut
}

function attachedCommentStart({ text, tokens }: Parsed, lineOfStatement: number, regionStart: number): number {
  let start = lineOfStatement
  let heading = false
  for (let index = tokenIndexFrom(tokens, lineOfStatement) - 1; index >= 0; index--) {
    const newline = tokens[index]
    if (newline.kind !== 'newline' || newline.start < regionStart) break
    const comment = tokens.slice(Math.max(0, index - 2), index).findLast((token) => token.kind !== 'terminator')
    if (!comment || !isComment(comment.kind) || comment.start < regionStart) break
    if (!isFirstOnLine(text, comment.start)) break
    if (/^[/*\s]*[=\-#~_*]{3,}[\s*/]*$/m.test(text.slice(comment.start, comment.end))) heading = true
    start = lineStart(text, comment.start)
    index = tokenIndexFrom(tokens, start)
  }
  return heading ? lineOfStatement : start
}

/** The offset moved behind the comments that follow it on its line. */
export function endWithComments({ text, tokens }: Parsed, offset: number): number {
  let end = offset
  for (let index = tokenIndexFrom(tokens, offset); index < tokens.length; index++) {
    const token = tokens[index]
    if (token.kind === 'whitespace' || token.kind === 'terminator') continue
    if (!isComment(token.kind) || text.slice(token.start, token.end).includes('\n')) break
    end = token.end
  }
  return end
}

function regionOf({ text, tokens }: Parsed, owner: Block | undefined): Span {
  if (owner) return { start: owner.open.end, end: owner.close?.start ?? owner.span.end }
  return { start: tokens[0].kind === 'bom' ? 1 : 0, end: text.length }
}

function isBlankToken(kind: string): boolean {
  return kind === 'whitespace' || kind === 'newline'
}

function restBreaks(text: string, start: number, end: number): boolean {
  return text.slice(start, end).includes('\n')
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

// The end of the line, newline included, when only blank space is left of it.
function endOfBlankLine(text: string, offset: number): number | undefined {
  const rest = /^[ \t\r]*(?:\n|$)/.exec(text.slice(offset, text.indexOf('\n', offset) + 1 || undefined))
  return rest ? offset + rest[0].length : undefined
}
