import { useEffect, useMemo } from 'react'
import { CommandPalette } from '../features/command-palette/command-palette.tsx'
import { useCell, useConnection } from '../live/connection-context.ts'
import { drawPipeline } from '../model/picture.ts'
import type { Picture } from '../model/picture.ts'
import { spokenLanguage } from '../model/spoken-language.ts'
import { useSelection, useWorkbench } from '../model/workbench-context.ts'
import { DesignSystem } from '../ui/provider.tsx'
import { DemoNotice } from './demo-notice.tsx'
import { HealthNotices } from './health-notices.tsx'
import { Rail } from './rail.tsx'
import { useDocumentLook } from './theme-button.tsx'
import { useCollectorActions } from './use-collector-actions.ts'
import { useLookActions } from './use-look-actions.ts'
import { usePlace } from './use-place.ts'
import { viewActions } from './views.ts'
import { LiveView } from './live-view.tsx'
import { parts } from './parts.tsx'
import { PipelineView } from './pipeline-view.tsx'
import styles from './app.module.css'

const nothing: Picture = { nodes: [], edges: [] }

/** The window: rail and one view. */
export function App() {
  useDocumentLook()
  useLookActions()
  useCollectorActions()
  const language = useCell(spokenLanguage)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const [view, setView] = usePlace()
  const { pipeline: current, servedBy } = useConnection()
  const { selection, actions } = useWorkbench()
  useEffect(() => actions.add(viewActions(setView, servedBy === 'host')), [actions, setView, servedBy])
  const { primary } = useSelection()
  const pipeline = useCell(current)
  const running = useMemo(() => (pipeline === undefined ? nothing : drawPipeline(pipeline)), [pipeline])
  const part = {
    picture: running,
    selected: primary,
    onSelect: (id: string | undefined) => (id === undefined ? selection.clear() : selection.reveal(id)),
  }
  const Own = view === 'stack' || view === 'explore' || view === 'settings' ? parts[view] : undefined
  return (
    <DesignSystem>
      <div className={styles.window}>
        <Rail view={view} onView={setView} />
        <HealthNotices onShow={() => setView('pipeline')} />
        <DemoNotice onShow={() => setView('settings')} />
        {Own !== undefined ? (
          <Own onView={setView} />
        ) : view === 'live' ? (
          <LiveView {...part} />
        ) : (
          <PipelineView {...part} />
        )}
      </div>
      <CommandPalette />
    </DesignSystem>
  )
}
