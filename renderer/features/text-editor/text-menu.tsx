import type { ReactElement } from 'react'
import { useCell } from '../../live/connection-context.ts'
import { spokenLanguage } from '../../model/spoken-language.ts'
import { useWorkbench } from '../../model/workbench-context.ts'
import { ContextMenu } from '../../ui/menu.tsx'
import type { MenuEntry } from '../../ui/menu.tsx'

const sections = [
  ['cut', 'copy', 'paste'],
  ['complete', 'explain', 'fix'],
  ['rename', 'definition', 'format'],
  ['fold', 'unfold', 'fold-all', 'unfold-all'],
  ['find'],
]

/** The menu of the text. */
export function TextMenu({ children }: { readonly children: ReactElement }) {
  const { actions } = useWorkbench()
  const all = useCell(actions.all)
  const language = useCell(spokenLanguage)
  const entries = sections.flatMap((ids, index): MenuEntry[] => [
    ...(index === 0 ? [] : [{ kind: 'separator' } as const]),
    ...ids.flatMap((id): MenuEntry[] => {
      const action = all.find((one) => one.id === `text.${id}`)
      return action ? [{ label: action.title[language], keys: action.keys?.at(0), onSelect: action.run }] : []
    }),
  ])
  return <ContextMenu entries={entries}>{children}</ContextMenu>
}
