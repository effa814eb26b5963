// Places in a text. Offsets are UTF-16 code units; lines and columns are worked out late, only when someone wants to read them.

/** A stretch of text, `start` inclusive and `end` exclusive, in UTF-16 code units from the start of the file. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A place as printed: line and column from 1, the column counting UTF-8 bytes as Alloy does. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** True when `offset` lies in the span or touches one of its ends. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end
}

/** The smallest span that holds both. */
export function cover(first: Span, last: Span): Span {
  return { start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) }
}

/** A plain span with the same ends, without what else the place carries. */
export function spanOf(place: Span): Span {
  return { start: place.start, end: place.end }
}

/** Finds lines and columns of offsets; built once per text, in one pass, then O(log lines) per question. */
export class LineIndex {
  readonly text: string
  private readonly starts: readonly number[]

  constructor(text: string) {
    this.text = text
    const starts = [0]
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
    this.starts = starts
  }

  /** Number of lines; a text that ends in a newline has an empty last line. */
  get lineCount(): number {
    return this.starts.length
  }

  /** The line, from 1, that holds the offset; offsets outside the text are moved to its ends. */
  lineOf(offset: number): number {
    let low = 0
    let high = this.starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (this.starts[middle] <= offset) low = middle
      else high = middle
    }
    return low + 1
  }

  /** Offset of the first code unit of a line, counted from 1. */
  lineStart(line: number): number {
    const index = Math.min(Math.max(line, 1), this.starts.length) - 1
    return this.starts[index]
  }

  /** Offset behind the last code unit of a line, its `\n` or `\r\n` left out. */
  lineEnd(line: number): number {
    if (line >= this.starts.length) return this.text.length
    const newline = this.starts[Math.max(line, 1)] - 1
    return newline > 0 && this.text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline
  }

  /** The text of a line without its newline. */
  lineText(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineEnd(line))
  }

  /** Line and column of an offset, the column in UTF-8 bytes from 1. */
  position(offset: number): Position {
    const clamped = Math.min(Math.max(offset, 0), this.text.length)
    const line = this.lineOf(clamped)
    return { line, column: utf8Length(this.text, this.lineStart(line), clamped) + 1 }
  }
}

function utf8Length(text: string, start: number, end: number): number {
  let bytes = 0
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) bytes += 1
    else if (unit < 0x800) bytes += 2
    else if (unit >= 0xd800 && unit < 0xdc00 && at + 1 < end && isLowSurrogate(text.charCodeAt(at + 1))) {
      bytes += 4
      at++
    } else bytes += 3
  }
  return bytes
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}
