import { useEffect } from 'react'
import { hasErrors } from '../../../collector-core/language/diagnostic.ts'
import type { Action } from '../../model/actions.ts'
import { useWorkbench } from '../../model/workbench-context.ts'
import { notify } from '../../ui/toast.tsx'
import { useWords } from '../../ui/use-words.ts'
import { words } from './words.ts'

/** Offers to apply what differs from what runs, and to give it up, to buttons, the palette and a shortcut. */
export function useReviewActions(): void {
  const say = useWords(words)
  const { project, actions } = useWorkbench()
  useEffect(() => {
    const differs = (): boolean => project.differences.get().unapplied !== false
    const apply = async (): Promise<void> => {
      if (!(await project.apply())) actions.run('view.review')
    }
    const action = (id: 'apply' | 'discard', rest: Pick<Action, 'keys' | 'enabled' | 'run'>): Action => ({
      ...{ id: `project.${id}`, group: 'project', title: { en: words.en[id], ko: words.ko[id] } },
      ...rest,
    })
    return actions.add([
      action('apply', {
        keys: ['Mod+Enter'],
        enabled: () => {
          const { unfinished, snapshot } = project.document
          // What is still typed into a field may be the first difference.
          return (differs() || unfinished.size > 0) && !hasErrors(snapshot.get().checked.diagnostics)
        },
        run: () => void apply(),
      }),
      action('discard', {
        enabled: () => differs() && project.running.get() !== undefined,
        run: () => {
          project.revertToRunning()
          notify({ tone: 'done', title: say.discarded, id: 'project' })
        },
      }),
    ])
  }, [project, actions, say])
}
