import { applyEdits } from '../../../collector-core/language/text-edit.ts'
import type { TextEdit } from '../../../collector-core/language/text-edit.ts'
import { lineEdits } from './line-edits.ts'

/** Both sides' changes in one text, or that they cannot be told apart and a person has to choose. */
export type Merge = { readonly kind: 'merged'; readonly text: string } | { readonly kind: 'conflict' }

/**
 * Brings together two texts that come from one `base`, line by line. Changes of different lines, and the same change on
 * both sides, are merged; anything else is a conflict.
 */
export function mergeTexts(base: string, mine: string, theirs: string): Merge {
  if (mine === base || mine === theirs) return { kind: 'merged', text: theirs }
  if (theirs === base) return { kind: 'merged', text: mine }
  const ours = lineEdits(base, mine)
  const others = lineEdits(base, theirs).filter((edit) => !ours.some((own) => equal(own, edit)))
  if (ours.some((own) => others.some((edit) => meet(own, edit)))) return { kind: 'conflict' }
  return { kind: 'merged', text: applyEdits(base, [...ours, ...others]) }
}

function equal(a: TextEdit, b: TextEdit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text
}

/** Neighbours count: of two changes side by side nobody can say which comes first. */
function meet(a: TextEdit, b: TextEdit): boolean {
  return a.span.start <= b.span.end && b.span.start <= a.span.end
}
