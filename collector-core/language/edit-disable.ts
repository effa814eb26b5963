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

const unfinished: ReadonlySet<string> = new Set(['unterminated-raw-string', 'unterminated-comment'])

// Longest string or comment of several lines that is followed through commented-out lines.
const maxPending = 10_000

// Comments that look like blocks but are none; a file with more of them is not searched to its end.
const maxFailures = 500

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

/** The blocks that are commented out line by line, by `disableBlock` or by hand, outermost only, in order. */
export function disabledBlocks({ text, tokens }: Parsed): readonly DisabledBlock[] {
  const found: DisabledBlock[] = []
  const lines = tokens.filter((token) => token.kind === 'line-comment' && isFirstOnLine(text, token.start))
  const closing = closingLines(text, lines)
  let failures = 0
  for (let from = 0; from < lines.length; from++) {
    if (!/^\/\/ ?[\p{L}_].*\{/u.test(text.slice(lines[from].start, lines[from].end))) continue
    const to = closing.get(from)
    if (to === undefined) continue
    const block = onlyBlock(uncommented(text, lines.slice(from, to + 1)))
    if (!block && ++failures > maxFailures) break
    if (!block) continue
    const label = block.label?.text
    const span = { start: lines[from].start, end: lines[to].end }
    found.push({ span, name: block.name.text, ...(label ? { label } : {}) })
    from = to
  }
  return found
}

// For each line that opens a brace, the line that closes its first one; comment lines that do not follow one another are apart.
function closingLines(text: string, lines: readonly Span[]): ReadonlyMap<number, number> {
  const closing = new Map<number, number>()
  let open: number[] = []
  let pending = ''
  lines.forEach((line, at) => {
    const follows = at > 0 && text.slice(lines[at - 1].end, line.start).split('\n').length === 2
    if (!follows) [open, pending] = [[], '']
    pending += `${uncommented(text, [line])}\n`
    const diagnostics = new DiagnosticList()
    const tokens = scan(pending, diagnostics)
    // Inside a block a raw string or comment goes on in the next line, and is scanned again together with it.
    const goesOn = diagnostics.sorted().some(({ code }) => unfinished.has(code))
    if (goesOn && open.length + tokens.filter(({ kind }) => kind === '{').length > 0 && pending.length < maxPending)
      return
    const first = at + 2 - pending.split('\n').length
    let newlines = 0
    for (const { kind, start, end } of tokens) {
      if (kind === '{') open.push(first + newlines)
      const opener = kind === '}' ? open.pop() : undefined
      if (opener !== undefined) closing.set(opener, first + newlines)
      newlines += pending.slice(start, end).split('\n').length - 1
    }
    pending = ''
  })
  return closing
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
