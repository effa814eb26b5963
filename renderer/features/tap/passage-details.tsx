import type { TapItem } from '../../../host/contract/tap.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { useWords } from '../../ui/use-words.ts'
import type { Passage } from './match-items.ts'
import { passageText } from './passage-text.ts'
import { words } from './words.ts'
import styles from './tap.module.css'

interface PassageDetailsProps {
  readonly passage: Passage | undefined
  readonly onCopy: (text: string) => void
}

/** All of one item; where there is a before and an after, what differs stands out. */
export function PassageDetails({ passage, onCopy }: PassageDetailsProps) {
  const say = useWords(words)
  if (passage === undefined) {
    return (
      <aside className={styles.details} aria-label={say.details}>
        <p className={styles.note}>{say.choose}</p>
      </aside>
    )
  }
  const { before, after } = passage
  return (
    <aside className={styles.details} aria-label={say.details}>
      <div className={styles.copy}>
        <IconButton icon="copy" label={say.copyOne} onClick={() => onCopy(passageText(passage))} />
      </div>
      {before && <Item title={after && say.before} item={before} other={after} />}
      {after && <Item title={before && say.after} item={after} other={before} />}
    </aside>
  )
}

interface ItemProps {
  readonly title: string | undefined
  readonly item: TapItem
  readonly other: TapItem | undefined
}

function Item({ title, item, other }: ItemProps) {
  const say = useWords(words)
  return (
    <section className={styles.item}>
      {title !== undefined && <h2>{title}</h2>}
      <pre className={styles.full} data-differs={other !== undefined && other.text !== item.text}>
        {item.text}
      </pre>
      {item.truncated && <p className={styles.note}>{say.cut}</p>}
      <Pairs title={say.labels} pairs={item.labels} others={other?.labels} />
      <Pairs title={say.attributes} pairs={item.attributes} others={other?.attributes} />
    </section>
  )
}

interface PairsProps {
  readonly title: string
  readonly pairs: Readonly<Record<string, string>>
  readonly others: Readonly<Record<string, string>> | undefined
}

function Pairs({ title, pairs, others }: PairsProps) {
  const entries = Object.entries(pairs)
  if (entries.length === 0) return null
  return (
    <dl className={styles.pairs} aria-label={title}>
      {entries.map(([name, value]) => (
        <div key={name} data-differs={others !== undefined && others[name] !== value}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
