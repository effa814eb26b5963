// The text view shows `\n` where the document has `\r\n`: whoever edits there never meets a carriage return. Offsets and
// changes are translated on the way; a carriage return anywhere else is a character like others.
import { ChangeSet, Text } from '@codemirror/state'
import type { ChangeSpec } from '@codemirror/state'
import { newlineOf } from '../../../collector-core/language/text-style.ts'

export class LineEnds {
  /** Offsets in the document of the carriage returns that are not shown. */
  private readonly hidden: readonly number[]
  private readonly newline: '\n' | '\r\n'
  readonly shownText: string

  constructor(text: string) {
    const hidden: number[] = []
    for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n', at + 2)) hidden.push(at)
    this.hidden = hidden
    this.newline = newlineOf(text)
    this.shownText = hidden.length === 0 ? text : text.replaceAll('\r\n', '\n')
  }

  /** Where a place of the document is shown. */
  shown(offset: number): number {
    return offset - this.count((index) => this.hidden[index] < offset)
  }

  /** Where a shown place is in the document; the end of a line is in front of its line end. */
  real(offset: number): number {
    return offset + this.count((index) => this.hidden[index] - index < offset)
  }

  /** A change of what is shown as a change of the document; new lines end as the file's do. */
  realChanges(changes: ChangeSet): readonly ChangeSpec[] {
    const specs: ChangeSpec[] = []
    changes.iterChanges((from, to, _fromAfter, _toAfter, inserted) => {
      const text = inserted.toString()
      const insert = this.newline === '\n' ? text : text.replaceAll('\n', '\r\n')
      specs.push({ from: this.real(from), to: this.real(to), insert })
    })
    return specs
  }

  /** A change of the document as a change of what is shown; `after` are the line ends after it. */
  shownChanges(changes: ChangeSet, after: LineEnds): ChangeSet {
    const { length } = this.shownText
    if (this.hidden.length === 0 && after.hidden.length === 0) return changes
    const specs: ChangeSpec[] = []
    changes.iterChanges((from, to, _fromAfter, _toAfter, inserted) => {
      const insert = inserted.toString().replaceAll('\r\n', '\n')
      specs.push({ from: this.shown(from), to: this.shown(to), insert })
    })
    const shown = ChangeSet.of(specs, length, '\n')
    // A change that parts or joins a line end shows differently from its parts.
    return shown.apply(Text.of(this.shownText.split('\n'))).toString() === after.shownText
      ? shown
      : ChangeSet.of({ from: 0, to: length, insert: after.shownText }, length, '\n')
  }

  /** How many of the hidden ones, from the first on, satisfy a condition that none does after one that does not. */
  private count(holds: (index: number) => boolean): number {
    let low = 0
    let high = this.hidden.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (holds(middle)) low = middle + 1
      else high = middle
    }
    return low
  }
}
