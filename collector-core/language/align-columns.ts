// Elastic columns: cells that stand under each other in neighbouring lines get one width, as `alloy fmt` aligns `=` and comments.

/** One line to be aligned: tabs in front, then cells; a newline inside the last cell is allowed, it is not measured. */
export interface AlignedLine {
  readonly indent: number
  readonly cells: readonly string[]
  /** True when no column may go on into the next line. */
  readonly hard: boolean
}

/**
 * The lines as text. In each column a run of neighbouring lines that have a cell after it gets the width of its longest cell,
 * in code points, and one space; a run ends at a hard line and at a line without that column. Indentation counts as columns.
 */
export function alignColumns(lines: readonly AlignedLine[]): string {
  const widths = lines.map((): number[] => [])
  let from = 0
  for (let at = 0; at < lines.length; at++) {
    if (!lines[at].hard && at + 1 < lines.length) continue
    alignColumn(lines, widths, 0, from, at + 1)
    from = at + 1
  }
  return lines.map((line, index) => renderLine(line, widths[index])).join('\n')
}

// Sets the widths of one column, and of those to its right, for the lines from..to, all of one section.
function alignColumn(
  lines: readonly AlignedLine[],
  widths: readonly number[][],
  column: number,
  from: number,
  to: number,
): void {
  let at = from
  while (at < to) {
    const start = at
    let width = 0
    for (; at < to && columnsOf(lines[at]) > column; at++) width = Math.max(width, widthAt(lines[at], column) + 1)
    if (at === start) {
      at++
      continue
    }
    for (let line = start; line < at; line++) widths[line].push(width)
    alignColumn(lines, widths, column + 1, start, at)
  }
}

// The last cell of a line pushes nothing and makes no column.
function columnsOf(line: AlignedLine): number {
  return line.cells.length === 0 ? 0 : line.indent + line.cells.length - 1
}

function widthAt(line: AlignedLine, column: number): number {
  return column < line.indent ? 0 : codePoints(line.cells[column - line.indent])
}

function renderLine(line: AlignedLine, widths: readonly number[]): string {
  if (line.cells.length === 0) return ''
  let result = ''
  for (let column = 0; column < line.indent; column++) result += '\t'.repeat(tabsFor(widths.at(column) ?? 0))
  line.cells.forEach((cell, index) => {
    result += cell
    if (index + 1 < line.cells.length) result += ' '.repeat(widths[line.indent + index] - codePoints(cell))
  })
  return result
}

// An empty cell in front is filled with tabs of eight columns, more than one where it stands under a long first cell.
function tabsFor(width: number): number {
  return Math.max(1, Math.ceil(width / 8))
}

function codePoints(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0xdc00 || unit > 0xdfff) count++
  }
  return count
}
