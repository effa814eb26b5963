import { useEffect, useState } from 'react'
import type { WeirClient } from '../../../host/contract/client.ts'
import type { BackendLogLine, BackendName } from '../../../host/contract/stack.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useWords } from '../../ui/use-words.ts'
import { words } from './words.ts'
import styles from './stack.module.css'

interface BackendLogsProps {
  readonly client: WeirClient
  readonly backend: BackendName
  readonly title: string
  readonly onClose: () => void
}

const most = 500

/** The newest 500 lines of a backend's own log, as they come. */
export function BackendLogs({ client, backend, title, onClose }: BackendLogsProps) {
  const say = useWords(words)
  const [lines, setLines] = useState<readonly BackendLogLine[]>([])
  const [ended, setEnded] = useState<string>()
  useEffect(
    () =>
      client.subscribe(
        'backendLogs',
        { backend },
        (fresh) => setLines((before) => [...before, ...fresh].slice(-most)),
        {
          restarted: () => setLines([]),
          ended: ({ message }) => setEnded(message),
        },
      ),
    [client, backend],
  )
  return (
    <Dialog open onClose={onClose} title={title} size="wide">
      <pre className={styles.log} tabIndex={0}>
        {lines.length === 0 ? (ended ?? say.noLogs) : lines.map(({ text }) => text).join('\n')}
      </pre>
    </Dialog>
  )
}
