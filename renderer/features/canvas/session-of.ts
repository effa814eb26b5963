import { CanvasSession } from '../../model/canvas-session.ts'
import { wordsIn, spokenLanguage } from '../../model/spoken-language.ts'
import type { Workbench } from '../../model/workbench-context.ts'
import { notify } from '../../ui/toast.tsx'
import { layoutEngine } from './layout-engine.ts'
import { words } from './words.ts'

const sessions = new WeakMap<Workbench, CanvasSession>()

/** The canvas session of a workbench; it goes on while another view is shown. */
export function sessionOf(workbench: Workbench, editable: boolean): CanvasSession {
  const known = sessions.get(workbench)
  if (known !== undefined) return known
  const { project, selection, client } = workbench
  const refuse = (reason: string): void =>
    notify({ id: 'canvas', tone: 'warning', title: wordsIn(words, spokenLanguage.get()).notDone, detail: reason })
  const session = new CanvasSession({
    ...{ document: project.document, selection, engine: layoutEngine, refuse, editable },
    now: () => performance.now(),
    savePositions: (positions) => {
      if (!editable) return
      client
        .call('saveLayout', { positions })
        .catch((error: unknown) => refuse(error instanceof Error ? error.message : String(error)))
    },
  })
  const opened = (): void => session.open(project.project.get()?.positions ?? {})
  project.project.subscribe(opened)
  opened()
  session.start()
  sessions.set(workbench, session)
  return session
}
