import type { Diagnostic } from './diagnostic.ts'
import { LineIndex } from './position.ts'

/** Lines shown in full when a complaint covers many; the rest is left out with a mark. */
const maxFrameLines = 12

/**
 * A complaint for a terminal: `Error: file:line:col: message`, an empty line, the lines around the place with the place marked,
 * and the way out as a last line. Pass the same `LineIndex` for many complaints about one text.
 */
export function renderDiagnostic(diagnostic: Diagnostic, source: string | LineIndex): string {
  const lines = typeof source === 'string' ? new LineIndex(source) : source
  const { suggestion } = diagnostic
  const parts = [headline(diagnostic, lines), '', ...frame(diagnostic, lines)]
  if (suggestion) parts.push('', `hint: ${suggestion.text}`)
  return parts.join('\n')
}

/** Only the first line: `Error: file:line:col: message`, without `file:` when it is unknown. */
export function headline(diagnostic: Diagnostic, lines: LineIndex): string {
  const { line, column } = lines.position(diagnostic.span.start)
  const place = diagnostic.file === undefined ? `${line}:${column}` : `${diagnostic.file}:${line}:${column}`
  return `${diagnostic.severity === 'error' ? 'Error' : 'Warning'}: ${place}: ${diagnostic.message}`
}

function frame({ span }: Diagnostic, lines: LineIndex): string[] {
  const first = lines.lineOf(span.start)
  const last = lines.lineOf(Math.max(span.start, span.end - 1))
  const from = Math.max(1, first - 1)
  const to = Math.min(lines.lineCount, last + 1)
  const width = String(to).length
  const result: string[] = []
  for (let line = from; line <= to; line++) {
    const covered = line >= first && line <= last
    if (line - first >= maxFrameLines && line < last) {
      if (line - first === maxFrameLines) result.push(`${' '.repeat(width)} : … ${last - line} more lines`)
      continue
    }
    const text = lines.lineText(line)
    if (line === to && !covered && text === '') break
    const gutter = first === last ? '' : covered ? '> ' : '  '
    result.push(`${String(line).padStart(width)} | ${gutter}${widen(text)}`.trimEnd())
    if (first === last && covered) result.push(`${' '.repeat(width)} | ${underline(line, span.start, span.end, lines)}`)
  }
  return result
}

function underline(line: number, start: number, end: number, lines: LineIndex): string {
  const from = lines.lineStart(line)
  const stop = lines.lineEnd(line)
  const before = widen(lines.text.slice(from, Math.min(start, stop)))
  const marked = widen(lines.text.slice(start, Math.min(end, stop)))
  return ' '.repeat(columnsOf(before)) + '^'.repeat(Math.max(1, columnsOf(marked)))
}

function widen(text: string): string {
  return text.replaceAll(/[\t\v]/g, '    ').replaceAll('\r', '')
}

function columnsOf(text: string): number {
  let columns = 0
  for (const character of text) columns += isWide(character.codePointAt(0)!) ? 2 : 1
  return columns
}

// Terminals give East Asian wide characters and emoji two columns; the marks below must follow.
function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  )
}
