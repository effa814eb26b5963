import type { WeirClient } from '../../../host/contract/client.ts'
import type { StackState } from '../../../host/contract/stack.ts'
import { BackendCard } from './backend-card.tsx'
import { EngineFacts } from './engine-facts.tsx'
import { ProofPanel } from './proof-panel.tsx'
import { PullPanel } from './pull-panel.tsx'
import type { Order } from './use-orders.ts'
import styles from './stack.module.css'

interface OverviewProps {
  readonly client: WeirClient
  readonly state: StackState
  readonly order: Order
  readonly onTrace: (traceId: string) => void
}

/** A card per backend, the proof that they work, and which engine answered. */
export function Overview({ client, state, order, onTrace }: OverviewProps) {
  const isUp = state.phase === 'up' || state.phase === 'degraded'
  return (
    <div className={styles.page}>
      {state.pull && <PullPanel pull={state.pull} />}
      <div className={styles.cards}>
        {state.cards.map((card) => (
          <BackendCard
            key={card.backend}
            client={client}
            card={card}
            order={order}
            isOurs={state.provider !== 'remote'}
            isUp={isUp}
          />
        ))}
      </div>
      <ProofPanel client={client} proof={state.proof} isUp={isUp} onTrace={onTrace} />
      {state.engine && <EngineFacts search={state.engine} />}
    </div>
  )
}
