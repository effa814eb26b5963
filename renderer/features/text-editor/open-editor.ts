import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, indentWithTab } from '@codemirror/commands'
import { bracketMatching, foldGutter, indentOnInput, indentUnit } from '@codemirror/language'
import { lintGutter, lintKeymap } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorSelection, EditorState } from '@codemirror/state'
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter } from '@codemirror/view'
import {
  crosshairCursor,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
  tooltips,
} from '@codemirror/view'
import { indentUnitOf } from '../../../collector-core/language/text-style.ts'
import { spokenLanguage, wordsIn } from '../../model/spoken-language.ts'
import { translation } from '../../model/translation.ts'
import { alloy } from '../../ui/code/alloy-language.ts'
import type { CodeRoot } from '../../ui/code/code-root.ts'
import { codeTheme } from '../../ui/code/code-theme.ts'
import { codeWords } from '../../ui/code/code-words.ts'
import { goToDefinition } from './commands.ts'
import { complete } from './complete.ts'
import { docsAtCursor } from './docs-at-cursor.ts'
import { DocumentLink } from './document-link.ts'
import type { EditorHost } from './editor-host.ts'
import { editorTheme } from './editor-theme.ts'
import { foldPlaceholder } from './fold-placeholder.ts'
import { hoverDocs } from './hover-docs.ts'
import { showProblems } from './problems-in-text.ts'
import { followCursor, showSelection } from './selection-link.ts'
import { commandKeys, textCommands } from './text-commands.ts'
import type { TextCommand } from './text-commands.ts'
import { words } from './words.ts'

/** A text view, until it is closed, and what can be done in it. */
export interface OpenEditor {
  readonly view: EditorView
  readonly commands: readonly TextCommand[]
  readonly close: () => void
}

/** Opens a text view of the document in a place for code. */
export function openEditor(place: CodeRoot, given: Omit<EditorHost, 'lines'>): OpenEditor {
  const link = new DocumentLink(given.document)
  const host: EditorHost = { ...given, lines: () => link.lines }
  const { document, selection, spotlight } = host
  const commands = textCommands(host)
  const view = new EditorView({
    ...place,
    state: EditorState.create({ doc: link.lines.shownText, extensions: extensionsFor(host, commands) }),
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
  const close = (): void => {
    for (const stop of stops) stop()
    open = false
    view.destroy()
  }
  return { view, commands, close }
}

function extensionsFor(host: EditorHost, commands: readonly TextCommand[]) {
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
    foldPlaceholder(),
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
    docsAtCursor(),
    // Only where they are absolute do they know how far the page is zoomed; fixed ones reach beyond the pane.
    tooltips({ position: host.zoomed ? 'absolute' : 'fixed' }),
    followCursor(host),
    EditorView.contentAttributes.of({ 'aria-label': say.editor, tabindex: '0' }),
    EditorView.domEventHandlers({
      mousedown: (event, view) => {
        if (!event.ctrlKey && !event.metaKey) return false
        const offset = view.posAtCoords({ x: event.clientX, y: event.clientY })
        return offset !== null && goToDefinition(view, offset, host)
      },
      // A right click acts on what is under it.
      contextmenu: (event, view) => {
        const offset = event.button === 2 ? view.posAtCoords({ x: event.clientX, y: event.clientY }) : null
        const { from, to } = view.state.selection.main
        if (offset === null || (offset >= from && offset <= to)) return false
        view.dispatch({ selection: { anchor: offset }, userEvent: 'select.pointer' })
        return false
      },
    }),
    keymap.of([
      { key: 'Mod-z', run: step(() => document.undo()), preventDefault: true },
      { key: 'Mod-y', mac: 'Mod-Shift-z', run: step(() => document.redo()), preventDefault: true },
      { key: 'Mod-Shift-z', run: step(() => document.redo()), preventDefault: true },
      ...commandKeys(commands),
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...searchKeymap,
      ...lintKeymap,
      // That one applies the config, wherever it is pressed.
      ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
      indentWithTab,
    ]),
  ]
}
