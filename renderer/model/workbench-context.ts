import { createContext, useContext, useMemo, useSyncExternalStore } from 'react'
import { parse } from '../../collector-core/language/parser.ts'
import type { WeirClient } from '../../host/contract/client.ts'
import type { ActionRegistry } from './actions.ts'
import { compareConfigs } from './compare-configs.ts'
import type { BlockChange } from './compare-configs.ts'
import type { ConfigDocument, DocumentSnapshot } from './config-document.ts'
import type { ExploreTrail } from './explore-state.ts'
import type { ProjectSession } from './project-session/project-session.ts'
import type { Selection, SelectionModel } from './selection.ts'
import type { Spotlight } from './spotlight.ts'

/** What every view of the window works on. */
export interface Workbench {
  readonly client: WeirClient
  readonly project: ProjectSession
  readonly selection: SelectionModel
  readonly spotlight: Spotlight
  readonly actions: ActionRegistry
  readonly trail: ExploreTrail
  readonly readClipboard: () => Promise<string>
}

export const WorkbenchContext = createContext<Workbench | undefined>(undefined)

/** The workbench of this window. */
export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext)
  if (workbench === undefined) throw new Error('a part of the window was drawn without its workbench')
  return workbench
}

export function useDocument(): ConfigDocument {
  return useWorkbench().project.document
}

/** What is known of the document's text; draws again when that changes. */
export function useSnapshot(): DocumentSnapshot {
  const { snapshot } = useDocument()
  return useSyncExternalStore(snapshot.subscribe, snapshot.get)
}

/** What is selected; draws again when that changes. */
export function useSelection(): Selection {
  const { current } = useWorkbench().selection
  return useSyncExternalStore(current.subscribe, current.get)
}

const none: readonly BlockChange[] = []

/** What applying would change, block by block; none while nobody asks, or it is not known what runs. */
export function useBlockChanges(asked = true): readonly BlockChange[] {
  const { running } = useWorkbench().project
  const text = useSyncExternalStore(running.subscribe, running.get)
  const before = useMemo(() => (asked && text !== undefined ? parse(text) : undefined), [asked, text])
  const after = useSnapshot()
  return useMemo(
    () => (before === undefined || text === after.text ? none : compareConfigs(before, after.parsed)),
    [before, text, after],
  )
}
