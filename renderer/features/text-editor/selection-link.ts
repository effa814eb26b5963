// Text and selection follow one another: the component under the cursor is the selected one, and the block of a component
// that is selected elsewhere is brought into sight and marked, without taking the focus.
import { syntaxTree } from '@codemirror/language'
import { EditorSelection, StateEffect, StateField } from '@codemirror/state'
import type { EditorState, Extension } from '@codemirror/state'
import { Decoration, EditorView } from '@codemirror/view'
import type { DecorationSet } from '@codemirror/view'
import { idOf } from './cursor-place.ts'
import type { EditorHost } from './editor-host.ts'

const mark = StateEffect.define<readonly { readonly from: number; readonly to: number }[]>()
const line = Decoration.line({ class: 'cm-selected-block' })

const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(mark)) return lineMarks(transaction.state, effect.value)
    }
    return set.map(transaction.changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

function lineMarks(
  { doc }: EditorState,
  spans: readonly { readonly from: number; readonly to: number }[],
): DecorationSet {
  const starts = spans.flatMap(({ from, to }) => {
    const [first, last] = [doc.lineAt(from).number, doc.lineAt(to).number]
    return Array.from({ length: last - first + 1 }, (_, index) => doc.line(first + index).from)
  })
  return Decoration.set(
    starts.map((at) => line.range(at)),
    true,
  )
}

/** Selects the component under the cursor when a person has moved it. */
export function followCursor({ selection }: EditorHost): Extension {
  return [
    marked,
    EditorView.updateListener.of(({ view, selectionSet, transactions }) => {
      if (!selectionSet || !view.hasFocus || !transactions.some((one) => one.isUserEvent('select'))) return
      const id = componentAt(view.state)
      if (id !== undefined && selection.current.get().primary !== id) selection.select([id])
    }),
  ]
}

function componentAt(state: EditorState): string | undefined {
  for (let at = syntaxTree(state).resolveInner(state.selection.main.head, -1); ; at = at.parent) {
    if (at.name === 'Block' && at.parent?.name === 'File') return idOf(at, ({ from, to }) => state.sliceDoc(from, to))
    if (at.parent === null) return undefined
  }
}

/** Marks the blocks of what is selected, and brings the chosen one into sight unless the cursor chose it. */
export function showSelection(view: EditorView, { document, selection, lines }: EditorHost): void {
  const { nodes, primary } = selection.current.get()
  const { byId } = document.snapshot.get().checked.graph
  const place = (offset: number): number => Math.min(lines().shown(document.placeNow(offset)), view.state.doc.length)
  const spanOf = (id: string): { from: number; to: number }[] => {
    const span = byId.get(id)?.block.span
    return span === undefined ? [] : [{ from: place(span.start), to: place(span.end) }]
  }
  const chosen = primary === undefined ? undefined : spanOf(primary).at(0)
  const scroll =
    chosen === undefined || (view.hasFocus && componentAt(view.state) === primary)
      ? []
      : [EditorView.scrollIntoView(EditorSelection.range(chosen.to, chosen.from), { y: 'nearest', yMargin: 40 })]
  view.dispatch({ effects: [mark.of(nodes.flatMap(spanOf)), ...scroll] })
}
