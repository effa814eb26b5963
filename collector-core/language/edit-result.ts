import type { TextEdit } from './text-edit.ts'

/** The edits that do what was asked (none when it is so already), or a sentence that says why it cannot be done. */
export type EditResult =
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'refused'; readonly reason: string }

/** Edits that may be applied. */
export function edits(...list: readonly TextEdit[]): EditResult {
  return { kind: 'edits', edits: list }
}

/** An edit that cannot be made. */
export function refused(reason: string): EditResult {
  return { kind: 'refused', reason }
}

/** A single replacement, or nothing when the text is already there. */
export function replaced(text: string, start: number, end: number, replacement: string): readonly TextEdit[] {
  return text.slice(start, end) === replacement ? [] : [{ span: { start, end }, text: replacement }]
}
