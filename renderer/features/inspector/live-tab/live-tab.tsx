import type { ComponentInfo } from '../../../../collector-core/http-api/contract.ts'
import { useCell, useComponentLive, useConnection } from '../../../live/connection-context.ts'
import type { PictureEdge } from '../../../model/picture.ts'
import { wholeNumber } from '../../../ui/quantity.ts'
import { useTranslation } from '../../../ui/use-translation.ts'
import { useWords } from '../../../ui/use-words.ts'
import { useComponentInfo } from '../../../live/component-info-context.ts'
import { AlloyText } from './alloy-text.tsx'
import { DebugCards } from './debug-cards.tsx'
import styles from './live-tab.module.css'
import { ScrapeOnce } from './scrape-once.tsx'
import { Section } from './section.tsx'
import { Traffic } from './traffic.tsx'
import { words } from './words.ts'

interface LiveTabProps {
  readonly id: string
  readonly edges: readonly PictureEdge[]
  readonly onSelect: (id: string) => void
}

/** What a running component does: traffic, drops, debug info, and the arguments and exports as they are now. */
export function LiveTab({ id, edges, onSelect }: LiveTabProps) {
  const say = useWords(words)
  const connected = edges.some(({ from, to }) => from === id || to === id)
  return (
    <div className={styles.body}>
      {connected && (
        <Section title={say.traffic}>
          <Traffic id={id} edges={edges} onSelect={onSelect} />
        </Section>
      )}
      <Details id={id} />
    </div>
  )
}

function Details({ id }: { readonly id: string }) {
  const translate = useTranslation()
  const say = useWords(words)
  const reading = useComponentInfo(id)
  const live = useComponentLive(id)
  const dropped = Object.entries(live?.dropped ?? {})
  return (
    <>
      {reading.kind === 'loading' && <p className={styles.note}>{say.loading}</p>}
      {reading.kind === 'absent' && (
        <p className={styles.note}>{[reading.message, reading.nextStep].map(translate).join(' ')}</p>
      )}
      {reading.kind === 'read' && reading.stale && <p className={styles.note}>{say.unreachable}</p>}
      {dropped.length > 0 && (
        <Section title={say.dropped}>
          <ul className={styles.drops}>
            {dropped.map(([reason, count]) => (
              <li key={reason}>
                <span>{translate(reason)}</span>
                <span className={styles.count}>{wholeNumber(count)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {reading.kind === 'read' && <Reading info={reading.info} />}
    </>
  )
}

function Reading({ info }: { readonly info: ComponentInfo }) {
  const say = useWords(words)
  const { numbers, servedBy } = useConnection()
  const now = useCell(numbers.frame)?.at ?? 0
  const targets = servedBy === 'host' && info.name === 'prometheus.scrape'
  return (
    <>
      {info.debugInfo.length > 0 && (
        <Section title={say.debug}>
          <DebugCards
            statements={info.debugInfo}
            now={now}
            below={targets ? (target) => <ScrapeOnce id={info.localID} target={target} /> : undefined}
          />
        </Section>
      )}
      <Section title={say.arguments}>
        {info.arguments.length === 0 ? (
          <p className={styles.note}>{say.noArguments}</p>
        ) : (
          <AlloyText statements={info.arguments} />
        )}
      </Section>
      {info.exports.length > 0 && (
        <Section title={say.exports}>
          <AlloyText statements={info.exports} />
        </Section>
      )}
    </>
  )
}
