import { useEffect, useState } from 'react'
import type { Secrets } from '../../../host/contract/project.ts'
import { useConnection } from '../../live/connection-context.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useTranslation } from '../../ui/use-translation.ts'
import { useWords } from '../../ui/use-words.ts'
import { attempt } from '../../ui/attempt.ts'
import { Section } from './section.tsx'
import { words } from './words.ts'
import styles from './settings.module.css'

/** Names of stored secrets; a value goes in and never comes back. */
export function SecretSettings() {
  const translate = useTranslation()
  const say = useWords(words)
  const { client } = useConnection()
  const [secrets, setSecrets] = useState<Secrets>()
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  useEffect(() => {
    void client.call('secrets', {}).then(setSecrets, () => undefined)
  }, [client])
  const store = (): void => {
    const stored = client.call('saveSecret', { name, value }).then((next) => {
      setSecrets(next)
      setName('')
    })
    setValue('')
    attempt(stored, say.failed)
  }
  return (
    <Section title={say.secrets}>
      <p className={styles.note}>{say.secretsHint}</p>
      {secrets === undefined ? (
        <Skeleton lines={2} />
      ) : !secrets.available ? (
        <p className={styles.note}>
          <strong>{say.unavailable}</strong> {translate(secrets.why ?? '')}
        </p>
      ) : (
        <>
          {secrets.names.length === 0 ? (
            <p className={styles.note}>{say.noSecrets}</p>
          ) : (
            <ul className={styles.names}>
              {secrets.names.map((one) => (
                <li key={one}>
                  <code>{one}</code>
                  <IconButton
                    icon="delete"
                    label={say.remove(one)}
                    onClick={() => attempt(client.call('deleteSecret', { name: one }).then(setSecrets), say.failed)}
                  />
                </li>
              ))}
            </ul>
          )}
          <form
            className={styles.store}
            onSubmit={(event) => {
              event.preventDefault()
              store()
            }}
          >
            <TextInput label={say.name} placeholder={say.name} mono value={name} onChange={setName} />
            <TextInput label={say.value} placeholder={say.value} type="password" value={value} onChange={setValue} />
            <Button type="submit" icon="secret" disabled={name === '' || value === ''}>
              {say.add}
            </Button>
          </form>
        </>
      )}
    </Section>
  )
}
