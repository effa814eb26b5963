import { useState } from 'react'
import type { AlloyStatement } from '../../../../collector-core/http-api/contract.ts'
import type { TrialScrape } from '../../../../collector-core/protocol.ts'
import { useConnection } from '../../../live/connection-context.ts'
import { Button } from '../../../ui/button.tsx'
import { wholeNumber } from '../../../ui/quantity.ts'
import { useTranslation } from '../../../ui/use-translation.ts'
import { useWords } from '../../../ui/use-words.ts'
import styles from './scrape-once.module.css'
import { words } from './words.ts'

interface ScrapeOnceProps {
  readonly id: string
  /** The block of debug info that says how the target is. */
  readonly target: readonly AlloyStatement[]
}

type Outcome =
  | { readonly kind: 'asking' }
  | { readonly kind: 'found'; readonly found: TrialScrape }
  | { readonly kind: 'failed'; readonly why: string }

/** Asks a target now, and says what it exposes; nothing for one that has no address to ask. */
export function ScrapeOnce({ id, target }: ScrapeOnceProps) {
  const say = useWords(words)
  const translate = useTranslation()
  const { client } = useConnection()
  const [outcome, setOutcome] = useState<Outcome>()
  const named = target.find(({ name }) => name === 'url')
  const url = named?.type === 'attr' ? String(named.value.value) : ''
  if (url === '') return null
  const ask = (): void => {
    setOutcome({ kind: 'asking' })
    client.call('scrapeOnce', { id, url }).then(
      (found) =>
        setOutcome(found.error === '' ? { kind: 'found', found } : { kind: 'failed', why: translate(found.error) }),
      (error: unknown) => setOutcome({ kind: 'failed', why: translate((error as Error).message) }),
    )
  }
  return (
    <div className={styles.once}>
      <Button kind="quiet" icon="resume" busy={outcome?.kind === 'asking'} onClick={ask}>
        {say.scrapeOnce}
      </Button>
      <div role="status">
        {outcome?.kind === 'failed' && <p className={styles.failed}>{outcome.why}</p>}
        {outcome?.kind === 'found' && <Found {...outcome.found} />}
      </div>
    </div>
  )
}

function Found({ samples, metrics, metricCount, bodyBytes, durationMs }: TrialScrape) {
  const say = useWords(words)
  return (
    <>
      <p className={styles.summary}>{say.scraped(samples, metricCount, bodyBytes, durationMs)}</p>
      {metrics.length > 0 && (
        <ul className={styles.metrics} tabIndex={0} aria-label={say.scrapedMetrics}>
          {metrics.map(({ name, samples: own }) => (
            <li key={name}>
              <span>{name}</span>
              <span>{wholeNumber(own)}</span>
            </li>
          ))}
          {metricCount > metrics.length && <li>{say.moreMetrics(metricCount - metrics.length)}</li>}
        </ul>
      )}
    </>
  )
}
