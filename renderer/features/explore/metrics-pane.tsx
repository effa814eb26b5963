import { rangeAt } from '../../model/explore-state.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useWords } from '../../ui/use-words.ts'
import type { PaneProps } from './explore.tsx'
import { FailureState, Outcome } from './outcome.tsx'
import { QueryBar } from './query-bar.tsx'
import { seriesName, seriesHue } from './series-name.ts'
import { SeriesChart, signed } from './series-chart.tsx'
import { useAnswer } from './use-answer.ts'
import { useArrival } from './use-arrival.ts'
import { useServiceMetrics } from './use-service-metrics.ts'
import { words } from './words.ts'
import styles from './explore.module.css'

const points = 300

/** A PromQL query as a chart, with exemplars as dots that open their traces. */
export function MetricsPane(props: PaneProps) {
  const { client, state, range, asked, go } = props
  const say = useWords(words)
  const { metrics: query, metricsOf: service } = state
  const ofService = useServiceMetrics(props)
  const names = useAnswer('names', () =>
    client.call('exploreLabels', { backend: 'metrics', label: '__name__', ...range }),
  )
  const found = useArrival(
    query === '' ? undefined : asked,
    async () => {
      const range = rangeAt(state.range, Date.now())
      return { range, ...(await client.call('findSeries', { query, ...range, points })) }
    },
    ({ series }) => series.length > 0 || !('last' in state.range),
  )
  const options = (names.answer ?? []).map((value) => ({ value, label: value }))
  const run = (metrics: string): void => go({ metrics, metricsOf: undefined })
  if (query === '') {
    const { title, detail } = ofService.waiting ? say.waitingForMetrics : say.noMetricsOf
    return (
      <>
        <QueryBar label={say.query.metrics} query={query} options={options} onRun={run} />
        {ofService.failure === undefined ? (
          <EmptyState icon="live" {...(service === undefined ? say.noQuery : { title: title(service), detail })} />
        ) : (
          <FailureState of={ofService.failure} />
        )}
      </>
    )
  }
  return (
    <>
      <QueryBar label={say.query.metrics} query={query} options={options} onRun={run} />
      {service !== undefined && (
        <p className={styles.note} role="status">
          {ofService.waiting ? say.noTimesYet(service) : say.noTimes(service)}
        </p>
      )}
      <Outcome
        of={found}
        isEmpty={({ series }) => series.length === 0}
        empty={found.waiting ? say.noSeriesYet : say.noSeries}
      >
        {({ series, exemplars, truncated, tookMs, range }) => (
          <div className={styles.scroll}>
            <p className={styles.note} role="status">
              {say.seriesFound(series.length, tookMs)}
              {truncated && ` · ${say.seriesCut}`}
              {exemplars.length > 0 && ` · ${say.exemplars}: ${say.exemplarsNote}`}
            </p>
            <SeriesChart
              series={series}
              exemplars={exemplars}
              range={range}
              onTrace={(traceId) => go({ pane: 'traces', traceId, spanId: undefined })}
            />
            <ul className={styles.legend}>
              {series.map(({ labels, points }, index) => (
                <li key={seriesName(labels)}>
                  <span className={styles.swatch} style={{ background: `var(${seriesHue(index)})` }} />
                  <code>{seriesName(labels)}</code>
                  <span className={styles.mono}>{signed(points.at(-1)?.[1] ?? NaN)}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </Outcome>
    </>
  )
}
