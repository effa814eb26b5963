import { useEffect } from 'react'
import { spokenLanguage, wordsIn } from '../../model/spoken-language.ts'
import type { Happening } from '../../model/project-session/project-state.ts'
import { useWorkbench } from '../../model/workbench-context.ts'
import { notify } from '../../ui/toast.tsx'
import { words } from './words.ts'

const warnings: ReadonlySet<Happening['kind']> = new Set(['merged', 'kept-mine', 'gone'])

/** Says what happened to the file and the text by themselves. */
export function useProjectNotices(): void {
  const { happening } = useWorkbench().project
  useEffect(
    () =>
      happening.subscribe(() => {
        const what = happening.get()
        if (what === undefined) return
        if (what.kind === 'failed') {
          notify({ tone: 'failed', title: what.message, detail: what.nextStep, id: 'project' })
          return
        }
        const tone = warnings.has(what.kind) ? 'warning' : 'done'
        notify({ tone, title: wordsIn(words, spokenLanguage.get()).happened[what.kind], id: 'project' })
      }),
    [happening],
  )
}
