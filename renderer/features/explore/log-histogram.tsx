import type { LineCounts, TimeRange } from '../../../host/contract/explore.ts'
import { useWords } from '../../ui/use-words.ts'
import { timeOfDay } from '../../ui/clock-time.ts'
import { words } from './words.ts'
import styles from './log-histogram.module.css'

interface LogHistogramProps {
  readonly counts: LineCounts
  /** A bar was chosen: its range. */
  readonly onRange: (range: TimeRange) => void
}

/** How many lines there are over time; a bar narrows the range to itself. */
export function LogHistogram({ counts: { bars, stepMs }, onRange }: LogHistogramProps) {
  const say = useWords(words)
  const most = Math.max(1, ...bars.map(({ count }) => count))
  return (
    <div className={styles.histogram} role="group" aria-label={say.histogram}>
      {bars.map(({ at, count }) => (
        <button
          key={at}
          type="button"
          className={styles.bar}
          title={say.barOf(count, timeOfDay(at))}
          aria-label={say.barOf(count, timeOfDay(at))}
          tabIndex={count === 0 ? -1 : 0}
          disabled={count === 0}
          onClick={() => onRange({ from: at, to: at + stepMs })}
        >
          <span className={styles.fill} style={{ height: `${(count / most) * 100}%` }} />
        </button>
      ))}
    </div>
  )
}
