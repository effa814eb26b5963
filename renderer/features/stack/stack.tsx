import { useCallback, useState } from 'react'
import type { WeirClient } from '../../../host/contract/client.ts'
import type { StackState } from '../../../host/contract/stack.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useTranslation } from '../../ui/use-translation.ts'
import { useWords } from '../../ui/use-words.ts'
import { ConnectYourApp } from './connect-your-app.tsx'
import { Doctor } from './doctor.tsx'
import { Overview } from './overview.tsx'
import { PreflightDialog } from './preflight-dialog.tsx'
import { StackMenu } from './stack-menu.tsx'
import { StackSettings } from './stack-settings.tsx'
import { useOrders } from './use-orders.ts'
import { words } from './words.ts'
import styles from './stack.module.css'

/** What the view needs of the config that is being edited. */
export interface StackConfig {
  readonly text: string
  /** Puts another text in place of it, as one step that can be undone. */
  readonly replace: (text: string) => void
  /** Adds blocks at its end. */
  readonly add: (blocks: string) => void
}

export interface StackProps {
  readonly client: WeirClient
  /** Undefined until the host has told it. */
  readonly state: StackState | undefined
  readonly config: StackConfig
  readonly onTrace: (traceId: string) => void
  /** What is shown first: the backends, or the way to real Alloy. */
  readonly first?: 'overview' | 'export'
}

type Section = 'overview' | 'connect' | 'doctor' | 'settings'
const busyPhases: ReadonlySet<StackState['phase']> = new Set(['checking', 'pulling', 'starting', 'stopping'])

/** The backends on this machine, or those elsewhere that stand in for them. */
export function Stack({ client, state, config, onTrace, first = 'overview' }: StackProps) {
  const translate = useTranslation()
  const say = useWords(words)
  const [section, setSection] = useState<Section>(first === 'export' ? 'settings' : 'overview')
  const [exportSought, setExportSought] = useState(first === 'export')
  const exportFound = useCallback(() => setExportSought(false), [])
  const [checking, setChecking] = useState(false)
  const { order, busy } = useOrders()
  if (state === undefined) return <Skeleton lines={10} />
  const { phase, why, doing, problem, endpoints, settings } = state
  const isBusy = busy || busyPhases.has(phase)
  const isUp = phase === 'up' || phase === 'degraded'
  return (
    <section className={styles.stack} aria-label={say.title}>
      <header className={styles.header}>
        <div className={styles.heading}>
          <h1 className={styles.title}>
            <span className={styles.dot} data-phase={phase} aria-hidden="true" />
            {say.phases[phase]}
          </h1>
          <p className={styles.why}>{translate(doing ?? why)}</p>
        </div>
        {endpoints?.grafana !== undefined && isUp && (
          <Button icon="link" onClick={() => window.open(endpoints.grafana, '_blank', 'noopener')}>
            {say.openGrafana}
          </Button>
        )}
        {isBusy && doing !== undefined ? (
          <Button icon="close" onClick={() => void client.call('cancelStack', {})}>
            {say.cancel}
          </Button>
        ) : isUp ? (
          <Button icon="stop" disabled={isBusy} onClick={() => void order(() => client.call('stopStack', {}))}>
            {say.stop}
          </Button>
        ) : (
          <Button icon="start" kind="primary" disabled={isBusy} onClick={() => setChecking(true)}>
            {say.start}
          </Button>
        )}
        <StackMenu client={client} state={state} order={order} />
      </header>
      {problem && (
        <p className={styles.problem} role="alert">
          <strong>{translate(problem.message)}</strong> {translate(problem.nextStep)}
        </p>
      )}
      <Tabs<Section>
        label={say.title}
        value={section}
        onChange={setSection}
        tabs={[
          {
            name: 'overview',
            label: say.sections.overview,
            content:
              state.cards.length === 0 ? (
                <EmptyState
                  icon="stack"
                  {...say.nothing}
                  actions={
                    <Button kind="primary" icon="start" disabled={isBusy} onClick={() => setChecking(true)}>
                      {say.start}
                    </Button>
                  }
                />
              ) : (
                <Overview client={client} state={state} order={order} onTrace={onTrace} />
              ),
          },
          {
            name: 'connect',
            label: say.sections.connect,
            content: <ConnectYourApp client={client} config={config} isUp={isUp} />,
          },
          { name: 'doctor', label: say.sections.doctor, content: <Doctor client={client} /> },
          {
            name: 'settings',
            label: say.sections.settings,
            content: (
              <StackSettings
                key={JSON.stringify(settings)}
                client={client}
                state={state}
                config={config}
                order={order}
                exportSought={exportSought}
                onExportFound={exportFound}
              />
            ),
          },
        ]}
      />
      {checking && (
        <PreflightDialog
          client={client}
          order={order}
          onClose={() => setChecking(false)}
          onStart={() => {
            setChecking(false)
            void order(() => client.call('startStack', {}))
          }}
        />
      )}
    </section>
  )
}
