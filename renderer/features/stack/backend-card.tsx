import { useState } from 'react'
import type { WeirClient } from '../../../host/contract/client.ts'
import type { BackendCard as Card, CardState } from '../../../host/contract/stack.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { byteSize, shortNumber } from '../../ui/quantity.ts'
import { useTranslation } from '../../ui/use-translation.ts'
import { useWords } from '../../ui/use-words.ts'
import { BackendLogs } from './backend-logs.tsx'
import type { Order } from './use-orders.ts'
import { words } from './words.ts'
import styles from './backend-card.module.css'

interface BackendCardProps {
  readonly client: WeirClient
  readonly card: Card
  readonly order: Order
  /** Weir runs it, and so may restart and empty it. */
  readonly isOurs: boolean
  /** The stack runs: a backend of it that does not can be started alone. */
  readonly isUp: boolean
}

const tones: Readonly<Record<CardState, 'neutral' | 'healthy' | 'waiting' | 'failing'>> = {
  absent: 'neutral',
  starting: 'waiting',
  ready: 'healthy',
  unready: 'waiting',
  stopping: 'waiting',
  stopped: 'neutral',
  failed: 'failing',
}

const titles: Readonly<Record<Card['backend'], string>> = {
  mimir: 'Mimir',
  prometheus: 'Prometheus',
  loki: 'Loki',
  tempo: 'Tempo',
  pyroscope: 'Pyroscope',
  grafana: 'Grafana',
  alloy: 'Alloy',
}

/** One backend: how it is in its own words, what it takes, and what can be done with it. */
export function BackendCard({ client, card, order, isOurs, isUp }: BackendCardProps) {
  const translate = useTranslation()
  const say = useWords(words)
  const [shown, setShown] = useState<'logs' | 'reset'>()
  const { backend, state, readiness, problem, url } = card
  const title = titles[backend]
  const close = (): void => setShown(undefined)
  return (
    <article className={styles.card} aria-label={title}>
      <header className={styles.header}>
        <h2 className={styles.title}>{title}</h2>
        <Badge tone={tones[state]}>{say.states[state]}</Badge>
      </header>
      <p className={styles.readiness} data-failing={problem !== undefined}>
        {problem === undefined ? translate(readiness) : `${translate(problem.message)} ${translate(problem.nextStep)}`}
      </p>
      <dl className={styles.facts}>
        {facts(card, say).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <footer className={styles.actions}>
        {backend === 'grafana' && url !== undefined && state === 'ready' && (
          <Button kind="quiet" icon="link" onClick={() => window.open(url, '_blank', 'noopener')}>
            {say.open}
          </Button>
        )}
        {isOurs && (
          <>
            <Button kind="quiet" icon="file" onClick={() => setShown('logs')}>
              {say.logs}
            </Button>
            {isUp && state !== 'absent' && state !== 'stopping' && (
              <Button
                kind="quiet"
                icon="again"
                onClick={() => void order(() => client.call('restartBackend', { backend }))}
              >
                {state === 'stopped' ? say.startOne : say.restart}
              </Button>
            )}
            <Button kind="quiet" icon="delete" onClick={() => setShown('reset')}>
              {say.reset}
            </Button>
          </>
        )}
      </footer>
      {shown === 'logs' && <BackendLogs client={client} backend={backend} title={say.logsOf(title)} onClose={close} />}
      <Dialog
        open={shown === 'reset'}
        onClose={close}
        title={say.resetTitle(title)}
        detail={say.resetDetail}
        actions={
          <>
            <Button onClick={close}>{say.cancel}</Button>
            <Button
              kind="danger"
              onClick={() => {
                close()
                void order(() => client.call('resetBackend', { backend }))
              }}
            >
              {say.resetDo}
            </Button>
          </>
        }
      />
    </article>
  )
}

type Say = ReturnType<typeof useWords<(typeof words)['en']>>

function facts(card: Card, say: Say): (readonly [string, string])[] {
  const { port, version, memoryBytes, memoryLimitBytes, diskBytes, cpuPercent, restarts, sent } = card
  const memory =
    memoryBytes === undefined
      ? undefined
      : [byteSize(memoryBytes), memoryLimitBytes === undefined ? undefined : byteSize(memoryLimitBytes)]
          .filter((part) => part !== undefined)
          .join(' / ')
  const all: readonly (readonly [string, string | undefined])[] = [
    [say.port, port === undefined ? undefined : String(port)],
    [say.version, version],
    [say.memory, memory],
    [say.cpu, cpuPercent === undefined ? undefined : `${cpuPercent.toFixed(1)} %`],
    [say.disk, diskBytes === undefined ? undefined : byteSize(diskBytes)],
    [say.sent.metrics, sent && `${shortNumber(sent.metrics)}/s`],
    [say.sent.logs, sent && `${shortNumber(sent.logs)}/s`],
    [say.sent.traces, sent && `${shortNumber(sent.traces)}/s`],
    [say.restarts, restarts === 0 ? undefined : String(restarts)],
  ]
  return all.filter((fact): fact is readonly [string, string] => fact[1] !== undefined)
}
