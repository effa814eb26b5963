import { useMemo, useState } from 'react'
import { Canvas } from '../features/canvas/canvas.tsx'
import { Inspector } from '../features/inspector/inspector.tsx'
import { LiveTable } from '../features/live-table/live-table.tsx'
import { useCell, useConnection } from '../live/connection-context.ts'
import type { ConnectionState } from '../live/connection.ts'
import { drawPipeline } from '../model/picture.ts'
import { Notice } from '../ui/notice.tsx'
import { Rail } from './rail.tsx'
import type { View } from './rail.tsx'
import { TopBar } from './top-bar.tsx'
import { words } from './words.ts'
import styles from './app.module.css'

/** The window: rail, bar, one view, and the inspector of what is selected. */
export function App() {
  const connection = useConnection()
  const state = useCell(connection.state)
  const pipeline = useCell(connection.pipeline)
  const picture = useMemo(() => pipeline && drawPipeline(pipeline), [pipeline])
  const [view, setView] = useState<View>('pipeline')
  const [selected, setSelected] = useState<string>()
  const node = picture?.nodes.find(({ id }) => id === selected)
  return (
    <div className={styles.window}>
      <Rail view={view} onView={setView} />
      <div className={styles.content}>
        <TopBar view={view} state={state} selected={selected} onSelect={setSelected} />
        <div className={styles.body} data-inspecting={node !== undefined}>
          <main className={styles.main}>
            {state === 'lost' && picture !== undefined && (
              <p className={styles.stale} role="status">
                {words.stale}
              </p>
            )}
            {picture === undefined || picture.nodes.length === 0 ? (
              <Notice {...(picture === undefined ? absence(state) : words.empty)} />
            ) : view === 'pipeline' ? (
              <Canvas picture={picture} selected={node?.id} onSelect={setSelected} />
            ) : (
              <LiveTable picture={picture} selected={node?.id} onSelect={setSelected} />
            )}
          </main>
          {picture && node && <Inspector key={node.id} node={node} picture={picture} onSelect={setSelected} />}
        </div>
      </div>
    </div>
  )
}

function absence(state: ConnectionState): { readonly title: string; readonly detail: string } {
  return state === 'lost' ? words.lost : state === 'waiting' ? words.waiting : words.connecting
}
