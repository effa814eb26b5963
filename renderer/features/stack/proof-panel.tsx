import { useState } from 'react'
import type { WeirClient } from '../../../host/contract/client.ts'
import type { Proof, ProofTick } from '../../../host/contract/stack.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { shortDuration } from '../../ui/quantity.ts'
import { useTranslation } from '../../ui/use-translation.ts'
import { useWords } from '../../ui/use-words.ts'
import { told } from './told.ts'
import { words } from './words.ts'
import styles from './stack.module.css'

interface ProofPanelProps {
  readonly client: WeirClient
  readonly proof: Proof | undefined
  readonly isUp: boolean
  readonly onTrace: (traceId: string) => void
}

const marks: Readonly<Record<ProofTick['state'], IconName>> = {
  waiting: 'busy',
  passed: 'check',
  failed: 'error',
  skipped: 'minus',
}

/** Six ticks: a trace, a line and an exemplar, stored and seen. */
export function ProofPanel({ client, proof, isUp, onTrace }: ProofPanelProps) {
  const translate = useTranslation()
  const say = useWords(words)
  const [asking, setAsking] = useState(false)
  const prove = async (): Promise<void> => {
    setAsking(true)
    await told(client.call('runProof', {}))
    setAsking(false)
  }
  const stored = proof?.ticks.some(({ step, state }) => step === 'trace-stored' && state === 'passed') === true
  return (
    <section className={styles.panel} aria-label={say.proof}>
      <h2 className={styles.subtitle}>
        {say.proof}
        <span className={styles.buttons}>
          {proof !== undefined && stored && (
            <Button kind="quiet" icon="link" onClick={() => onTrace(proof.traceId)}>
              {say.openTrace}
            </Button>
          )}
          <Button disabled={!isUp} busy={asking || proof?.finished === false} onClick={() => void prove()}>
            {proof === undefined ? say.proofRun : say.proofAgain}
          </Button>
        </span>
      </h2>
      <p className={styles.note}>{say.proofDetail}</p>
      {proof !== undefined && (
        <ol className={styles.ticks}>
          {proof.ticks.map(({ step, state, words: said, ms, nextStep }) => (
            <li key={step} className={styles.tick} data-state={state}>
              <Icon name={marks[state]} />
              <span>
                <b>{say.steps[step]}</b> {tickWords(state, say.tickStates[state], translate(said))}
                {nextStep !== undefined && state === 'failed' && <em>{translate(nextStep)}</em>}
              </span>
              <span className={styles.mono}>{ms === undefined ? '' : shortDuration(ms)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

/** What a failed or skipped tick says is enough; one that passed also tells which way the signal went. */
function tickWords(state: ProofTick['state'], title: string, said: string): string {
  if (state === 'waiting') return title
  return state === 'passed' ? `${title} · ${said}` : said
}
