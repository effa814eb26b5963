import type { EditorView } from '@codemirror/view'
import type { TextEdit } from '../../../collector-core/language/text-edit.ts'
import type { EditorHost } from './editor-host.ts'

/** The way out of the problem at the cursor, else of the first one on its line that has one. */
export function fixAt({ state }: EditorView, { document, lines }: EditorHost): TextEdit | undefined {
  const { head } = state.selection.main
  const line = state.doc.lineAt(head)
  const place = (offset: number): number => lines().shown(document.placeNow(offset))
  const near = document.snapshot.get().checked.diagnostics.filter(({ span, suggestion }) => {
    const [from, to] = [place(span.start), place(span.end)]
    return suggestion?.edit !== undefined && from <= line.to && to >= line.from
  })
  const here = near.find(({ span }) => place(span.start) <= head && head <= place(span.end))
  return (here ?? near.at(0))?.suggestion?.edit
}
