import type { Labels } from '../../../../collector-core/signal/labels.ts'
import { Icon } from '../../../ui/icon.tsx'
import { useWords } from '../../../ui/use-words.ts'
import type { SetTrace } from './rule-trace.ts'
import styles from './rules-tab.module.css'
import { words } from './words.ts'

/** A label set with what became of it; what a rule dropped is struck through. */
export function SetRow({ trace, number }: { readonly trace: SetTrace; readonly number: number }) {
  const say = useWords(words)
  const { before, after, droppedBy } = trace
  return (
    <li className={styles.set} aria-label={say.set(number)}>
      <LabelList labels={before} other={after} mark="gone" struck={after === undefined} name={say.before} />
      <span className={styles.arrow}>
        <Icon name="right" size={14} />
      </span>
      {after === undefined ? (
        <span className={styles.error}>{say.droppedBy((droppedBy ?? 0) + 1)}</span>
      ) : after.equals(before) ? (
        <span className={styles.note}>{say.unchanged}</span>
      ) : (
        <LabelList labels={after} other={before} mark="new" struck={false} name={say.after} />
      )}
    </li>
  )
}

interface LabelListProps {
  readonly labels: Labels
  readonly other: Labels | undefined
  /** What a label is called that the other set does not have, or has with another value. */
  readonly mark: 'gone' | 'new'
  readonly struck: boolean
  readonly name: string
}

function LabelList({ labels, other, mark, struck, name }: LabelListProps) {
  return (
    <ul className={styles.labels} data-struck={struck} aria-label={name}>
      {[...labels].map(([label, value]) => (
        <li key={label} data-mark={other !== undefined && other.get(label) !== value ? mark : undefined}>
          <span className={styles.label}>{label}</span> {value}
        </li>
      ))}
    </ul>
  )
}
