import type { FoundSpan } from '../../../host/contract/explore.ts'
import type { ExploreRange } from '../../model/explore-state.ts'
import { Button } from '../../ui/button.tsx'
import { useWords } from '../../ui/use-words.ts'
import { shortDuration } from '../../ui/quantity.ts'
import { clockTime } from '../../ui/clock-time.ts'
import type { Go } from './explore.tsx'
import { Pairs } from './pairs.tsx'
import { traceLines } from './pivot.ts'
import { words } from './words.ts'
import styles from './span-details.module.css'

interface SpanDetailsProps {
  readonly span: FoundSpan
  readonly traceId: string
  readonly go: Go
}

/** A span with all it carries, and the ways to the logs of its trace and the metrics of its service. */
export function SpanDetails({ span, traceId, go }: SpanDetailsProps) {
  const say = useWords(words)
  const { service, name, kind, status, statusMessage, durationMs, startedAt, attributes, resource, events } = span
  const around = rangeAround(startedAt, durationMs, Date.now())
  return (
    <aside className={styles.details} aria-label={name}>
      <h2 className={styles.title}>{name}</h2>
      <p className={styles.facts}>{[service, kind, shortDuration(durationMs), clockTime(startedAt)].join(' · ')}</p>
      {status === 'error' && <p className={styles.failed}>{[say.failed, statusMessage].filter(Boolean).join(': ')}</p>}
      <div className={styles.ways}>
        <Button icon="text" onClick={() => go({ pane: 'logs', logs: traceLines(traceId), range: around })}>
          {say.spanLogs}
        </Button>
        <Button icon="live" onClick={() => go({ pane: 'metrics', metrics: '', metricsOf: service, range: around })}>
          {say.spanMetrics}
        </Button>
      </div>
      <Pairs label={say.attributes} pairs={attributes} />
      {events.map((event, index) => (
        <Pairs key={index} label={`${event.name} · ${clockTime(event.at)}`} pairs={event.attributes} />
      ))}
      <Pairs label={say.resource} pairs={resource} />
    </aside>
  )
}

const besideMs = 600_000

/** Ten minutes to either side; a span that is recent is seen in a range that goes on with the time. */
function rangeAround(startedAt: number, durationMs: number, now: number): ExploreRange {
  const to = Math.ceil(startedAt + durationMs + besideMs)
  return to > now ? { last: 900_000 } : { from: Math.floor(startedAt - besideMs), to }
}
