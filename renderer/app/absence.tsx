import { useCell, useConnection } from '../live/connection-context.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useWords } from '../ui/use-words.ts'
import { words } from './words.ts'

/** What stands in place of numbers while there are none: why, and what to do about it. */
export function Absence() {
  const say = useWords(words)
  const { client, state, host, collector, servedBy } = useConnection()
  const now = useCell(state)
  const refusal = useCell(host)
  const process = useCell(collector)
  const text =
    now === 'live'
      ? say.empty
      : now === 'lost' && servedBy === 'host'
        ? say.hostLost
        : now === 'refused' && refusal.kind === 'refused'
          ? { title: refusal.message, detail: refusal.nextStep }
          : now === 'failed' && process?.kind === 'failed'
            ? { title: say.failed.title, detail: process.words }
            : say[now]
  const startable = servedBy === 'host' && (now === 'stopped' || now === 'failed')
  return (
    <EmptyState
      icon="components"
      {...text}
      actions={
        startable && (
          <Button
            kind="primary"
            icon="start"
            onClick={() => void client.call('startCollector', {}).catch(() => undefined)}
          >
            {say.start}
          </Button>
        )
      }
    />
  )
}
