// What hovering tells, for the name at the cursor; it stays until the cursor moves, the text changes or Escape is pressed.
import { StateEffect, StateField } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import { keymap, showTooltip } from '@codemirror/view'
import type { Command, Tooltip } from '@codemirror/view'
import type { EditorHost } from './editor-host.ts'
import { explainPlace } from './explain-place.ts'
import { docsTooltip } from './hover-docs.ts'

const show = StateEffect.define<Tooltip | null>()

const shown = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, { effects, docChanged, selection }) {
    for (const effect of effects) if (effect.is(show)) return effect.value
    return docChanged || selection !== undefined ? null : tooltip
  },
  provide: (field) => showTooltip.from(field),
})

/** Explains the name at the cursor; says so when there is nothing to explain. */
export const explainHere =
  ({ document, tell }: EditorHost, nothing: () => string): Command =>
  (view) => {
    const found = explainPlace(view.state, view.state.selection.main.head, document.snapshot.get().checked.graph)
    if (found === undefined) tell(nothing())
    else view.dispatch({ effects: show.of(docsTooltip(found)) })
    return true
  }

export function docsAtCursor(): Extension {
  const close: Command = (view) => {
    if (view.state.field(shown) === null) return false
    view.dispatch({ effects: show.of(null) })
    return true
  }
  return [shown, keymap.of([{ key: 'Escape', run: close }])]
}
