// Switch a block off by commenting it out where it stands, and on again. The comment marks are all that is added or taken away.

import type { Block } from './ast.ts'
import { DiagnosticList } from './diagnostic-list.ts'
import { edits, refused } from './edit-result.ts'
import type { EditResult } from './edit-result.ts'
import { parse } from './parser.ts'
import type { Parsed } from './parser.ts'
import type { Span } from './position.ts'
import { scan } from './scanner.ts'
import { endWithComments } from './statement-place.ts'
import type { TextEdit } from './text-edit.ts'
import { indentAt, isFirstOnLine } from './text-style.ts'
import { findBlock } from './walk.ts'
import type { BlockPath } from './walk.ts'

/** A block that stands in the text as `//` comments; spans and offsets are those of the commented lines. */
export interface DisabledBlock {
  readonly span: Span
  readonly name: string
  readonly label?: string
}

/** Longest commented-out block that is looked for, so that comments full of braces cost no more than their length. */
export const maxDisabledLines = 1000

/** Puts `// ` in front of every line of a block, at the block's own indentation. */
export function disableBlock(parsed: Parsed, path: BlockPath): EditResult {
  const block = findBlock(parsed.tree, path)
  if (!block?.close) return refused('there is no closed block to switch off')
  const { text } = parsed
  const { start, end } = block.span
  const after = endWithComments(parsed, end)
  const rest = text.slice(after, lineEndOf(text, after))
  if (!isFirstOnLine(text, start) || rest.trim() !== '')
    return refused('the block shares a line with others; put it on lines of its own')
  if (text.slice(start, block.open.start).includes('\n'))
    return refused('the name of the block and its { stand on different lines; join them first')
  if (text.slice(start, end).split('\n').length > maxDisabledLines)
    return refused(`the block is longer than ${maxDisabledLines} lines, too long to be found again as a comment`)
  const indent = indentAt(text, start)
  const result: TextEdit[] = []
  for (let line = lineStartOf(text, start); line <= end; line = lineEndOf(text, line) + 1) {
    const content = text.slice(line, lineEndOf(text, line)).replace(/\r$/, '')
    const from = content.startsWith(indent) ? line + indent.length : line
    const mark = from - line === content.length ? '//' : '// '
    result.push({ span: { start: from, end: from }, text: mark })
    if (lineEndOf(text, line) >= text.length) break
  }
  return edits(...result)
}

/** Takes the comment marks off the disabled block that begins at or holds the offset. */
export function enableBlock(parsed: Parsed, offset: number): EditResult {
  const found = disabledBlocks(parsed).find(({ span }) => span.start <= offset && offset <= span.end)
  if (!found) return refused('there is no switched-off block here')
  const { text } = parsed
  const result: TextEdit[] = []
  for (let line = lineStartOf(text, found.span.start); line < found.span.end; line = lineEndOf(text, line) + 1) {
    const mark = text.indexOf('//', line)
    result.push({ span: { start: mark, end: mark + (text[mark + 2] === ' ' ? 3 : 2) }, text: '' })
  }
  return edits(...result)
}

/**
 * The blocks that are commented out line by line, by `disableBlock` or by hand, outermost only, in order. One of more than
 * `maxDisabledLines` lines is not recognised.
 */
export function disabledBlocks({ text, tokens }: Parsed): readonly DisabledBlock[] {
  const found: DisabledBlock[] = []
  const lines = tokens.filter((token) => token.kind === 'line-comment' && isFirstOnLine(text, token.start))
  for (let from = 0; from < lines.length; from++) {
    if (!/^\/\/ ?[\p{L}_].*\{/u.test(text.slice(lines[from].start, lines[from].end))) continue
    const to = lastLineOfBlock(text, lines, from)
    if (to === undefined) continue
    const block = onlyBlock(uncommented(text, lines.slice(from, to + 1)))
    if (!block) continue
    const label = block.label?.text
    const span = { start: lines[from].start, end: lines[to].end }
    found.push({ span, name: block.name.text, ...(label ? { label } : {}) })
    from = to
  }
  return found
}

// The line on which the braces opened on the first one are balanced, as long as the comment lines follow one another.
function lastLineOfBlock(text: string, lines: readonly Span[], from: number): number | undefined {
  let depth = 0
  let pending = ''
  for (let at = from; at < Math.min(lines.length, from + maxDisabledLines); at++) {
    if (at > from && text.slice(lines[at - 1].end, lines[at].start).split('\n').length !== 2) return undefined
    pending += `${uncommented(text, [lines[at]])}\n`
    const diagnostics = new DiagnosticList()
    const tokens = scan(pending, diagnostics)
    // A raw string or comment goes on in the next line, and is scanned again together with it.
    if (diagnostics.sorted().some(({ code }) => code === 'unterminated-raw-string' || code === 'unterminated-comment'))
      continue
    for (const { kind } of tokens) depth += kind === '{' ? 1 : kind === '}' ? -1 : 0
    if (depth <= 0) return at
    pending = ''
  }
  return undefined
}

function uncommented(text: string, lines: readonly Span[]): string {
  return lines.map((line) => text.slice(line.start, line.end).replace(/^\/\/ ?/, '')).join('\n')
}

function onlyBlock(piece: string): Block | undefined {
  const { tree, diagnostics } = parse(piece)
  const [first, ...others] = tree.body.statements
  return diagnostics.length === 0 && others.length === 0 && first.kind === 'block' ? first : undefined
}

function lineStartOf(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

function lineEndOf(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset)
  return newline < 0 ? text.length : newline
}
