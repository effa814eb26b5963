/** A key and its value, as bytes. */
export type Pair = readonly [key: Uint8Array, value: Uint8Array]

/** What one write changes; `deleteRanges` are half open and take effect before `puts`. */
export interface Changes {
  readonly puts: readonly Pair[]
  readonly deleteRanges?: readonly (readonly [from: Uint8Array, to: Uint8Array])[]
}

/** An ordered store of bytes: all the embedded backend asks of its engine. Ranges are half open, in byte order. */
export interface KeyValueStore {
  /** Resolves when the changes are on disk, all of them or none; writes take effect in the order of the calls. */
  write(changes: Changes): Promise<void>
  /** Everything in a range; for ranges known to be small. */
  all(from: Uint8Array, to: Uint8Array): Promise<readonly Pair[]>
  /** A range in pieces, ascending unless `reverse`. */
  scan(from: Uint8Array, to: Uint8Array, reverse?: boolean): AsyncIterable<readonly Pair[]>
  /** The first key of a range. */
  firstKey(from: Uint8Array, to: Uint8Array): Promise<Uint8Array | undefined>
  /** Gives the space of what was removed from a range back to the file system. */
  reclaim(from: Uint8Array, to: Uint8Array): Promise<void>
  /** About how many bytes a range takes on disk; what was written last may not count yet. */
  sizeOf(from: Uint8Array, to: Uint8Array): Promise<number>
  close(): Promise<void>
}
