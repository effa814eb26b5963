import { useEffect, useState } from 'react'
import type { RecentProject } from '../../../host/contract/project.ts'
import { useCell } from '../../live/connection-context.ts'
import { fileName } from '../../model/project-session/project-state.ts'
import { useWorkbench } from '../../model/workbench-context.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useWords } from '../../ui/use-words.ts'
import styles from './project-controls.module.css'
import { ProjectQuestion } from './project-question.tsx'
import { useProjectActions } from './use-project-actions.ts'
import { useProjectKeys } from './use-project-keys.ts'
import { useProjectNotices } from './use-project-notices.ts'
import { words } from './words.ts'

/** The open file with what can be done with it, steps back and forward, and the questions that come up. */
export function ProjectControls() {
  const say = useWords(words)
  const { project, client } = useWorkbench()
  const file = useCell(project.file)
  const depth = useCell(project.document.depth)
  const { unsaved } = useCell(project.differences)
  const [recent, setRecent] = useState<readonly RecentProject[]>([])
  useProjectActions()
  useProjectKeys()
  useProjectNotices()
  useEffect(() => {
    // Without the list, the menu has one entry less.
    void client.call('recentProjects', {}).then(setRecent, () => undefined)
  }, [client, file.path])
  useEffect(() => {
    const stay = (event: BeforeUnloadEvent): void => {
      if (project.differences.get().unsaved) event.preventDefault()
    }
    window.addEventListener('beforeunload', stay)
    return () => window.removeEventListener('beforeunload', stay)
  }, [project])
  const name = file.path === undefined ? say.untitled : fileName(file.path)
  return (
    <div className={styles.controls}>
      <Menu
        entries={[
          { label: say.create, icon: 'file', onSelect: () => void project.create() },
          { label: say.open, icon: 'open', keys: 'Mod+O', onSelect: () => void project.open() },
          {
            kind: 'submenu',
            label: say.recent,
            entries:
              recent.length === 0
                ? [{ label: say.noRecent, disabled: true, onSelect: () => undefined }]
                : recent.slice(0, 12).map(({ path }) => ({ label: path, onSelect: () => void project.open(path) })),
          },
          { kind: 'separator' },
          { label: say.save, icon: 'save', keys: 'Mod+S', onSelect: () => void project.save() },
          { label: say.saveAs, keys: 'Mod+Shift+S', onSelect: () => void project.saveAs() },
          { label: say.revert, disabled: !unsaved, onSelect: () => project.revertToSaved() },
        ]}
      >
        <Button kind="quiet" icon="file" title={file.path}>
          <span className={styles.name}>{name}</span>
          {unsaved && <span className={styles.dot} role="img" aria-label={say.unsaved} />}
        </Button>
      </Menu>
      {file.readOnly && <Badge tone="waiting">{say.readOnly}</Badge>}
      <IconButton
        icon="undo"
        label={say.undo}
        keys="Mod+Z"
        disabled={depth.undo === 0}
        onClick={() => void project.document.undo()}
      />
      <IconButton
        icon="redo"
        label={say.redo}
        keys="Mod+Shift+Z"
        disabled={depth.redo === 0}
        onClick={() => void project.document.redo()}
      />
      <ProjectQuestion />
    </div>
  )
}
