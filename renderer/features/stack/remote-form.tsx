import { useState } from 'react'
import type { WeirClient } from '../../../host/contract/client.ts'
import type { RemoteEndpoint, RemoteName, RemoteTest } from '../../../host/contract/stack.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { shortDuration } from '../../ui/quantity.ts'
import { TextInput } from '../../ui/text-input.tsx'
import { useTranslation } from '../../ui/use-translation.ts'
import { useWords } from '../../ui/use-words.ts'
import { told } from './told.ts'
import { words } from './words.ts'
import styles from './stack.module.css'

interface RemoteFormProps {
  readonly client: WeirClient
  readonly name: RemoteName
  readonly saved: RemoteEndpoint | undefined
}

const titles: Readonly<Record<RemoteName, string>> = {
  loki: 'Loki',
  tempo: 'Tempo',
  mimir: 'Mimir',
  grafana: 'Grafana',
}

/** Where one backend is that somebody else runs, and whether it answers. */
export function RemoteForm({ client, name, saved }: RemoteFormProps) {
  const translate = useTranslation()
  const say = useWords(words)
  const [url, setUrl] = useState(saved?.url ?? '')
  const [writeUrl, setWriteUrl] = useState(saved?.writeUrl ?? '')
  const [tenant, setTenant] = useState(saved?.tenant ?? '')
  const [username, setUsername] = useState(saved?.username ?? '')
  const [secret, setSecret] = useState(saved?.secret ?? '')
  const [test, setTest] = useState<RemoteTest>()
  const endpoint = {
    name,
    url,
    ...(writeUrl !== '' && { writeUrl }),
    ...(tenant !== '' && { tenant }),
    ...(username !== '' && { username }),
    ...(secret !== '' && { secret }),
  }
  return (
    <details className={styles.remote} open={saved !== undefined}>
      <summary className={styles.summary}>{titles[name]}</summary>
      <div className={styles.grid}>
        <Field label={say.remoteUrl}>
          <TextInput mono value={url} onChange={setUrl} placeholder="https://" />
        </Field>
        {name === 'tempo' && (
          <Field label={say.remoteWriteUrl}>
            <TextInput mono value={writeUrl} onChange={setWriteUrl} placeholder="host:4317" />
          </Field>
        )}
        <Field label={say.tenant}>
          <TextInput mono value={tenant} onChange={setTenant} />
        </Field>
        <Field label={say.username}>
          <TextInput mono value={username} onChange={setUsername} />
        </Field>
        <Field label={say.secret}>
          <TextInput mono value={secret} onChange={setSecret} />
        </Field>
      </div>
      <div className={styles.row}>
        <Button disabled={url === ''} onClick={() => void told(client.call('testRemote', endpoint)).then(setTest)}>
          {say.test}
        </Button>
        <Button kind="primary" disabled={url === ''} onClick={() => void told(client.call('saveRemote', endpoint))}>
          {say.save}
        </Button>
        {saved !== undefined && (
          <Button kind="danger" onClick={() => void told(client.call('deleteRemote', { name }))}>
            {say.remove}
          </Button>
        )}
        {test !== undefined && (
          <span role="status" className={styles.verdict} data-failing={test.state === 'failed'}>
            {`${translate(test.words)} · ${shortDuration(test.ms)}`}
            {test.problem && <em>{translate(test.problem.nextStep)}</em>}
          </span>
        )}
      </div>
    </details>
  )
}
