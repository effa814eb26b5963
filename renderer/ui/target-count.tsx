import type { TargetCounts } from '../../collector-core/protocol.ts'
import { HealthMark } from './health-mark.tsx'
import styles from './target-count.module.css'
import { useWords } from './use-words.ts'
import { words } from './words.ts'

/** How many of the targets a component scrapes are up, with a mark and a colour while they are not all. */
export function TargetCount({ targets }: { readonly targets: TargetCounts }) {
  const say = useWords(words)
  const standing = standingOf(targets)
  return (
    <span className={styles.count} data-standing={standing}>
      {standing !== 'up' && <HealthMark silent state={standing === 'down' ? 'unhealthy' : 'unknown'} />}
      {targets.total === 0 ? say.noTargets : (standing === 'pending' ? say.targetsPending : say.targets)(targets)}
    </span>
  )
}

/** `pending`: none is known to be down, and some are still to answer, or there is none at all. */
function standingOf({ total, up, down }: TargetCounts): 'up' | 'down' | 'pending' {
  if (down > 0) return 'down'
  return total > 0 && up === total ? 'up' : 'pending'
}

/** Whether a component scrapes less than its targets, or nothing at all. */
export const missesTargets = (targets: TargetCounts | undefined): targets is TargetCounts =>
  targets !== undefined && standingOf(targets) !== 'up'
