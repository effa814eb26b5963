import { useCell, useComponentLive, useConnection } from '../../../live/connection-context.ts'
import { dateTime, timeOfDay } from '../../../ui/clock-time.ts'
import { DocText } from '../../../ui/doc-text.tsx'
import { HealthMark } from '../../../ui/health-mark.tsx'
import { TargetCount } from '../../../ui/target-count.tsx'
import { useWords } from '../../../ui/use-words.ts'
import styles from './live-tab.module.css'
import { words } from './words.ts'

/** How a running component is, since when and why; nothing for one that does not run. */
export function HealthLine({ id }: { readonly id: string }) {
  const say = useWords(words)
  const live = useComponentLive(id)
  const now = useCell(useConnection().numbers.frame)?.at ?? 0
  if (live === undefined) return null
  const { state, message, since } = live.health
  return (
    <p className={styles.health}>
      <HealthMark silent state={state} />
      <span>
        <strong>{say.states[state]}</strong>{' '}
        <span className={styles.since} title={dateTime(since)}>
          {state === 'exited' ? say.at(timeOfDay(since)) : say.since(now - since)}
        </span>
        <br />
        <DocText text={message} />
        {live.targets && (
          <>
            <br />
            <TargetCount targets={live.targets} />
          </>
        )}
      </span>
    </p>
  )
}
