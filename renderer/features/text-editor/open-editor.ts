import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, indentWithTab } from '@codemirror/commands'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language'
import { lintGutter, lintKeymap } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorSelection, EditorState } from '@codemirror/state'
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter } from '@codemirror/view'
import { crosshairCursor, highlightSpecialChars, keymap, lineNumbers, rectangularSelection } from '@codemirror/view'
import { indentUnitOf } from '../../../collector-core/language/text-style.ts'
import { spokenLanguage, wordsIn } from '../../model/spoken-language.ts'
import { translation } from '../../model/translation.ts'
import { alloy } from '../../ui/code/alloy-language.ts'
import type { CodeRoot } from '../../ui/code/code-root.ts'
import { codeTheme } from '../../ui/code/code-theme.ts'
import { codeWords } from '../../ui/code/code-words.ts'
import { formatText, goToDefinition, renameHere } from './commands.ts'
import { complete } from './complete.ts'
import { DocumentLink } from './document-link.ts'
import type { EditorHost } from './editor-host.ts'
import { editorTheme } from './editor-theme.ts'
import { hoverDocs } from './hover-docs.ts'
import { showProblems } from './problems-in-text.ts'
import { followCursor, showSelection } from './selection-link.ts'
import { words } from './words.ts'

/** Opens a text view of the document in a place for code, until the returned function is called. */
export function openEditor(place: CodeRoot, given: Omit<EditorHost, 'lines'>): () => void {
  const link = new DocumentLink(given.document)
  const host: EditorHost = { ...given, lines: () => link.lines }
  const { document, selection, spotlight } = host
  const view = new EditorView({
    ...place,
    state: EditorState.create({ doc: link.lines.shownText, extensions: extensionsFor(host) }),
    dispatchTransactions: link.dispatch,
  })
  let open = true
  const problems = (): void => showProblems(view, host)
  const chosen = (): void => showSelection(view, host)
  const stops = [
    link.follow(view),
    translation.subscribe(problems),
    document.snapshot.subscribe(() => queueMicrotask(() => open && problems())),
    selection.current.subscribe(chosen),
    selection.revealed.subscribe(chosen),
    spotlight.place.subscribe(() => {
      const span = spotlight.place.get()?.span
      if (span === undefined) return
      const range = EditorSelection.range(link.lines.shown(span.start), link.lines.shown(span.end))
      view.dispatch({ selection: range, effects: EditorView.scrollIntoView(range, { y: 'center' }) })
    }),
  ]
  problems()
  chosen()
  return () => {
    for (const stop of stops) stop()
    open = false
    view.destroy()
  }
}

function extensionsFor(host: EditorHost) {
  const { document } = host
  const say = wordsIn(words, spokenLanguage.get())
  const step = (go: () => boolean) => () => {
    go()
    return true
  }
  return [
    EditorState.lineSeparator.of('\n'),
    indentUnit.of(indentUnitOf(document.snapshot.get().parsed)),
    EditorState.tabSize.of(4),
    alloy(),
    codeTheme,
    codeWords(),
    editorTheme,
    lineNumbers(),
    foldGutter(),
    lintGutter(),
    highlightSpecialChars(),
    drawSelection(),
    EditorState.allowMultipleSelections.of(true),
    rectangularSelection(),
    crosshairCursor(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    search({ top: true }),
    autocompletion({ override: [(context) => complete(context, () => document.snapshot.get().checked.graph)] }),
    hoverDocs(host),
    followCursor(host),
    EditorView.contentAttributes.of({ 'aria-label': say.editor, tabindex: '0' }),
    EditorView.domEventHandlers({
      mousedown: (event, view) => {
        if (!event.ctrlKey && !event.metaKey) return false
        const offset = view.posAtCoords({ x: event.clientX, y: event.clientY })
        return offset !== null && goToDefinition(view, offset, host)
      },
    }),
    keymap.of([
      { key: 'Mod-z', run: step(() => document.undo()), preventDefault: true },
      { key: 'Mod-y', mac: 'Mod-Shift-z', run: step(() => document.redo()), preventDefault: true },
      { key: 'Mod-Shift-z', run: step(() => document.redo()), preventDefault: true },
      { key: 'Shift-Alt-f', run: formatText(host) },
      { key: 'F2', run: renameHere(host) },
      { key: 'F12', run: (view) => goToDefinition(view, view.state.selection.main.head, host) },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...searchKeymap,
      ...foldKeymap,
      ...lintKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
  ]
}
