import type { OutboxStatus } from '../outbox/outbox-options.ts'
import type { QueueState } from '../protocol.ts'

/** An outbox in a frame. */
export function queueState({ queuedItems, queuedBytes, oldestAt }: OutboxStatus): QueueState {
  return { items: queuedItems, bytes: queuedBytes, oldestAt }
}

/** Several queues as one. */
export function sumQueues(queues: readonly QueueState[]): QueueState {
  const oldest = queues.flatMap(({ oldestAt }) => oldestAt ?? [])
  return {
    items: queues.reduce((sum, { items }) => sum + items, 0),
    bytes: queues.reduce((sum, { bytes }) => sum + bytes, 0),
    ...(oldest.length > 0 && { oldestAt: Math.min(...oldest) }),
  }
}
