// Where the formatter's words go: gaps are queued until the next word is known, because a comment in between changes them.

import { alignColumns } from './align-columns.ts'
import type { AlignedLine } from './align-columns.ts'
import type { LineIndex, Span } from './position.ts'
import type { Token } from './token.ts'

/**
 * What may lie between two words. `column` starts an aligned cell; a `soft` newline lets columns go on, a `hard` one ends them;
 * `indent` and `unindent` take effect when the gap is written.
 */
export type Gap = 'blank' | 'column' | 'soft' | 'hard' | 'indent' | 'unindent'

/** Takes words and gaps in order, puts the comments of the source between them, and lays out the result. */
export class FormatLayout {
  private readonly lines: LineIndex
  private readonly comments: readonly Token[]
  private readonly done: AlignedLine[] = []
  private nextComment = 0
  private queue: Gap[] = []
  private depth = 0
  private indent = 0
  private cells: string[] = []
  private blank = false
  // Source line on which the word or comment written last ended; 0 before the first.
  private lastLine = 0

  constructor(lines: LineIndex, comments: readonly Token[]) {
    this.lines = lines
    this.comments = comments
  }

  /** Queues gaps. */
  gap(...gaps: readonly Gap[]): void {
    this.queue.push(...gaps)
  }

  /** Writes the word at a place of the source, after the comments that stand before it there. */
  word(span: Span, text = this.lines.text.slice(span.start, span.end)): void {
    if (!this.injectComments(span.start, this.lines.lineOf(span.start))) this.flush(this.queue.length)
    this.write(text)
    this.lastLine = this.lines.lineOf(Math.max(span.start, span.end - 1))
  }

  /** Writes a sign that sticks to the word before it, comments or not. */
  sign(text: string): void {
    this.flush(this.queue.length)
    this.write(text)
  }

  /** Writes the comments that are left and returns the whole text, with one newline at its end. */
  finish(): string {
    this.injectComments(Infinity, Infinity)
    this.endLine(true)
    return `${alignColumns(this.done)}\n`
  }

  // Writes the comments before a word and the gap after them, which follows the source; false when there is no comment.
  private injectComments(start: number, line: number): boolean {
    let last: Token | undefined
    for (; this.nextComment < this.comments.length; this.nextComment++) {
      const comment = this.comments[this.nextComment]
      if (comment.start >= start) break
      this.gapBefore(comment, line)
      this.write(this.lines.text.slice(comment.start, comment.end).replaceAll('\r', ''))
      this.lastLine = this.lines.lineOf(comment.end - 1)
      last = comment
    }
    if (!last) return false
    if (line !== Infinity) this.gapAfter(last, line)
    return true
  }

  private gapBefore(comment: Token, nextLine: number): void {
    const line = this.lines.lineOf(comment.start)
    if (this.lastLine === 0) return
    if (line === this.lastLine) {
      this.apply(line === nextLine ? 'blank' : 'column')
      return
    }
    const depthChanges = this.queue.findIndex((gap) => gap !== 'indent' && gap !== 'unindent')
    this.flush(Math.max(0, depthChanges))
    this.newlines(line - this.lastLine, 'hard')
  }

  private gapAfter(comment: Token, nextLine: number): void {
    const newlines = nextLine - this.lastLine
    if (comment.kind === 'block-comment' && newlines === 0) this.apply('blank')
    const hard = this.queue.includes('hard')
    this.queue = this.queue.filter((gap) => gap === 'indent' || gap === 'unindent')
    this.flush(this.queue.length)
    this.newlines(newlines, hard ? 'hard' : 'soft')
  }

  private newlines(count: number, kind: 'soft' | 'hard'): void {
    for (let left = Math.min(count, 2); left > 0; left--) this.apply(kind)
  }

  private flush(count: number): void {
    for (const gap of this.queue.splice(0, count)) this.apply(gap)
  }

  private apply(gap: Gap): void {
    switch (gap) {
      case 'blank':
        this.blank = true
        return
      case 'column':
        this.openCell()
        return
      case 'soft':
      case 'hard':
        this.endLine(gap === 'hard')
        return
      case 'indent':
        this.depth++
        return
      case 'unindent':
        this.depth--
    }
  }

  // What follows a word of several lines stands below its last line, so no column can hold it.
  private openCell(): void {
    if (this.cells.some((cell) => cell.includes('\n'))) this.blank = true
    else this.cells.push('')
  }

  private write(text: string): void {
    if (this.cells.length === 0) {
      this.indent = this.depth
      this.cells.push('')
      this.blank = false
    }
    this.cells[this.cells.length - 1] += this.blank ? ` ${text}` : text
    this.blank = false
  }

  private endLine(hard: boolean): void {
    this.done.push({ indent: this.indent, cells: this.cells, hard })
    this.cells = []
    this.blank = false
  }
}
