import { foldEffect, foldable, syntaxTree } from '@codemirror/language'
import type { Command } from '@codemirror/view'

/** Folds the innermost block around the cursor, which stays before what is hidden. */
export const foldHere: Command = (view) => {
  const { state } = view
  const { head } = state.selection.main
  const inner = syntaxTree(state).resolveInner(state.doc.lineAt(head).to, -1)
  for (let node: typeof inner | null = inner; node !== null; node = node.parent) {
    const line = state.doc.lineAt(node.from)
    const range = foldable(state, line.from, line.to)
    if (range === null || head < line.from || head > range.to) continue
    view.dispatch({ selection: { anchor: range.from }, effects: foldEffect.of(range) })
    return true
  }
  return false
}
