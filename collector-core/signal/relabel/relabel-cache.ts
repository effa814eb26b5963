import type { Labels } from '../labels.ts'
import type { Relabel } from './relabel.ts'

/** When entries leave: `maxEntries` bounds their number (the longest unused goes first), `ttlMs` the time unused. */
export interface RelabelCacheBounds {
  readonly maxEntries?: number
  readonly ttlMs?: number
}

interface Entry {
  readonly result: Labels | undefined
  usedAt: number
}

/** Remembers what a relabelling makes of each label set. Equal sets give the same object. */
export class RelabelCache {
  hits = 0
  misses = 0
  /** Entries forgotten through `forget`. */
  deletes = 0
  /** Entries forgotten for their age. */
  expired = 0
  private readonly relabel: Relabel
  private readonly bounds: RelabelCacheBounds
  private readonly monotonic: () => number
  // In order of use, the longest unused first.
  private readonly entries = new Map<string, Entry>()
  // Stands before the longest unused entry; looking from the start each time would pass all that were deleted.
  private oldest = this.entries.keys()

  constructor(relabel: Relabel, bounds: RelabelCacheBounds, monotonic: () => number = () => 0) {
    this.relabel = relabel
    this.bounds = bounds
    this.monotonic = monotonic
  }

  get size(): number {
    return this.entries.size
  }

  get(labels: Labels): Labels | undefined {
    const { key } = labels
    const known = this.entries.get(key)
    const now = this.monotonic()
    if (known !== undefined) {
      this.hits++
      this.touch(key, known, now)
      return known.result
    }
    this.misses++
    const result = this.relabel(labels)
    const { maxEntries = Infinity } = this.bounds
    if (maxEntries > 0) {
      if (this.entries.size >= maxEntries) this.forgetLongestUnused()
      this.entries.set(key, { result, usedAt: now })
    }
    return result
  }

  /** Forgets one label set, as when its series has ended. */
  forget(labels: Labels): void {
    if (this.entries.delete(labels.key)) this.deletes++
  }

  /** Forgets what has been unused for longer than the bound. */
  expire(): void {
    const { ttlMs } = this.bounds
    if (ttlMs === undefined || ttlMs <= 0) return
    const before = this.monotonic() - ttlMs
    for (const [key, entry] of this.entries) {
      if (entry.usedAt > before) break
      this.entries.delete(key)
      this.expired++
    }
  }

  private touch(key: string, entry: Entry, now: number): void {
    // Moving an entry costs a delete and an insert: without an age bound, and far from the size bound, skip it.
    const { maxEntries = Infinity, ttlMs } = this.bounds
    if (ttlMs === undefined && this.entries.size < maxEntries / 2) return
    entry.usedAt = now
    this.entries.delete(key)
    this.entries.set(key, entry)
  }

  private forgetLongestUnused(): void {
    let { done, value } = this.oldest.next()
    if (done === true) {
      this.oldest = this.entries.keys()
      ;({ done, value } = this.oldest.next())
    }
    if (done !== true && value !== undefined) this.entries.delete(value)
  }
}
