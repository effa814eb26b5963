import { useCell, useConnection } from '../live/connection-context.ts'
import type { ConnectionState } from '../live/connection.ts'
import { HealthMark } from '../ui/health-mark.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import type { View } from './rail.tsx'
import { useTheme } from './use-theme.ts'
import { words } from './words.ts'
import styles from './top-bar.module.css'

interface TopBarProps {
  readonly view: View
  readonly state: ConnectionState
  readonly selected: string | undefined
  readonly onSelect: (id: string) => void
}

/** What is shown, how it is in one line, and whether it is live. */
export function TopBar({ view, state, selected, onSelect }: TopBarProps) {
  const components = useCell(useConnection().pipeline)?.nodes.length
  const [theme, nextTheme] = useTheme()
  return (
    <header className={styles.bar}>
      <h1 className={styles.title}>{words.views[view]}</h1>
      {components !== undefined && <span className={styles.fact}>{words.components(components)}</span>}
      <Failing selected={selected} onSelect={onSelect} />
      <span className={styles.space} />
      <span className={styles.state} role="status">
        <HealthMark silent state={state === 'live' ? 'healthy' : state === 'lost' ? 'unhealthy' : 'unknown'} />
        {words.states[state]}
      </span>
      <IconButton
        icon={theme === 'light' ? 'sun' : theme === 'dark' ? 'moon' : 'system'}
        label={words.theme[theme]}
        onClick={nextTheme}
      />
    </header>
  )
}

function Failing({ selected, onSelect }: Pick<TopBarProps, 'selected' | 'onSelect'>) {
  const frame = useCell(useConnection().numbers.frame)
  const failing = (frame?.components ?? [])
    .filter(({ health }) => health.state === 'unhealthy' || health.state === 'exited')
    .map(({ id }) => id)
  if (failing.length === 0) return null
  const following = failing[(failing.indexOf(selected ?? '') + 1) % failing.length]
  return (
    <button type="button" className={styles.failing} title={words.showFailing} onClick={() => onSelect(following)}>
      <HealthMark silent state="unhealthy" />
      {words.failing(failing.length)}
    </button>
  )
}
