import { lineHash } from '../../../../tail/line-hash.ts'
import { compareTimes } from './position.ts'
import type { ChannelMark } from './position.ts'

/** Stands for the hash of a line that was too long to look at. */
export const hashOfTooLong = 1

/**
 * Tells, line by line, which lines of a channel are new. After a reconnection the engine repeats lines; those up to and
 * including the last one read are recognised by timestamp and, among equal timestamps, by count and content.
 */
export class ChannelProgress {
  private seconds = 0
  private nanos = 0
  private count = 0
  private hash = 0
  private highSeconds = 0
  private highNanos = 0
  /** Lines at the mark's timestamp met in this replay; -1 when nothing is being repeated. */
  private met = -1
  private afterMarkOnly = false

  constructor(mark?: ChannelMark | null) {
    if (!mark) return
    this.seconds = mark.seconds
    this.nanos = mark.nanos
    this.count = mark.count
    this.hash = mark.hash
    this.highSeconds = mark.highSeconds
    this.highNanos = mark.highNanos
  }

  /**
   * Expects the log to be repeated from before the last line. `afterMarkOnly`: the last line is known to be in it, so
   * everything before it is old whatever its timestamp.
   */
  replay(afterMarkOnly = false): void {
    this.met = this.count === 0 ? -1 : 0
    this.afterMarkOnly = afterMarkOnly
  }

  /** The log no longer holds the last line: nothing in it was read before. */
  replayIsNew(): void {
    this.met = -1
  }

  /** Whether the line is new; if so, it becomes the last one. Its hash is supplied later, by `sealed`. */
  admit(seconds: number, nanos: number, buffer: Uint8Array, start: number, end: number): boolean {
    if (this.met >= 0 && this.isOld(seconds, nanos, buffer, start, end)) return false
    if (seconds === this.seconds && nanos === this.nanos && this.count > 0) {
      this.count++
    } else {
      this.seconds = seconds
      this.nanos = nanos
      this.count = 1
      if (compareTimes(seconds, nanos, this.highSeconds, this.highNanos) > 0) {
        this.highSeconds = seconds
        this.highNanos = nanos
      }
    }
    return true
  }

  /** Gives the hash of the last line admitted. */
  sealed(hash: number): void {
    this.hash = hash
  }

  mark(): ChannelMark | null {
    if (this.count === 0) return null
    const { seconds, nanos, count, hash, highSeconds, highNanos } = this
    return { seconds, nanos, count, hash, highSeconds, highNanos }
  }

  private isOld(seconds: number, nanos: number, buffer: Uint8Array, start: number, end: number): boolean {
    const order = compareTimes(seconds, nanos, this.seconds, this.nanos)
    if (order < 0) return true
    if (order > 0) {
      if (this.afterMarkOnly) return true
      this.met = -1
      return false
    }
    this.met++
    if (this.met < this.count) return true
    this.met = -1
    // At the same nanosecond as the last line read but another one: the log was cut off just before it.
    return (end < start ? hashOfTooLong : lineHash(buffer, start, end)) === this.hash
  }
}
