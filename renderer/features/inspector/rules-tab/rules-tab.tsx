import { useMemo, useState } from 'react'
import { checkRelabelRules } from '../../../../collector-core/signal/relabel/check-rules.ts'
import type { Labels } from '../../../../collector-core/signal/labels.ts'
import type { RelabelRule } from '../../../../collector-core/signal/relabel-rule.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Segments } from '../../../ui/segments.tsx'
import { TextArea } from '../../../ui/text-input.tsx'
import { useWords } from '../../../ui/use-words.ts'
import { readLabelSets } from './label-sets.ts'
import { traceRules } from './rule-trace.ts'
import { RuleRow } from './rule-row.tsx'
import styles from './rules-tab.module.css'
import { SeriesPerMetric } from './series-per-metric.tsx'
import { SetRow } from './set-row.tsx'
import { useLiveLabelSets } from './use-live-label-sets.ts'
import { words } from './words.ts'

interface RulesTabProps {
  readonly id: string
  readonly rules: readonly RelabelRule[]
  readonly running: boolean
}

const mostShown = 40

/** What relabel rules make of label sets: real ones that come in, or some that were pasted. */
export function RulesTab({ id, rules, running }: RulesTabProps) {
  const say = useWords(words)
  const [source, setSource] = useState<'live' | 'pasted'>(running ? 'live' : 'pasted')
  const [pasted, setPasted] = useState('')
  const live = useLiveLabelSets(id, running && source === 'live')
  const read = useMemo(() => readLabelSets(pasted), [pasted])
  const sets: readonly Labels[] = source === 'live' ? live : read.sets
  const sound = useMemo(() => checkRelabelRules(rules).length === 0, [rules])
  const { hits, traces } = useMemo(() => traceRules(sound ? rules : [], sets), [sound, rules, sets])
  const dropped = traces.filter(({ after }) => after === undefined).length
  return (
    <div className={styles.tab}>
      <Segments
        label={say.source}
        value={source}
        onChange={setSource}
        segments={[
          { value: 'live', label: say.sources.live },
          { value: 'pasted', label: say.sources.pasted },
        ]}
      />
      {source === 'pasted' && (
        <TextArea mono rows={4} label={say.paste} placeholder={say.pasteHint} value={pasted} onChange={setPasted} />
      )}
      {source === 'pasted' && read.broken !== undefined && <p className={styles.error}>{say.broken(read.broken)}</p>}
      {!sound && <p className={styles.error}>{say.mend}</p>}
      {sound && rules.length === 0 && <p className={styles.note}>{say.noRules}</p>}
      <ol className={styles.rules}>
        {hits.map((hit, index) => (
          <RuleRow key={index} hit={hit} number={index + 1} anySets={sets.length > 0} />
        ))}
      </ol>
      {sets.length === 0 && source === 'live' ? (
        <EmptyState icon="live" title={say.waiting} detail={running ? say.waitingDetail : say.notRunning} />
      ) : (
        <>
          {sets.length > 0 && <p className={styles.note}>{say.summary(sets.length, dropped)}</p>}
          <SeriesPerMetric traces={traces} />
          <ul className={styles.sets}>
            {traces.slice(-mostShown).map((trace, index) => (
              <SetRow key={trace.before.key} trace={trace} number={index + 1} />
            ))}
          </ul>
          {traces.length > mostShown && <p className={styles.note}>{say.more(mostShown, traces.length)}</p>}
        </>
      )}
    </div>
  )
}
