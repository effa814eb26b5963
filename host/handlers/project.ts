import type { WindowProjects } from '../project/window-projects.ts'
import { newestOnly } from '../session/handlers.ts'
import type { Topic } from '../session/handlers.ts'

/** The operating system's dialog for files, where there is one. */
export type ChooseFile = (
  window: string,
  purpose: 'open' | 'save',
  suggested: string | undefined,
) => Promise<string | undefined>

/** Config files, their layout and drafts. */
export function projectTopic(
  projects: WindowProjects,
  chooseFile: ChooseFile,
): Topic<
  | 'openProject'
  | 'newProject'
  | 'saveProject'
  | 'saveLayout'
  | 'saveDraft'
  | 'discardDraft'
  | 'recentProjects'
  | 'listFolder'
  | 'chooseFile',
  'diskChanges'
> {
  return {
    calls: {
      openProject: ({ path }, { window }) => projects.open(window, path),
      newProject: ({ text }, { window }) => projects.begin(window, text ?? ''),
      saveProject: (args, { window }) => projects.save(window, args),
      async saveLayout({ positions }, { window }) {
        await projects.saveLayout(window, positions)
        return null
      },
      async saveDraft({ text }, { window }) {
        await projects.saveDraft(window, text)
        return null
      },
      async discardDraft(_, { window }) {
        await projects.discardDraft(window)
        return null
      },
      recentProjects: () => projects.recentProjects(),
      listFolder: ({ path }, { window }) => projects.listFolder(window, path),
      chooseFile: ({ purpose, suggested }, { window }) => chooseFile(window, purpose, suggested),
    },
    streams: {
      diskChanges: { begin: (_, sink, { window }) => projects.watch(window, sink.send), merge: newestOnly },
    },
  }
}
