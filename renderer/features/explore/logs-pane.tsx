import { useState } from 'react'
import type { TimeRange } from '../../../host/contract/explore.ts'
import { Button } from '../../ui/button.tsx'
import { useWords } from '../../ui/use-words.ts'
import { addMatcher } from './add-matcher.ts'
import type { PaneProps } from './explore.tsx'
import { LineList } from './line-list.tsx'
import { LogFilter } from './log-filter.tsx'
import { LogHistogram } from './log-histogram.tsx'
import { Outcome } from './outcome.tsx'
import { QueryBar } from './query-bar.tsx'
import { useAnswer } from './use-answer.ts'
import { useTail } from './use-tail.ts'
import { words } from './words.ts'
import styles from './explore.module.css'

const limit = 1_000
const bars = 80

/** Log search: a query, how many lines over time, the lines; or the lines as they come. */
export function LogsPane({ client, state, range, asked, go }: PaneProps) {
  const say = useWords(words)
  const [following, setFollowing] = useState(false)
  const query = state.logs
  const key = query === '' || following ? undefined : asked
  const lines = useAnswer(key, () => client.call('findLines', { query, ...range, limit }))
  const counts = useAnswer(key, () => client.call('countLines', { query, ...range, bars }))
  const tail = useTail(client, following ? query : undefined)
  const filter = (label: string, value: string, negated: boolean): void =>
    go({ logs: addMatcher(query, label, value, negated) })
  const openTrace = (traceId: string): void => go({ pane: 'traces', traceId, spanId: undefined })
  const narrow = ({ from, to }: TimeRange): void => go({ range: { from, to } })
  return (
    <>
      <QueryBar label={say.query.logs} query={query} options={[]} onRun={(logs) => go({ logs })}>
        <Button icon={following ? 'pause' : 'resume'} onClick={() => setFollowing(!following)}>
          {following ? say.stopTail : say.tail}
        </Button>
      </QueryBar>
      <LogFilter client={client} range={range} onFilter={(label, value) => filter(label, value, false)} />
      {following ? (
        <>
          <p className={styles.note} role="status">
            {tail.failure ?? say.tailing(tail.count)}
          </p>
          <LineList lines={tail.lines} onTrace={openTrace} onFilter={filter} />
        </>
      ) : (
        <Outcome of={lines} isEmpty={(answer) => answer.lines.length === 0} empty={say.noLines}>
          {({ lines, truncated, tookMs }) => (
            <>
              {counts.answer && <LogHistogram counts={counts.answer} onRange={narrow} />}
              <p className={styles.note} role="status">
                {truncated ? say.linesCut(lines.length) : say.linesFound(lines.length, tookMs)}
              </p>
              <LineList lines={lines} onTrace={openTrace} onFilter={filter} />
            </>
          )}
        </Outcome>
      )}
    </>
  )
}
