import { useEffect, useEffectEvent, useState } from 'react'
import type { WeirClient } from '../../../host/contract/client.ts'
import type { PortOwner, Preflight, PreflightFix } from '../../../host/contract/stack.ts'
import { Button } from '../../ui/button.tsx'
import { byteSize } from '../../ui/quantity.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/use-translation.ts'
import { useWords } from '../../ui/use-words.ts'
import { told } from './told.ts'
import type { Order } from './use-orders.ts'
import { words } from './words.ts'
import styles from './stack.module.css'

interface PreflightDialogProps {
  readonly client: WeirClient
  readonly order: Order
  readonly onClose: () => void
  readonly onStart: () => void
}

const marks = { ok: 'check', warning: 'warning', error: 'error' } as const
const states = { ok: 'passed', warning: 'waiting', error: 'failed' } as const

/** Names every problem, who causes it and what to do, before anything is touched. */
export function PreflightDialog({ client, order, onClose, onStart }: PreflightDialogProps) {
  const translate = useTranslation()
  const say = useWords(words)
  const [found, setFound] = useState<Preflight>()
  const [looks, setLooks] = useState(0)
  const giveUp = useEffectEvent(onClose)
  useEffect(() => {
    let wanted = true
    void told(client.call('preflight', {})).then((answer) => {
      if (!wanted) return
      if (answer === undefined) giveUp()
      else setFound(answer)
    })
    return () => {
      wanted = false
    }
  }, [client, looks])
  const mend = async (fix: PreflightFix): Promise<void> => {
    if (fix.kind === 'use-port') await told(client.call('saveStackSettings', { ports: { [fix.name]: fix.port } }))
    if (fix.kind === 'use-provider') await order(() => client.call('chooseProvider', { provider: fix.provider }))
    setFound(undefined)
    setLooks(looks + 1)
  }
  const nameOf = (owner: PortOwner): string => {
    if (owner.kind === 'container') return `${say.owner.container} ${owner.name} (${owner.image})`
    if (owner.kind === 'process') return `${say.owner.process} ${owner.command} (${owner.pid})`
    return say.owner.unknown
  }
  return (
    <Dialog
      open
      onClose={onClose}
      size="wide"
      title={say.preflight}
      detail={found === undefined ? say.preflightWaiting : say.preflightDetail}
      actions={
        <>
          <Button onClick={onClose}>{say.cancel}</Button>
          <Button kind="primary" disabled={found?.canStart !== true} onClick={onStart}>
            {say.startAnyway}
          </Button>
        </>
      }
    >
      {found === undefined ? (
        <Skeleton lines={5} />
      ) : (
        <ul className={styles.ticks}>
          {found.findings.map(({ severity, message, owner, fix }, index) => (
            <li key={index} className={styles.tick} data-state={states[severity]}>
              <Icon name={marks[severity]} />
              <span>
                {translate(message)}
                {owner !== undefined && <em>{nameOf(owner)}</em>}
                {fix?.kind === 'by-hand' && <em>{translate(fix.words)}</em>}
              </span>
              {fix !== undefined && fix.kind !== 'by-hand' && (
                <Button onClick={() => void mend(fix)}>
                  {fix.kind === 'use-port' ? say.usePort(fix.port) : say.useProvider(say.providers[fix.provider])}
                </Button>
              )}
            </li>
          ))}
          {found.images
            .filter(({ present }) => !present)
            .map(({ image, bytes }) => (
              <li key={image} className={styles.tick} data-state="waiting">
                <Icon name="import" />
                <code>{image}</code>
                <span className={styles.mono}>{bytes === undefined ? '' : byteSize(bytes)}</span>
              </li>
            ))}
        </ul>
      )}
    </Dialog>
  )
}
