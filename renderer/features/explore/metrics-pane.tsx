import { useWords } from '../../ui/use-words.ts'
import type { PaneProps } from './explore.tsx'
import { Outcome } from './outcome.tsx'
import { QueryBar } from './query-bar.tsx'
import { seriesName, seriesHue } from './series-name.ts'
import { SeriesChart, signed } from './series-chart.tsx'
import { useAnswer } from './use-answer.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { words } from './words.ts'
import styles from './explore.module.css'

const points = 300

/** A PromQL query as a chart, with exemplars as dots that open their traces. */
export function MetricsPane({ client, state, range, asked, go }: PaneProps) {
  const say = useWords(words)
  const query = state.metrics
  const names = useAnswer('names', () =>
    client.call('exploreLabels', { backend: 'metrics', label: '__name__', ...range }),
  )
  const found = useAnswer(query === '' ? undefined : asked, () =>
    client.call('findSeries', { query, ...range, points }),
  )
  const options = (names.answer ?? []).map((value) => ({ value, label: value }))
  return (
    <>
      <QueryBar label={say.query.metrics} query={query} options={options} onRun={(metrics) => go({ metrics })} />
      {query === '' ? (
        <EmptyState icon="live" {...say.noQuery} />
      ) : (
        <Outcome of={found} isEmpty={({ series }) => series.length === 0} empty={say.noSeries}>
          {({ series, exemplars, truncated, tookMs }) => (
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
      )}
    </>
  )
}
