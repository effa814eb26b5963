// How a file is written: its newlines and its indentation, so that what an edit adds looks like what is there.

import type { Block, File } from './ast.ts'
import { DiagnosticList } from './diagnostic-list.ts'
import type { Parsed } from './parser.ts'
import { scan } from './scanner.ts'
import { visit } from './walk.ts'

/** The newline of the file: that of its first line, LF when there is none. */
export function newlineOf(text: string): '\n' | '\r\n' {
  const first = text.indexOf('\n')
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n'
}

/** The blank space in front of the line that holds the offset. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? ''
}

/** True when only blank space stands between the start of the line and the offset. */
export function isFirstOnLine(text: string, offset: number): boolean {
  return /^[ \t\r\uFEFF]*$/.test(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))
}

/** What the file indents one level with: the first step found in it, a tab when there is none. */
export function indentUnitOf({ text, tree }: { readonly text: string; readonly tree: File }): string {
  let unit: string | undefined
  visit(tree, (node) => {
    if (unit !== undefined || node.kind === 'attribute') return false
    if (node.kind === 'block') unit = stepOf(text, node)
    return true
  })
  return unit ?? '\t'
}

function stepOf(text: string, block: Block): string | undefined {
  const inner = block.body.statements.find((statement) => isFirstOnLine(text, statement.span.start))
  if (!inner) return undefined
  const outer = indentAt(text, block.span.start)
  const own = indentAt(text, inner.span.start)
  return own.startsWith(outer) && own.length > outer.length ? own.slice(outer.length) : undefined
}

/** The indentation of statements in a block (or of the file): that of the first on a line of its own, else one level more. */
export function bodyIndent(parsed: Parsed, owner: Block | undefined): string {
  if (!owner) return ''
  const first = owner.body.statements.find((statement) => isFirstOnLine(parsed.text, statement.span.start))
  return first
    ? indentAt(parsed.text, first.span.start)
    : indentAt(parsed.text, owner.span.start) + indentUnitOf(parsed)
}

/**
 * A piece of config, written with LF and with tabs or two spaces per level, in the style of a file: its lines after the first
 * begin with `base`, levels use `unit`, newlines are `newline`. Strings and comments of several lines are not touched.
 */
export function restyle(piece: string, base: string, unit: string, newline: string): string {
  const tokens = scan(piece, new DiagnosticList())
  const levelWidth = smallestIndent(piece)
  let result = ''
  let atLineStart = false
  for (const token of tokens) {
    const source = piece.slice(token.start, token.end)
    if (token.kind === 'newline') {
      result += newline
      atLineStart = true
    } else if (atLineStart && token.start < token.end) {
      const level = token.kind === 'whitespace' ? levelOf(source, levelWidth) : 0
      const next = piece[token.kind === 'whitespace' ? token.end : token.start]
      if (next !== '\n' && next !== '\r') result += base + unit.repeat(level)
      if (token.kind !== 'whitespace') result += source
      atLineStart = false
    } else result += source
  }
  return result
}

function levelOf(blank: string, levelWidth: number): number {
  const tabs = blank.split('\t').length - 1
  return tabs + Math.round((blank.length - tabs) / levelWidth)
}

function smallestIndent(piece: string): number {
  let smallest = Infinity
  for (const match of piece.matchAll(/^( +)\S/gm)) smallest = Math.min(smallest, match[1].length)
  return smallest === Infinity ? 2 : smallest
}
