/** An encoded piece of a request as an exporter offers it. `size` is its uncompressed payload bytes, for batch limits. */
export interface Fragment {
  readonly body: Uint8Array
  readonly items: number
  readonly size: number
  /**
   * The lanes it runs in, one bit each: a fragment is never sent before an earlier one that it has a lane in common with.
   * All of them when absent, so that it keeps its place among all others; 0 is for one that may come at any place.
   */
  readonly lanes?: number
}

/** Every lane. */
export const allLanes = 0xffff_ffff

/** A moment in an outbox's life: `sequence` fragments, holding `items` items, were accepted before it. */
export interface LogPosition {
  readonly sequence: number
  readonly items: number
}

/** Where a record lies on disk: a segment number and a byte offset. */
export interface Place {
  readonly segment: number
  readonly offset: number
}

/** A fragment on disk: its number, the items before it, its enqueue time (wall ms) and the bytes its record covers. */
export interface StoredFragment extends Fragment {
  readonly lanes: number
  readonly sequence: number
  readonly itemsBefore: number
  readonly enqueuedAt: number
  readonly segment: number
  readonly start: number
  readonly end: number
}

/** The position of a fragment. */
export function before(fragment: StoredFragment): LogPosition {
  return { sequence: fragment.sequence, items: fragment.itemsBefore }
}

/** The position right after a fragment. */
export function after(fragment: StoredFragment): LogPosition {
  return { sequence: fragment.sequence + 1, items: fragment.itemsBefore + fragment.items }
}

export const origin: LogPosition = { sequence: 0, items: 0 }
