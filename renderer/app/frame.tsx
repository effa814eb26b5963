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
  const lost = useCell(state) === 'lost'
  const stale = useCell(pipeline) !== undefined && lost
  return (
    <div className={styles.content}>
      <TopBar view={view} lead={lead} tools={tools} />
      <main className={styles.main}>
        {stale && (
          <p className={styles.stale} role="status">
            {servedBy === 'host' ? say.staleHost : say.stale}
          </p>
        )}
        <Suspense>{children}</Suspense>
      </main>
    </div>
  )
}
