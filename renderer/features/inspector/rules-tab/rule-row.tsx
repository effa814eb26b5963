import type { RelabelRule } from '../../../../collector-core/signal/relabel-rule.ts'
import { Badge } from '../../../ui/badge.tsx'
import { useWords } from '../../../ui/use-words.ts'
import type { RuleHits } from './rule-trace.ts'
import styles from './rules-tab.module.css'
import { words } from './words.ts'

/** One rule in a line, with how many label sets it changed and dropped. */
export function RuleRow({
  hit,
  number,
  anySets,
}: {
  readonly hit: RuleHits
  readonly number: number
  readonly anySets: boolean
}) {
  const say = useWords(words)
  const { rule, changed, dropped } = hit
  return (
    <li className={styles.rule}>
      <span className={styles.number}>{number}</span>
      <span className={styles.what}>
        <strong>{rule.action}</strong> <code>{ruleText(rule)}</code>
      </span>
      {changed > 0 && <Badge tone="selected">{say.changed(changed)}</Badge>}
      {dropped > 0 && <Badge tone="failing">{say.dropped(dropped)}</Badge>}
      {anySets && changed + dropped === 0 && <Badge>{say.untouched}</Badge>}
    </li>
  )
}

/** What a rule reads, matches and writes. */
export function ruleText({ action, source_labels, regex, target_label, replacement, modulus }: RelabelRule): string {
  const from = source_labels.join(', ')
  const match = regex === '(.*)' ? '' : ` =~ ${regex}`
  switch (action) {
    case 'labeldrop':
    case 'labelkeep':
      return regex
    case 'labelmap':
      return `${regex} → ${replacement}`
    case 'keepequal':
    case 'dropequal':
      return `${from} = ${target_label}`
    case 'keep':
    case 'drop':
      return `${from}${match}`
    case 'hashmod':
      return `${from} mod ${modulus} → ${target_label}`
    case 'replace':
    case 'lowercase':
    case 'uppercase':
      return `${from}${match} → ${target_label}${action === 'replace' && replacement !== '$1' ? ` = ${replacement}` : ''}`
  }
}
