import type { ReactNode } from 'react'
import { useCell, useConnection } from '../live/connection-context.ts'
import type { ConnectionState } from '../live/connection.ts'
import { HealthMark } from '../ui/health-mark.tsx'
import { useWords } from '../ui/use-words.ts'
import { ThemeButton } from './theme-button.tsx'
import type { View } from './views.ts'
import { words } from './words.ts'
import styles from './top-bar.module.css'

interface TopBarProps {
  readonly view: View
  readonly state: ConnectionState
  readonly selected: string | undefined
  readonly onSelect: (id: string) => void
  /** What the view puts into the bar. */
  readonly tools?: ReactNode
}

/** What is shown, how it is in one line, and whether it is live. */
export function TopBar({ view, state, selected, onSelect, tools }: TopBarProps) {
  const say = useWords(words)
  const components = useCell(useConnection().pipeline)?.nodes.length
  return (
    <header className={styles.bar}>
      <h1 className={styles.title}>{say.views[view]}</h1>
      {components !== undefined && <span className={styles.fact}>{say.components(components)}</span>}
      <Failing selected={selected} onSelect={onSelect} />
      <span className={styles.space} />
      <span className={styles.state} role="status">
        <HealthMark silent state={state === 'live' ? 'healthy' : state === 'lost' ? 'unhealthy' : 'unknown'} />
        {say.states[state]}
      </span>
      <span className={styles.tools}>
        {tools}
        <ThemeButton />
      </span>
    </header>
  )
}

function Failing({ selected, onSelect }: Pick<TopBarProps, 'selected' | 'onSelect'>) {
  const say = useWords(words)
  const frame = useCell(useConnection().numbers.frame)
  const failing = (frame?.components ?? [])
    .filter(({ health }) => health.state === 'unhealthy' || health.state === 'exited')
    .map(({ id }) => id)
  if (failing.length === 0) return null
  const following = failing[(failing.indexOf(selected ?? '') + 1) % failing.length]
  return (
    <button type="button" className={styles.failing} title={say.showFailing} onClick={() => onSelect(following)}>
      <HealthMark silent state="unhealthy" />
      {say.failing(failing.length)}
    </button>
  )
}
