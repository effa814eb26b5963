import { useEffect } from 'react'
import type { Action } from '../../model/actions.ts'
import { useWorkbench } from '../../model/workbench-context.ts'
import { words } from './words.ts'

/** Offers what can be done with the file to menus, the palette and shortcuts. */
export function useProjectActions(): void {
  const { project, actions } = useWorkbench()
  useEffect(() => {
    const { document } = project
    const action = (
      id: string,
      name: 'create' | 'open' | 'save' | 'saveAs' | 'revert',
      run: () => unknown,
      keys?: string,
    ): Action => ({
      id: `project.${id}`,
      group: 'project',
      title: { en: words.en[name], ko: words.ko[name] },
      ...(keys !== undefined && { keys: [keys] }),
      run: () => void run(),
    })
    const step = (id: 'undo' | 'redo', keys: readonly string[]): Action => ({
      id: `edit.${id}`,
      group: 'edit',
      title: { en: words.en[id], ko: words.ko[id] },
      keys,
      enabled: () => document.depth.get()[id] > 0,
      run: () => void document[id](),
    })
    return actions.add([
      action('new', 'create', () => project.create()),
      action('open', 'open', () => project.open(), 'Mod+O'),
      action('save', 'save', () => project.save(), 'Mod+S'),
      action('save-as', 'saveAs', () => project.saveAs(), 'Mod+Shift+S'),
      action('revert', 'revert', () => project.revertToSaved()),
      step('undo', ['Mod+Z']),
      step('redo', ['Mod+Shift+Z', 'Mod+Y']),
    ])
  }, [project, actions])
}
