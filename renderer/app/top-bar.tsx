import type { ReactNode } from 'react'
import { useCell, useConnection } from '../live/connection-context.ts'
import { connectionMark } from '../live/connection-mark.ts'
import { useSelection, useWorkbench } from '../model/workbench-context.ts'
import { HealthMark } from '../ui/health-mark.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useWords } from '../ui/use-words.ts'
import { ThemeButton } from './theme-button.tsx'
import type { View } from './views.ts'
import { words } from './words.ts'
import styles from './top-bar.module.css'

interface TopBarProps {
  readonly view: View
  readonly lead: ReactNode
  readonly tools: ReactNode
}

/** What is shown, how it is in one line, and whether it is live. */
export function TopBar({ view, lead, tools }: TopBarProps) {
  const say = useWords(words)
  const { actions } = useWorkbench()
  const connection = useConnection()
  const state = useCell(connection.state)
  const components = useCell(connection.pipeline)?.nodes.length
  return (
    <header className={styles.bar}>
      <h1 className={styles.title}>{say.views[view]}</h1>
      {lead ??
        (view === 'live' && components !== undefined && (
          <span className={styles.fact}>{say.components(components)}</span>
        ))}
      <span className={styles.space} />
      <Failing />
      <span className={styles.state} role="status">
        <HealthMark silent state={connectionMark(state)} />
        {say.states[state]}
      </span>
      <span className={styles.tools}>
        {tools}
        <IconButton
          icon="search"
          label={say.commands}
          keys="Mod+K"
          onClick={() => void actions.run('window.commands')}
        />
        <ThemeButton />
      </span>
    </header>
  )
}

function Failing() {
  const say = useWords(words)
  const { selection } = useWorkbench()
  const { primary } = useSelection()
  const { numbers, state } = useConnection()
  const frame = useCell(numbers.frame)
  const stopped = useCell(state) === 'stopped'
  const failing = (frame?.components ?? [])
    .filter(({ health }) => health.state === 'unhealthy' || health.state === 'exited')
    .map(({ id }) => id)
  if (stopped || failing.length === 0) return null
  const following = failing[(failing.indexOf(primary ?? '') + 1) % failing.length]
  return (
    <button
      type="button"
      className={styles.failing}
      title={say.showFailing}
      onClick={() => selection.reveal(following)}
    >
      <HealthMark silent state="unhealthy" />
      {say.failing(failing.length)}
    </button>
  )
}
