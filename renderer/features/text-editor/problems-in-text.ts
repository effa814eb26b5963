import { setDiagnostics } from '@codemirror/lint'
import type { Diagnostic as ShownDiagnostic } from '@codemirror/lint'
import type { EditorView } from '@codemirror/view'
import type { EditorHost } from './editor-host.ts'
import { translation } from '../../model/translation.ts'

/** Marks in the text what the checker says of it, with its ways out; those of a text that is being typed move along. */
export function showProblems(view: EditorView, host: EditorHost): void {
  const { document, lines } = host
  const { diagnostics } = document.snapshot.get().checked
  const { length } = view.state.doc
  const translate = translation.get()
  const place = (offset: number): number => Math.min(lines().shown(document.placeNow(offset)), length)
  const shown = diagnostics.map(({ severity, message, span, suggestion }): ShownDiagnostic => {
    const edit = suggestion?.edit
    const actions =
      edit === undefined
        ? []
        : [{ name: translate(suggestion!.text), apply: () => void document.apply({ kind: 'edits', edits: [edit] }) }]
    return {
      severity,
      message: withHint(translate(message), edit === undefined && suggestion ? translate(suggestion.text) : undefined),
      actions,
      ...between(place(span.start), place(span.end)),
    }
  })
  view.dispatch(setDiagnostics(view.state, shown))
}

const withHint = (message: string, hint: string | undefined): string =>
  hint === undefined ? message : `${message}; ${hint}`

const between = (from: number, to: number): { readonly from: number; readonly to: number } => ({
  from: Math.min(from, to),
  to: Math.max(from, to),
})
