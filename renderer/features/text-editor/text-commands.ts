// What can be done with the text: one list for its keys, its menu and the command palette.
import { startCompletion } from '@codemirror/autocomplete'
import { foldAll, unfoldAll, unfoldCode } from '@codemirror/language'
import { nextDiagnostic } from '@codemirror/lint'
import { openSearchPanel } from '@codemirror/search'
import type { Command, EditorView, KeyBinding } from '@codemirror/view'
import type { Action } from '../../model/actions.ts'
import { keysOf } from '../../model/keys.ts'
import { spokenLanguage, wordsIn } from '../../model/spoken-language.ts'
import { formatText, goToDefinition, renameHere } from './commands.ts'
import { explainHere } from './docs-at-cursor.ts'
import type { EditorHost } from './editor-host.ts'
import { fixAt } from './fix-here.ts'
import { foldHere } from './fold-here.ts'
import { words } from './words.ts'

export interface TextCommand {
  readonly id: string
  readonly title: Action['title']
  /** As shown; those of the clipboard the browser takes itself. */
  readonly keys: string
  readonly run: Command
  readonly native?: boolean
}

export function textCommands(host: EditorHost): readonly TextCommand[] {
  const say = () => wordsIn(words, spokenLanguage.get())
  const command = (id: string, keys: string, en: string, ko: string, run: Command): TextCommand => ({
    ...{ id: `text.${id}`, keys, title: { en, ko }, run },
  })
  const native = (id: string, keys: string, en: string, ko: string, run: (view: EditorView) => Promise<void>) => ({
    ...command(id, keys, en, ko, (view) => {
      run(view).catch((error: unknown) => host.tell(String(error)))
      return true
    }),
    native: true,
  })
  return [
    native('cut', 'Mod+X', 'Cut', '잘라내기', async (view) => {
      await navigator.clipboard.writeText(selectedText(view))
      view.dispatch({ ...view.state.replaceSelection(''), userEvent: 'delete.cut' })
    }),
    native('copy', 'Mod+C', 'Copy', '복사', (view) => navigator.clipboard.writeText(selectedText(view))),
    native('paste', 'Mod+V', 'Paste', '붙여넣기', async (view) => {
      const text = await host.readClipboard()
      view.dispatch({ ...view.state.replaceSelection(text.replaceAll('\r\n', '\n')), userEvent: 'input.paste' })
    }),
    command('complete', 'Ctrl+Space', 'Complete…', '자동 완성…', startCompletion),
    command(
      'explain',
      'Shift+F1',
      'Explain',
      '설명 보기',
      explainHere(host, () => say().nothingToExplain),
    ),
    command('fix', 'Mod+.', 'Fix the problem', '문제 고치기', (view) => {
      const edit = fixAt(view, host)
      if (edit === undefined) host.tell(say().nothingToFix)
      else host.document.apply({ kind: 'edits', edits: [edit] })
      return true
    }),
    command('next-problem', 'F8', 'Next problem', '다음 문제', nextDiagnostic),
    command('rename', 'F2', 'Rename…', '이름 바꾸기…', renameHere(host)),
    command('definition', 'F12', 'Go to the component', '컴포넌트로 이동', (view) =>
      goToDefinition(view, view.state.selection.main.head, host),
    ),
    command('format', 'Shift+Alt+F', 'Format', '서식 맞추기', formatText(host)),
    command('fold', 'Ctrl+Shift+[', 'Fold', '접기', foldHere),
    command('unfold', 'Ctrl+Shift+]', 'Unfold', '펼치기', unfoldCode),
    command('fold-all', 'Ctrl+Alt+[', 'Fold all', '모두 접기', foldAll),
    command('unfold-all', 'Ctrl+Alt+]', 'Unfold all', '모두 펼치기', unfoldAll),
    command('find', 'Mod+F', 'Find and replace', '찾기와 바꾸기', openSearchPanel),
  ]
}

const selectedText = ({ state }: EditorView): string =>
  state.selection.ranges.map(({ from, to }) => state.sliceDoc(from, to)).join('\n')

/** The commands as keys of the text view. */
export function commandKeys(commands: readonly TextCommand[]): readonly KeyBinding[] {
  return commands
    .filter(({ native }) => native !== true)
    .map(({ keys, run }) => ({ key: keysOf(keys).map(keyName).join('-'), run, preventDefault: true }))
}

const keyName = (key: string): string => (key.length === 1 ? key.toLowerCase() : key)

/** The commands as actions on a view, which has the focus afterwards. */
export function commandActions(commands: readonly TextCommand[], view: EditorView): readonly Action[] {
  return commands.map(({ id, title, keys, run }) => ({
    ...{ id, group: 'text', title, keys: [keys] },
    run: () => withFocus(view, () => run(view)),
  }))
}

/** A second at sixty frames. */
const mostFrames = 60

/** Does something with the focus on the text; a menu or the palette it was chosen from keeps the focus until it is closed. */
function withFocus(view: EditorView, then: () => void, left = mostFrames): void {
  if (left > 0 && document.querySelector('[role="menu"], [role="dialog"]') !== null) {
    requestAnimationFrame(() => withFocus(view, then, left - 1))
    return
  }
  view.focus()
  then()
}
