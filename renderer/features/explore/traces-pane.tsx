import { useWords } from '../../ui/use-words.ts'
import { shortDuration } from '../../ui/quantity.ts'
import { Table } from '../../ui/table.tsx'
import { dateTime } from '../../ui/clock-time.ts'
import type { PaneProps } from './explore.tsx'
import { Outcome } from './outcome.tsx'
import { QueryBar } from './query-bar.tsx'
import { TracePane } from './trace-pane.tsx'
import { useAnswer } from './use-answer.ts'
import { words } from './words.ts'
import table from '../../ui/table.module.css'
import styles from './explore.module.css'

const limit = 100

const examples = ['{}', '{ status = error }', '{ duration > 500ms }', '{ resource.service.name = "" }']

/** Trace search; one trace lies over its list. A query that is a trace id opens that trace. */
export function TracesPane(props: PaneProps) {
  const { client, state, range, asked, go } = props
  const say = useWords(words)
  const query = state.traces
  const open = state.traceId
  const found = useAnswer(open === undefined && query !== '' ? asked : undefined, () =>
    client.call('findTraces', { query, ...range, limit }),
  )
  if (open !== undefined) return <TracePane key={open} {...props} traceId={open} />
  const run = (text: string): void => {
    if (/^[0-9a-f]{16,32}$/i.test(text)) go({ traceId: text.toLowerCase(), spanId: undefined })
    else go({ traces: text })
  }
  return (
    <>
      <QueryBar
        label={say.query.traces}
        query={query}
        options={examples.map((value) => ({ value, label: value }))}
        onRun={run}
      />
      <Outcome of={found} isEmpty={({ traces }) => traces.length === 0} empty={say.noTraces}>
        {({ traces, truncated, tookMs }) => (
          <>
            <p className={styles.note} role="status">
              {truncated ? say.tracesCut(traces.length) : say.tracesFound(traces.length, tookMs)}
            </p>
            <div className={styles.scroll}>
              <Table label={say.traces}>
                <thead>
                  <tr>
                    <th scope="col">{say.started}</th>
                    <th scope="col">{say.service}</th>
                    <th scope="col">{say.operation}</th>
                    <th scope="col" className={table.number}>
                      {say.duration}
                    </th>
                    <th scope="col">{say.traceId}</th>
                  </tr>
                </thead>
                <tbody>
                  {traces.map(({ traceId, startedAt, rootService, rootName, durationMs }) => (
                    <tr key={traceId} className={styles.row} onClick={() => go({ traceId, spanId: undefined })}>
                      <td className={styles.mono}>{dateTime(startedAt)}</td>
                      <td>{rootService}</td>
                      <td>{rootName}</td>
                      <td className={table.number}>{shortDuration(durationMs)}</td>
                      <td>
                        <button
                          type="button"
                          className={styles.link}
                          onClick={(event) => {
                            event.stopPropagation()
                            go({ traceId, spanId: undefined })
                          }}
                        >
                          {traceId}
                        </button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </Table>
            </div>
          </>
        )}
      </Outcome>
    </>
  )
}
