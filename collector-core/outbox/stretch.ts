import type { LogPosition } from './fragment.ts'

/** A stretch of the log: from a position (inclusive) to one (exclusive). */
export interface Stretch {
  readonly from: LogPosition
  readonly to: LogPosition
}

export function contains({ from, to }: Stretch, sequence: number): boolean {
  return sequence >= from.sequence && sequence < to.sequence
}

export function itemsInBoth(one: Stretch, other: Stretch): number {
  const from = Math.max(one.from.items, other.from.items)
  return Math.max(0, Math.min(one.to.items, other.to.items) - from)
}
