import { useMemo, useState } from 'react'
import { useCell, useConnection } from '../live/connection-context.ts'
import type { ConnectionState } from '../live/connection.ts'
import { drawPipeline } from '../model/picture.ts'
import { DesignSystem } from '../ui/provider.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useWords } from '../ui/use-words.ts'
import { useKept } from './kept.ts'
import { parts } from './parts.tsx'
import { PipelineTools } from './pipeline-tools.tsx'
import { PipelineView } from './pipeline-view.tsx'
import { Rail } from './rail.tsx'
import { TopBar } from './top-bar.tsx'
import { usePipelineLayout } from './use-pipeline-layout.ts'
import { isView } from './views.ts'
import type { View } from './views.ts'
import { words } from './words.ts'
import styles from './app.module.css'

/** The window: rail, bar and one view. */
export function App() {
  const say = useWords(words)
  const connection = useConnection()
  const state = useCell(connection.state)
  const pipeline = useCell(connection.pipeline)
  const picture = useMemo(() => pipeline && drawPipeline(pipeline), [pipeline])
  const [view, setView] = useKept<View>('view', 'pipeline', isView)
  const layout = usePipelineLayout()
  const [selected, setSelected] = useState<string>()
  const Own = view === 'stack' || view === 'explore' || view === 'settings' ? parts[view] : undefined
  const absent = picture === undefined || picture.nodes.length === 0
  const part = { picture: picture ?? { nodes: [], edges: [] }, selected, onSelect: setSelected }
  return (
    <DesignSystem>
      <div className={styles.window}>
        <Rail view={view} onView={setView} />
        <div className={styles.content}>
          <TopBar
            view={view}
            state={state}
            selected={selected}
            onSelect={setSelected}
            tools={view === 'pipeline' && <PipelineTools layout={layout} />}
          />
          <main className={styles.main}>
            {state === 'lost' && !absent && (
              <p className={styles.stale} role="status">
                {say.stale}
              </p>
            )}
            {Own !== undefined ? (
              <Own />
            ) : absent ? (
              <EmptyState icon="components" {...(picture === undefined ? say[absence(state)] : say.empty)} />
            ) : view === 'pipeline' ? (
              <PipelineView layout={layout} {...part} />
            ) : (
              <parts.live {...part} />
            )}
          </main>
        </div>
      </div>
    </DesignSystem>
  )
}

function absence(state: ConnectionState): 'lost' | 'waiting' | 'connecting' {
  return state === 'live' ? 'connecting' : state
}
