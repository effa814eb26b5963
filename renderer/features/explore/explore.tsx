import { useMemo, useState } from 'react'
import type { WeirClient } from '../../../host/contract/client.ts'
import type { TimeRange } from '../../../host/contract/explore.ts'
import { explorePanes, rangeAt } from '../../model/explore-state.ts'
import type { ExplorePane, ExploreState, ExploreTrail } from '../../model/explore-state.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'
import { useCell } from '../../live/connection-context.ts'
import { useWords } from '../../ui/use-words.ts'
import { dateTime } from '../../ui/clock-time.ts'
import { grafanaLink } from './grafana-link.ts'
import { LogsPane } from './logs-pane.tsx'
import { MetricsPane } from './metrics-pane.tsx'
import { ServicesPane } from './services-pane.tsx'
import { TracesPane } from './traces-pane.tsx'
import { words } from './words.ts'
import styles from './explore.module.css'

export type Go = (change: Partial<ExploreState>) => void

/** What every pane is given; `asked` changes when it should ask (again). */
export interface PaneProps {
  readonly client: WeirClient
  readonly state: ExploreState
  readonly range: TimeRange
  readonly asked: string
  /** How often the user asked again. */
  readonly again: number
  readonly go: Go
  /** Changes what is shown without a step to go back to. */
  readonly amend: Go
}

interface ExploreProps {
  readonly client: WeirClient
  readonly trail: ExploreTrail
  /** Grafana's address, where one runs. */
  readonly grafana: string | undefined
}

const panes = { logs: LogsPane, traces: TracesPane, metrics: MetricsPane, services: ServicesPane }
const lengths = ['300000', '900000', '3600000', '21600000', '86400000'] as const

/** Logs, traces, metrics and services of whichever backends run. */
export function Explore({ client, trail, grafana }: ExploreProps) {
  const say = useWords(words)
  const state = useCell(trail.state)
  const canGoBack = useCell(trail.canGoBack)
  const [asking, setAsking] = useState(0)
  const asked = JSON.stringify([state, asking])
  // The range stands still between questions: an answer and its chart share it.
  const range = useMemo(() => rangeAt((JSON.parse(asked) as [ExploreState])[0].range, Date.now()), [asked])
  const Pane = panes[state.pane]
  const { range: chosen } = state
  const last = 'last' in chosen ? lengths.find((ms) => Number(ms) === chosen.last) : undefined
  return (
    <section className={styles.explore} aria-label={say.title}>
      <header className={styles.header}>
        <IconButton icon="undo" label={say.back} disabled={!canGoBack} onClick={() => trail.back()} />
        <Segments
          label={say.title}
          value={state.pane}
          segments={explorePanes.map((value) => ({ value, label: say.panes[value] }))}
          onChange={(pane) => trail.go({ pane })}
        />
        <span className={styles.space} />
        {'from' in chosen && (
          <span className={styles.chosen}>{`${dateTime(chosen.from)} – ${dateTime(chosen.to).slice(11)}`}</span>
        )}
        <div className={styles.range}>
          <Select
            label={say.range}
            placeholder={say.chosenRange}
            value={last}
            options={lengths.map((value) => ({ value, label: say.last[value] }))}
            onChange={(value) => trail.go({ range: { last: Number(value) } })}
          />
        </div>
        <IconButton icon="again" label={say.again} onClick={() => setAsking(asking + 1)} />
        {grafana !== undefined && state.pane !== 'services' && (
          <Button icon="link" onClick={() => openGrafana(grafana, state.pane, state, range)}>
            {say.grafana}
          </Button>
        )}
      </header>
      <Pane
        client={client}
        state={state}
        range={range}
        asked={asked}
        again={asking}
        go={(change) => trail.go(change)}
        amend={(change) => trail.amend(change)}
      />
    </section>
  )
}

function openGrafana(grafana: string, pane: ExplorePane, state: ExploreState, range: TimeRange): void {
  if (pane === 'services') return
  const query = pane === 'traces' ? (state.traceId ?? state.traces) : state[pane]
  window.open(grafanaLink(grafana, pane, query, range), '_blank', 'noopener')
}
