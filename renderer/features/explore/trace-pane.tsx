import { useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useWords } from '../../ui/use-words.ts'
import { shortDuration } from '../../ui/quantity.ts'
import type { PaneProps } from './explore.tsx'
import { Outcome } from './outcome.tsx'
import { TraceView } from './trace-view.tsx'
import { useAnswer } from './use-answer.ts'
import { words } from './words.ts'
import styles from './explore.module.css'

/** A line is often there some seconds before its trace: a trace that is not found is asked for again, for a minute. */
const askAgainMs = 2_000
const mostQuestions = 30

/** One trace, and the ways from it to its logs and the metrics of its services. */
export function TracePane({ client, state, go, traceId }: PaneProps & { readonly traceId: string }) {
  const say = useWords(words)
  const [question, setQuestion] = useState(1)
  const found = useAnswer(`${question} ${traceId}`, () =>
    client.call('findTrace', { traceId }).then((trace) => ({ trace })),
  )
  const missing = !found.asking && found.answer !== undefined && found.answer.trace === undefined
  useEffect(() => {
    if (!missing || question >= mostQuestions) return undefined
    const timer = setTimeout(() => setQuestion(question + 1), askAgainMs)
    return () => clearTimeout(timer)
  }, [missing, question])
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
              <TraceView trace={trace} selected={state.spanId} client={client} go={go} />
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
