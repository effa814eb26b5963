import type { Fragment } from '../outbox/outbox.ts'

/** One export request out of several of a kind: all their fields are repeated, so concatenation merges them. */
export function merged(fragments: readonly Fragment[]): Uint8Array {
  return fragments.length === 1 ? fragments[0].body : Buffer.concat(fragments.map(({ body }) => body))
}
