import { diffIndices } from 'node-diff3'
import type { TextEdit } from '../../../collector-core/language/text-edit.ts'
import { commonEnds, linesOf } from './text-lines.ts'

/** Where more lines than this differ in one stretch, the stretch is replaced as a whole: comparing takes too long. */
const mostCompared = 1_500

/** The edits, line by line, that make one text of another; lines that are in both are left alone. */
export function lineEdits(from: string, to: string): readonly TextEdit[] {
  const before = linesOf(from)
  const after = linesOf(to)
  const { head, tail } = commonEnds(before, after)
  const old = before.slice(head, before.length - tail)
  const fresh = after.slice(head, after.length - tail)
  if (old.length === 0 && fresh.length === 0) return []
  const offsets = offsetsOf(before)
  const replace = (start: number, end: number, lines: readonly string[]): TextEdit => ({
    span: { start: offsets[head + start], end: offsets[head + end] },
    text: lines.join(''),
  })
  if (old.length + fresh.length > mostCompared) return [replace(0, old.length, fresh)]
  return diffIndices(old, fresh).map(({ buffer1: [start, length], buffer2Content }) =>
    replace(start, start + length, buffer2Content),
  )
}

/** Where each line begins, and where the last one ends. */
function offsetsOf(lines: readonly string[]): number[] {
  const offsets = [0]
  for (const line of lines) offsets.push(offsets[offsets.length - 1] + line.length)
  return offsets
}
