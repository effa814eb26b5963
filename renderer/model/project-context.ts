import { createContext, useContext, useSyncExternalStore } from 'react'
import type { ConfigDocument, DocumentSnapshot } from './config-document.ts'
import type { ProjectSession } from './project-session/project-session.ts'

export const ProjectContext = createContext<ProjectSession | undefined>(undefined)

/** The project of this window. */
export function useProject(): ProjectSession {
  const project = useContext(ProjectContext)
  if (project === undefined) throw new Error('a part of the window was drawn without its project')
  return project
}

/** The document of this window's project. */
export function useDocument(): ConfigDocument {
  return useProject().document
}

/** What is known of the document's text; draws again when that changes. */
export function useSnapshot(): DocumentSnapshot {
  const { snapshot } = useDocument()
  return useSyncExternalStore(snapshot.subscribe, snapshot.get)
}
