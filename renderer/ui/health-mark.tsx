import type { HealthState } from '../../collector-core/protocol.ts'
import { useWords } from './use-words.ts'
import { words } from './words.ts'

const marks: Readonly<Record<HealthState, { readonly path: string; readonly hue: string; readonly filled: boolean }>> =
  {
    healthy: { path: 'M5 1a4 4 0 1 0 0 8a4 4 0 1 0 0 -8z', hue: 'healthy', filled: true },
    unknown: { path: 'M5 1.6a3.4 3.4 0 1 0 0 6.8a3.4 3.4 0 1 0 0 -6.8z', hue: 'waiting', filled: false },
    unhealthy: { path: 'M5 0.6L9.6 9H0.4z', hue: 'failing', filled: true },
    exited: { path: 'M1.4 1.4h7.2v7.2H1.4z', hue: 'failing', filled: true },
  }

interface HealthMarkProps {
  readonly state?: HealthState
  /** A word beside the mark says the same. */
  readonly silent?: boolean
}

/** Health as a dot whose shape differs too; undefined is drawn as unknown. */
export function HealthMark({ state = 'unknown', silent = false }: HealthMarkProps) {
  const { path, hue, filled } = marks[state]
  const word = useWords(words).health[state]
  const spoken = silent ? { 'aria-hidden': true } : { role: 'img', 'aria-label': word }
  return (
    <svg width={10} height={10} viewBox="0 0 10 10" {...spoken}>
      {!silent && <title>{word}</title>}
      <path
        d={path}
        fill={filled ? `var(--${hue})` : 'none'}
        stroke={filled ? 'none' : `var(--${hue})`}
        strokeWidth={1.6}
      />
    </svg>
  )
}
