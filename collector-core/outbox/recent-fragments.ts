import type { StoredFragment } from './fragment.ts'

/** The newest fragments of the log, kept in memory up to a number of bytes so that a healthy backend is served without reading the disk. */
export class RecentFragments {
  private readonly maxBytes: number
  private fragments: StoredFragment[] = []
  private head = 0
  private bytes = 0

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes
  }

  /** Adds the next fragment in sequence; the oldest ones make room. */
  push(fragment: StoredFragment): void {
    this.fragments.push(fragment)
    this.bytes += cost(fragment)
    while (this.bytes > this.maxBytes) this.shift()
  }

  get(sequence: number): StoredFragment | undefined {
    const oldest = this.fragments.at(this.head)
    if (oldest === undefined || sequence < oldest.sequence) return undefined
    return this.fragments.at(this.head + sequence - oldest.sequence)
  }

  /** Forgets what comes before `sequence`. */
  releaseUntil(sequence: number): void {
    while (this.head < this.fragments.length && this.fragments[this.head].sequence < sequence) this.shift()
  }

  private shift(): void {
    this.bytes -= cost(this.fragments[this.head])
    this.head++
    if (this.head < 1024 && this.head < this.fragments.length) return
    this.fragments = this.fragments.slice(this.head)
    this.head = 0
  }
}

function cost(fragment: StoredFragment): number {
  return fragment.body.length + 200
}
