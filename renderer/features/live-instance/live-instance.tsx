import type { ReactNode } from 'react'
import { useCell, useConnection } from '../../live/connection-context.ts'
import { connectionMark } from '../../live/connection-mark.ts'
import { DocText } from '../../ui/doc-text.tsx'
import { HealthMark } from '../../ui/health-mark.tsx'
import { Icon } from '../../ui/icon.tsx'
import { missesTargets, TargetCount } from '../../ui/target-count.tsx'
import { useTranslation } from '../../ui/use-translation.ts'
import { useWords } from '../../ui/use-words.ts'
import { words } from './words.ts'
import styles from './live-instance.module.css'

interface LiveInstanceProps {
  readonly onSelect: (id: string) => void
}

/** The collector as a whole: whether it runs and is ready, which components are not well, and that it is alone. */
export function LiveInstance({ onSelect }: LiveInstanceProps) {
  const say = useWords(words)
  return (
    <div className={styles.page} tabIndex={0} role="region" aria-label={say.instance}>
      <Service />
      <Health onSelect={onSelect} />
      <Clustering />
    </div>
  )
}

function Service() {
  const translate = useTranslation()
  const say = useWords(words)
  const { state, collector, numbers } = useConnection()
  const now = useCell(state)
  const process = useCell(collector)
  const frame = useCell(numbers.frame)
  const running = process?.kind === 'running' ? process : undefined
  const ready = now === 'live'
  const healthy = ready && frame?.components.every(({ health }) => health.state === 'healthy') === true
  const fact = (name: string, value: ReactNode) => (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
  return (
    <section className={styles.card} aria-label={say.service}>
      <h2 className={styles.title}>{say.service}</h2>
      <p className={styles.state}>
        <HealthMark silent state={connectionMark(now)} />
        <strong>{say.states[now]}</strong>
        {running !== undefined && frame !== undefined && running.since > 0 && (
          <span className={styles.note}>{say.since(Math.max(0, frame.at - running.since))}</span>
        )}
      </p>
      {process !== undefined && 'words' in process && <p className={styles.note}>{translate(process.words)}</p>}
      <dl className={styles.facts}>
        {fact(say.ready, ready ? say.yes : say.no)}
        {running !== undefined && fact(say.healthy, healthy ? say.yes : say.no)}
        {running !== undefined && fact(say.address, <code>{running.address}</code>)}
      </dl>
      {running !== undefined && <p className={styles.note}>{say.addressHint}</p>}
    </section>
  )
}

function Health({ onSelect }: LiveInstanceProps) {
  const translate = useTranslation()
  const say = useWords(words)
  const { numbers, collector } = useConnection()
  const components = useCell(numbers.frame)?.components ?? []
  const process = useCell(collector)
  const ended = process !== undefined && process.kind !== 'running'
  const unwell = ended ? [] : components.filter(({ health }) => health.state !== 'healthy')
  const listed = ended ? [] : components.filter((one) => unwell.includes(one) || missesTargets(one.targets))
  const summary = (): string => {
    if (components.length === 0) return say.noComponents
    if (ended) return say.allEnded
    return unwell.length === 0 ? say.allHealthy(components.length) : say.someNot(unwell.length, components.length)
  }
  return (
    <section className={styles.card} aria-label={say.health}>
      <h2 className={styles.title}>{say.health}</h2>
      <p className={styles.note}>{summary()}</p>
      {listed.length > 0 && (
        <ul className={styles.list}>
          {listed.map(({ id, health, targets }) => (
            <li key={id}>
              <HealthMark state={health.state} />
              <button type="button" className={styles.link} onClick={() => onSelect(id)}>
                {id}
              </button>
              {health.state !== 'healthy' && <span className={styles.note}>{translate(health.message)}</span>}
              {missesTargets(targets) && <TargetCount targets={targets} />}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Clustering() {
  const say = useWords(words)
  const { servedBy } = useConnection()
  return (
    <section className={styles.card} aria-label={say.clustering}>
      <h2 className={styles.title}>{say.clustering}</h2>
      <p className={styles.state}>
        <strong>{say.oneNode}</strong>
      </p>
      <p className={styles.note}>
        <DocText text={say.oneNodeDetail} />
      </p>
      <p className={styles.note}>{say.beyond}</p>
      <p className={styles.note}>
        {servedBy === 'host' ? (
          <a className={styles.link} href="#/stack/export">
            <Icon name="export" size={14} /> {say.exportIt}
          </a>
        ) : (
          <DocText text={say.exportBy} />
        )}
      </p>
    </section>
  )
}
