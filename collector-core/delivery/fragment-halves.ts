import type { Fragment, OutboxRequest } from '../outbox/outbox.ts'

/** A request of these fragments that was not tried yet. */
export function requestOf(fragments: readonly Fragment[]): OutboxRequest {
  return { fragments, items: fragments.reduce((sum, { items }) => sum + items, 0), attempt: 0 }
}

/** The request cut in two between fragments; undefined when it holds a single one. */
export function fragmentHalves({ fragments }: OutboxRequest): readonly [OutboxRequest, OutboxRequest] | undefined {
  if (fragments.length < 2) return undefined
  const middle = fragments.length >>> 1
  return [requestOf(fragments.slice(0, middle)), requestOf(fragments.slice(middle))]
}
