import { Suspense } from 'react'
import type { ReactNode } from 'react'
import { useCell, useConnection } from '../live/connection-context.ts'
import { useWords } from '../ui/use-words.ts'
import { TopBar } from './top-bar.tsx'
import type { View } from './views.ts'
import { words } from './words.ts'
import styles from './app.module.css'

interface FrameProps {
  readonly view: View
  readonly children: ReactNode
  /** After the title: what the view is about. */
  readonly lead?: ReactNode
  /** At the end of the bar. */
  readonly tools?: ReactNode
}

/** A view with the bar above it, which says when what it shows is old. */
export function Frame({ view, children, lead, tools }: FrameProps) {
  const say = useWords(words)
  const { state, pipeline, servedBy } = useConnection()
  const now = useCell(state)
  const shown = useCell(pipeline) !== undefined
  const lost = shown && now === 'lost'
  const down = shown && view === 'live' && (now === 'stopped' || now === 'failed' || now === 'restarting')
  return (
    <div className={styles.content}>
      <TopBar view={view} lead={lead} tools={tools} />
      <main className={styles.main}>
        {(lost || down) && (
          <p className={styles.stale} role="status">
            {down ? say.staleDown : servedBy === 'host' ? say.staleHost : say.stale}
          </p>
        )}
        <div className={styles.view}>
          <Suspense>{children}</Suspense>
        </div>
      </main>
    </div>
  )
}
