import { useEffect, useState } from 'react'
import type { WeirClient } from '../../../host/contract/client.ts'
import type { ConnectYourApp as Connect } from '../../../host/contract/stack.ts'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Table } from '../../ui/table.tsx'
import { notify } from '../../ui/toast.tsx'
import { useWords } from '../../ui/use-words.ts'
import { CopyBlock } from './copy-block.tsx'
import type { StackConfig } from './stack.tsx'
import { told } from './told.ts'
import { words } from './words.ts'
import styles from './stack.module.css'

interface ConnectYourAppProps {
  readonly client: WeirClient
  readonly config: StackConfig
  readonly isUp: boolean
}

/** What to copy into a program so that it sends to Weir, and what to add so that Weir sends to the stack. */
export function ConnectYourApp({ client, config, isUp }: ConnectYourAppProps) {
  const say = useWords(words)
  const [found, setFound] = useState<Connect>()
  useEffect(() => {
    void told(client.call('connectYourApp', {})).then(setFound)
  }, [client])
  const point = async (): Promise<void> => {
    const pointed = await told(client.call('pointConfigAtStack', { text: config.text }))
    if (pointed === undefined) return
    if (pointed.changes.length > 0) config.replace(pointed.text)
    const title = pointed.changes.length > 0 ? say.pointed(pointed.changes.length) : say.pointedNone
    const detail = pointed.changes.map(({ component, from, to }) => `${component}: ${from} → ${to}`).join('\n')
    notify({ tone: 'done', title, ...(detail !== '' && { detail }) })
  }
  if (found === undefined) return <Skeleton lines={8} />
  return (
    <div className={styles.page}>
      <CopyBlock title={say.environment} detail={say.environmentDetail} text={found.shell} />
      <CopyBlock
        title={say.scrape}
        detail={say.scrapeDetail}
        text={found.scrape}
        actions={
          <Button icon="plus" onClick={() => config.add(found.scrape)}>
            {say.addToConfig}
          </Button>
        }
      />
      <section className={styles.panel} aria-label={say.point}>
        <h2 className={styles.subtitle}>
          {say.point}
          <Button disabled={!isUp} onClick={() => void point()}>
            {say.point}
          </Button>
        </h2>
        <p className={styles.note}>{say.pointDetail}</p>
      </section>
      <section className={styles.panel} aria-label={say.containers}>
        <h2 className={styles.subtitle}>{say.containers}</h2>
        <p className={styles.note}>{found.containers.length === 0 ? say.noContainers : say.containersDetail}</p>
        {found.containers.length > 0 && (
          <Table label={say.containers}>
            <tbody>
              {found.containers.map(({ name, image, ports }) => (
                <tr key={name}>
                  <td>{name}</td>
                  <td className={styles.mono}>{image}</td>
                  <td className={styles.mono}>{ports.join(', ')}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </section>
    </div>
  )
}
