// @vitest-environment happy-dom
import { forEachDiagnostic } from '@codemirror/lint'
import { expect, test, vi } from 'vitest'
import { ConfigDocument } from '../../model/config-document.ts'
import { SelectionModel } from '../../model/selection.ts'
import { Spotlight } from '../../model/spotlight.ts'
import { codeRoot } from '../../ui/code/code-root.ts'
import { openEditor } from './open-editor.ts'
import type { TextCommand } from './text-commands.ts'

const environment = { env: () => undefined, hostname: 'here', os: 'linux', arch: 'amd64', version: 'v0' }
const config =
  'prometheus.echo "sink" { }\r\n\r\nprometheus.scrape "app" {\r\n  targets = []\r\n  forward_to = []\r\n}\r\n'

function open(text: string) {
  const parent = document.body.appendChild(document.createElement('div'))
  const config = new ConfigDocument(text, { file: 'config.alloy', environment })
  const selection = new SelectionModel()
  const spotlight = new Spotlight()
  const place = codeRoot(parent)
  const readClipboard = () => Promise.resolve('// pasted\r\n')
  const opened = openEditor(place, {
    ...{ document: config, selection, spotlight, readClipboard, tell: vi.fn(), zoomed: false },
  })
  return { config, selection, spotlight, ...opened }
}

test('what is typed reaches the document, line ends kept, and undo goes over gestures too', () => {
  const { config: doc, view } = open(config)
  expect(view.state.doc.toString()).toBe(config.replaceAll('\r\n', '\n'))
  const at = view.state.doc.toString().indexOf('forward_to')
  view.dispatch({ changes: { from: at, insert: 'job_name = "x"\n  ' }, userEvent: 'input.type' })
  expect(doc.text).toBe(config.replace('forward_to', 'job_name = "x"\r\n  forward_to'))
  const place = doc.text.indexOf('"sink"')
  doc.apply({ kind: 'edits', edits: [{ span: { start: place, end: place + 6 }, text: '"out"' }] })
  expect(view.state.doc.toString()).toContain('prometheus.echo "out" { }\n')
  doc.undo()
  doc.undo()
  expect(doc.text).toBe(config)
  expect(view.state.doc.toString()).toBe(config.replaceAll('\r\n', '\n'))
})

test('the checker’s diagnostics stand in the text, and their way out mends it', async () => {
  const { config: doc, view } = open(config.replace('targets', 'target'))
  const shown: { message: string; from: number; fix: (() => void) | undefined }[] = []
  forEachDiagnostic(view.state, ({ message, actions }, from) =>
    shown.push({ message, from, fix: actions?.[0] && (() => actions[0].apply(view, 0, 0)) }),
  )
  const unknown = shown.find(({ message }) => message.includes('"target"'))!
  expect(view.state.doc.sliceString(unknown.from, unknown.from + 6)).toBe('target')
  unknown.fix!()
  expect(doc.text).toBe(config)
  await Promise.resolve()
  let left = 0
  forEachDiagnostic(view.state, () => left++)
  expect(left).toBe(0)
})

test('a component that is selected elsewhere is marked, and one that is spoken of is selected as text', () => {
  const { config: doc, view, selection, spotlight } = open(config)
  selection.select(['prometheus.scrape.app'])
  const marked = [...view.dom.querySelectorAll('.cm-selected-block')].map((line) => line.textContent)
  expect(marked).toEqual(['prometheus.scrape "app" {', '  targets = []', '  forward_to = []', '}'])
  const start = doc.text.indexOf('forward_to')
  spotlight.show({ start, end: start + 10 })
  const { from, to } = view.state.selection.main
  expect(view.state.sliceDoc(from, to)).toBe('forward_to')
})

test('a closed view leaves the document alone', () => {
  const { config: doc, close } = open(config)
  close()
  doc.type({ from: 0, insert: '// x\r\n' }, 'input.type', {})
  expect(doc.text.startsWith('// x')).toBe(true)
})

const command = (commands: readonly TextCommand[], id: string) => commands.find((one) => one.id === `text.${id}`)!.run

test('the keyboard has what the mouse has: docs of the name at the cursor, its fold, the fix on its line', () => {
  const { config: doc, view, commands } = open(config.replace('targets', 'target'))
  const text = view.state.doc.toString()
  view.dispatch({ selection: { anchor: text.indexOf('forward_to') + 2 } })
  command(commands, 'explain')(view)
  expect(view.dom.querySelector('.cm-docs')?.textContent).toContain('forward_to')
  command(commands, 'fold')(view)
  expect(view.dom.querySelector('.cm-foldPlaceholder')).not.toBeNull()
  expect(view.dom.querySelector('.cm-docs')).toBeNull()
  command(commands, 'unfold')(view)
  expect(view.dom.querySelector('.cm-foldPlaceholder')).toBeNull()
  view.dispatch({ selection: { anchor: text.indexOf('= []') } })
  command(commands, 'fix')(view)
  expect(doc.text).toBe(config)
})

test('its menu pastes what the clipboard holds, with the line ends of the document', async () => {
  const { config: doc, view, commands } = open(config)
  view.dispatch({ selection: { anchor: 0 } })
  command(commands, 'paste')(view)
  await vi.waitFor(() => expect(doc.text).toBe(`// pasted\r\n${config}`))
})
