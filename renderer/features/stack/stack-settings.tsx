import { useState } from 'react'
import type { WeirClient } from '../../../host/contract/client.ts'
import { portNames, remoteNames } from '../../../host/contract/stack.ts'
import type { StackState } from '../../../host/contract/stack.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { NumberInput } from '../../ui/number-input.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useWords } from '../../ui/use-words.ts'
import { ExportPanel } from './export-panel.tsx'
import { RemoteForm } from './remote-form.tsx'
import type { StackConfig } from './stack.tsx'
import { told } from './told.ts'
import type { Order } from './use-orders.ts'
import { words } from './words.ts'
import styles from './stack.module.css'

interface StackSettingsProps {
  readonly client: WeirClient
  readonly state: StackState
  readonly config: StackConfig
  readonly order: Order
  readonly exportSought: boolean
  readonly onExportFound: () => void
}

const stackExtras = ['alloy', 'pyroscope'] as const
const providers = ['auto', 'docker', 'embedded', 'remote'] as const

/** Where the backends run, on which ports, and the way beyond one machine. */
export function StackSettings({ client, state, config, order, exportSought, onExportFound }: StackSettingsProps) {
  const say = useWords(words)
  const { settings, remotes } = state
  const [ports, setPorts] = useState(settings.ports)
  const [dockerHost, setDockerHost] = useState(settings.dockerHost ?? '')
  const choose = (provider: (typeof providers)[number]): void =>
    void order(() => client.call('chooseProvider', { provider, ...(dockerHost !== '' && { dockerHost }) }))
  return (
    <div className={styles.page}>
      <section className={styles.panel} aria-label={say.provider}>
        <h2 className={styles.subtitle}>{say.provider}</h2>
        <Segments
          label={say.provider}
          value={settings.provider}
          segments={providers.map((value) => ({ value, label: say.providers[value] }))}
          onChange={choose}
        />
        <Field label={say.dockerHost} hint={say.dockerHostDetail}>
          <TextInput mono value={dockerHost} onChange={setDockerHost} onBlur={() => choose(settings.provider)} />
        </Field>
        <Field label={say.metricsStore} beside>
          <Segments
            label={say.metricsStore}
            value={settings.metrics}
            segments={[
              { value: 'mimir', label: 'Mimir' },
              { value: 'prometheus', label: 'Prometheus' },
            ]}
            onChange={(metrics) => void told(client.call('saveStackSettings', { metrics }))}
          />
        </Field>
        {stackExtras.map((extra) => (
          <Field key={extra} label={say.extras[extra]} hint={say.extrasDetail[extra]} beside>
            <Switch
              checked={settings.extras.includes(extra)}
              onChange={(wanted) => {
                const others = settings.extras.filter((other) => other !== extra)
                void told(client.call('saveStackSettings', { extras: wanted ? [...others, extra] : others }))
              }}
            />
          </Field>
        ))}
        <Field label={say.keepRunning} hint={say.keepRunningDetail} beside>
          <Switch
            checked={settings.keepRunning}
            onChange={(keepRunning) => void told(client.call('saveStackSettings', { keepRunning }))}
          />
        </Field>
      </section>
      <section className={styles.panel} aria-label={say.ports}>
        <h2 className={styles.subtitle}>
          {say.ports}
          <Button onClick={() => void told(client.call('saveStackSettings', { ports: { ...ports } }))}>
            {say.save}
          </Button>
        </h2>
        <p className={styles.note}>{say.portsDetail}</p>
        <div className={styles.grid}>
          {portNames.map((name) => (
            <Field key={name} label={name}>
              <NumberInput
                value={ports[name]}
                least={1}
                most={65_535}
                onChange={(port) => port !== undefined && setPorts({ ...ports, [name]: port })}
              />
            </Field>
          ))}
        </div>
      </section>
      <section className={styles.panel} aria-label={say.remotes}>
        <h2 className={styles.subtitle}>{say.remotes}</h2>
        <p className={styles.note}>{say.remotesDetail}</p>
        {remoteNames.map((name) => (
          <RemoteForm key={name} client={client} name={name} saved={remotes.find((remote) => remote.name === name)} />
        ))}
      </section>
      <ExportPanel client={client} text={config.text} sought={exportSought} onFound={onExportFound} />
    </div>
  )
}
