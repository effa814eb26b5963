import { useWords } from '../../../ui/use-words.ts'
import type { SetTrace } from './rule-trace.ts'
import styles from './rules-tab.module.css'
import { words } from './words.ts'

const mostMetrics = 12

/** How many series of each metric there are before and after the rules, those that lose most first; nothing without metrics. */
export function SeriesPerMetric({ traces }: { readonly traces: readonly SetTrace[] }) {
  const say = useWords(words)
  const counts = new Map<string, { before: number; after: number }>()
  for (const { before, after } of traces) {
    const name = before.get('__name__')
    if (name === '') continue
    const count = counts.get(name) ?? { before: 0, after: 0 }
    counts.set(name, { before: count.before + 1, after: count.after + (after === undefined ? 0 : 1) })
  }
  if (counts.size === 0) return null
  const rows = [...counts].sort(([, a], [, b]) => b.before - b.after - (a.before - a.after)).slice(0, mostMetrics)
  return (
    <table className={styles.metrics}>
      <caption>{say.perMetric}</caption>
      <tbody>
        {rows.map(([name, { before, after }]) => (
          <tr key={name} data-fewer={after < before}>
            <th scope="row">{name}</th>
            <td>
              {before} → {after}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
