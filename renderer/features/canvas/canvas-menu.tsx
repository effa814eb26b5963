import type { ReactElement } from 'react'
import { useCell } from '../../live/connection-context.ts'
import type { Action } from '../../model/actions.ts'
import { spokenLanguage } from '../../model/spoken-language.ts'
import { useSelection, useWorkbench } from '../../model/workbench-context.ts'
import type { IconName } from '../../ui/icon.tsx'
import { ContextMenu } from '../../ui/menu.tsx'
import type { MenuEntry } from '../../ui/menu.tsx'

const line = { kind: 'separator' } as const

const icons: Readonly<Partial<Record<string, IconName>>> = {
  'canvas.add': 'plus',
  'canvas.insert': 'plus',
  'canvas.connect': 'right',
  'canvas.reconnect': 'right',
  'canvas.rename': 'edit',
  'canvas.duplicate': 'copy',
  'canvas.copy': 'copy',
  'canvas.paste': 'paste',
  'canvas.toggle': 'disable',
  'canvas.remove': 'delete',
  'canvas.find': 'search',
  'canvas.tidy': 'tidy',
  'canvas.fit': 'fit',
}

/** The menu of the canvas and of what is selected on it. */
export function CanvasMenu({ children }: { readonly children: ReactElement }) {
  const { actions } = useWorkbench()
  const language = useCell(spokenLanguage)
  const all = useCell(actions.all)
  const { nodes, edges } = useSelection()
  const entry = (id: string): MenuEntry[] => {
    const action = all.find((one) => one.id === `canvas.${id}`)
    return action ? [entryOf(action)] : []
  }
  const entryOf = (action: Action): MenuEntry => ({
    label: action.title[language],
    onSelect: action.run,
    keys: action.keys?.at(0),
    icon: icons[action.id],
    disabled: action.enabled?.() === false,
    danger: action.id === 'canvas.remove',
  })
  const list = (...ids: readonly string[]): MenuEntry[] => ids.flatMap(entry)
  const align = all.filter(({ id }) => id.startsWith('canvas.align-')).map(entryOf)
  const entries: readonly MenuEntry[] =
    nodes.length > 0
      ? [
          ...list('connect', 'rename', 'duplicate', 'copy', 'cut', 'paste'),
          ...(nodes.length > 1
            ? [line, { kind: 'submenu', label: language === 'ko' ? '맞춤' : 'Align', entries: align } as const]
            : []),
          line,
          ...list('toggle', 'remove'),
        ]
      : edges.length > 0
        ? [...list('insert', 'reconnect'), line, ...list('remove')]
        : [...list('add', 'paste'), line, ...list('find', 'select-all', 'tidy', 'fit')]
  return <ContextMenu entries={entries}>{children}</ContextMenu>
}
