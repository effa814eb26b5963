import type { Span } from './position.ts'

/** One replacement: the text under `span` becomes `text`; an empty span inserts. */
export interface TextEdit {
  readonly span: Span
  readonly text: string
}

/**
 * The text with all edits applied at once; their spans refer to the text as given, in any order.
 * Insertions at one place keep their order. Overlapping edits are a bug and throw `RangeError`.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits.map((edit, order) => ({ edit, order }))
  ordered.sort(
    (a, b) => a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end || a.order - b.order,
  )
  let result = ''
  let done = 0
  for (const { edit } of ordered) {
    const { start, end } = edit.span
    if (start < done || end < start || end > text.length)
      throw new RangeError(`edit at ${start}-${end} overlaps another edit or leaves the text of ${text.length} units`)
    result += text.slice(done, start) + edit.text
    done = end
  }
  return result + text.slice(done)
}
