import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useWords } from '../../ui/use-words.ts'
import { shortDuration } from '../../ui/quantity.ts'
import type { PaneProps } from './explore.tsx'
import { Outcome } from './outcome.tsx'
import { TraceView } from './trace-view.tsx'
import { useArrival } from './use-arrival.ts'
import { words } from './words.ts'
import styles from './explore.module.css'

/** One trace, and the ways from it to its logs and the metrics of its services. A line is often there before its trace. */
export function TracePane({ client, state, go, traceId }: PaneProps & { readonly traceId: string }) {
  const say = useWords(words)
  const found = useArrival(
    traceId,
    () => client.call('findTrace', { traceId }).then((trace) => ({ trace })),
    ({ trace }) => trace !== undefined,
  )
  return (
    <>
      <div className={styles.query}>
        <Button icon="close" kind="quiet" onClick={() => go({ traceId: undefined, spanId: undefined })}>
          {say.closeTrace}
        </Button>
        <code className={styles.id}>{traceId}</code>
      </div>
      <Outcome of={found} isEmpty={() => false} empty={say.noTraces}>
        {({ trace }) =>
          trace === undefined ? (
            <EmptyState icon="search" title={say.noTrace} detail={say.noTraceDetail} />
          ) : (
            <>
              <p className={styles.note} role="status">
                {[say.spans(trace.spans.length), shortDuration(durationOf(trace.spans))].join(' · ')}
                {trace.truncated && ` · ${say.spansCut}`}
              </p>
              <TraceView trace={trace} selected={state.spanId} go={go} />
            </>
          )
        }
      </Outcome>
    </>
  )
}

function durationOf(spans: readonly { readonly startedAt: number; readonly durationMs: number }[]): number {
  const from = Math.min(...spans.map(({ startedAt }) => startedAt))
  return Math.max(...spans.map(({ startedAt, durationMs }) => startedAt + durationMs)) - from
}
