import { syntaxTree } from '@codemirror/language'
import { EditorView, showDialog } from '@codemirror/view'
import type { Command } from '@codemirror/view'
import { renameLabel } from '../../../collector-core/language/edit-label.ts'
import type { ComponentNode } from '../../../collector-core/graph/graph.ts'
import { pathOf } from '../../../collector-core/language/walk.ts'
import { formatDocument } from '../../model/format-document.ts'
import { spokenLanguage, wordsIn } from '../../model/spoken-language.ts'
import type { EditorHost } from './editor-host.ts'
import { idOf } from './cursor-place.ts'
import { outermostMember, referencedComponent } from './explain-place.ts'
import { words } from './words.ts'

const say = () => wordsIn(words, spokenLanguage.get())

/** Formats the whole text; lines that are well formed already are not touched. */
export const formatText =
  ({ document, tell }: EditorHost): Command =>
  () => {
    if (!formatDocument(document)) tell(say().formatRefused)
    return true
  }

/** Asks for a new label of the component at the cursor and follows it through the file. */
export const renameHere =
  (host: EditorHost): Command =>
  (view) => {
    const node = componentNear(view, view.state.selection.main.head, host)
    if (node === undefined) host.tell(say().nothingToRename)
    else void askForLabel(view, node, host)
    return true
  }

async function askForLabel(view: EditorView, node: ComponentNode, host: EditorHost): Promise<void> {
  const { result } = showDialog(view, {
    label: say().renameTo(node.id),
    input: { name: 'label', value: node.label, 'aria-label': say().renameTo(node.id) },
    submitLabel: say().rename,
    focus: true,
    top: true,
  })
  const form = await result
  view.focus()
  const label = form === null ? null : new FormData(form).get('label')
  if (typeof label !== 'string') return
  const { parsed, checked } = host.document.current()
  const block = checked.graph.byId.get(node.id)?.block
  const path = block && pathOf(parsed.tree, block)
  const outcome = path && host.document.apply(renameLabel(parsed, path, label.trim()))
  if (outcome !== undefined) host.tell(outcome.refused)
}

/** Moves the cursor to the component a reference leads to; false when there is none at the place. */
export function goToDefinition(view: EditorView, offset: number, host: EditorHost): boolean {
  const node = componentNear(view, offset, host)
  if (node === undefined) return false
  const anchor = host.lines().shown(host.document.placeNow(node.block.span.start))
  view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'start', yMargin: 64 }) })
  return true
}

/** The component that is referred to at a place, or else the one whose block is there. */
function componentNear({ state }: EditorView, offset: number, { document }: EditorHost): ComponentNode | undefined {
  const { graph } = document.snapshot.get().checked
  const inner = syntaxTree(state).resolveInner(offset, -1)
  for (const start of [inner, syntaxTree(state).resolveInner(offset, 1)]) {
    if (start.name !== 'VariableName' && start.name !== 'PropertyName') continue
    const { from, to } = outermostMember(start)
    return referencedComponent(state.sliceDoc(from, to).replaceAll(/\s/g, ''), graph)
  }
  for (let at: typeof inner | null = inner; at !== null; at = at.parent) {
    if (at.parent?.name !== 'File' || at.name !== 'Block') continue
    const id = idOf(at, ({ from, to }) => state.sliceDoc(from, to))
    return id === undefined ? undefined : graph.byId.get(id)
  }
  return undefined
}
