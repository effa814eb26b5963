import { useState } from 'react'
import { compileRegex } from '../../../../collector-core/signal/regex.ts'
import { Badge } from '../../../ui/badge.tsx'
import { TextInput } from '../../../ui/text-input.tsx'
import { useWords } from '../../../ui/use-words.ts'
import styles from './form.module.css'
import { words } from './words.ts'

interface RegexTesterProps {
  readonly pattern: string
  /** The whole text has to match, as for relabel rules. */
  readonly anchored: boolean
}

/** Tries a pattern on a text, with the engine the collector runs it in. */
export function RegexTester({ pattern, anchored }: RegexTesterProps) {
  const say = useWords(words)
  const [sample, setSample] = useState('')
  const { regex, error } = compileRegex(pattern, { anchored })
  const match = regex?.exec(sample)
  return (
    <div className={styles.tester}>
      <TextInput mono label={say.testWith} placeholder={say.testWith} value={sample} onChange={setSample} />
      <div className={styles.result} role="status">
        {error !== undefined && <span className={styles.error}>{error}</span>}
        {error === undefined && (
          <Badge tone={match ? 'healthy' : 'neutral'}>{match ? say.matches : say.noMatchHere}</Badge>
        )}
        {match?.groups.slice(1).map((value, index) => {
          const label = regex!.groupNames[index + 1] || `$${index + 1}`
          return <code key={label}>{say.group(label, value ?? '–')}</code>
        })}
        {anchored && <span className={styles.hint}>{say.anchored}</span>}
      </div>
    </div>
  )
}
