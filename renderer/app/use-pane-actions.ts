import { useEffect } from 'react'
import type { Action } from '../model/actions.ts'
import { useWorkbench } from '../model/workbench-context.ts'
import { focusWhenDrawn } from '../ui/focus-when-drawn.ts'
import type { PipelineLayout } from './use-pipeline-layout.ts'
import { words } from './words.ts'

const action = (id: string, en: string, ko: string, run: () => void, keys?: string): Action => ({
  ...{ id: `view.${id}`, group: 'window', title: { en, ko }, run },
  ...(keys !== undefined && { keys: [keys] }),
})
const chosenTab = (pane: string): string => `[data-pane="${pane}"] [role="tab"][aria-selected="true"]`

/** Offers the faces and panes of the pipeline to the command palette and to keys; one that is opened has the focus. */
export function usePaneActions(layout: PipelineLayout): void {
  const { actions } = useWorkbench()
  const { editable, tabs, setFace, setPalette, setInspector, setDrawer, setTab } = layout
  useEffect(() => {
    const open = (tab: (typeof tabs)[number]) => (): void => {
      setTab(tab)
      setDrawer(true)
      focusWhenDrawn(chosenTab('drawer'))
    }
    const drawers = tabs.map((tab) => {
      const [en, ko] = [words.en.drawers[tab], words.ko.drawers[tab]]
      if (tab === 'diff') return action('review', 'Review what would change', '바뀌는 내용 검토', open(tab))
      return action(tab, `Show ${en}`, `${ko} 보기`, open(tab), tab === 'problems' ? 'Mod+Shift+M' : undefined)
    })
    const faces = (['canvas', 'split', 'text'] as const).map((face) =>
      action(`face-${face}`, `Show ${words.en.faces[face]}`, `${words.ko.faces[face]} 보기`, () => setFace(face)),
    )
    return actions.add([
      ...(editable ? faces : []),
      ...(editable
        ? [
            action('palette', 'Components to add', '추가할 컴포넌트', () => {
              setPalette(true)
              focusWhenDrawn('[data-pane="palette"] input')
            }),
          ]
        : []),
      action('inspector', 'Open the inspector', '인스펙터 열기', () => {
        setInspector(true)
        focusWhenDrawn(chosenTab('inspector'))
      }),
      ...drawers,
    ])
  }, [actions, editable, tabs, setFace, setPalette, setInspector, setDrawer, setTab])
}
