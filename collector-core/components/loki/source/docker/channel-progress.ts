import { pieceSize } from '../../../../docker/log-line-decoder.ts'
import { lineHash } from '../../../../tail/line-hash.ts'
import { compareTimes } from './position.ts'
import type { ChannelMark } from './position.ts'
import { RecentTimes } from './recent-times.ts'

/** Stands for the hash of a line that was too long to look at. */
export const hashOfTooLong = 1

/** What a line is: to be handed on, read before, or not to be told from this stream alone. */
export type Verdict = 'new' | 'old' | 'doubtful'

/**
 * Tells, line by line, which lines of a channel are new. Engines repeat lines, after a reconnection because they are
 * asked to, and some (20.10) in the middle of a stream when a log is rotated. Repeated lines are recognised by
 * timestamp and, among equal timestamps, by count and content. A timestamp that goes back to one not seen lately may be a
 * far repetition or a clock set back: that is doubtful, and only a fresh look at the log tells.
 */
export class ChannelProgress {
  private seconds = 0
  private nanos = 0
  private count = 0
  private hash = 0
  private highSeconds = 0
  private highNanos = 0
  /** Where the last line is while its hash is not known yet, and its length. */
  private lastBuffer: Uint8Array | undefined
  private lastStart = 0
  private lastEnd = 0
  private lastLength = 0
  /** Lines at the mark's timestamp met in this replay; -1 when nothing is being repeated. */
  private met = -1
  private afterMarkOnly = false
  private trusted: { readonly seconds: number; readonly nanos: number } | undefined
  private readonly recent = new RecentTimes()

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
    this.trusted = undefined
  }

  /** The log no longer holds the last line: nothing in it was read before. */
  replayIsNew(): void {
    this.met = -1
    this.trusted = undefined
  }

  /** A line that was doubtful is new if it comes again after the last line, in a log that is read from its store. */
  trust(seconds: number, nanos: number): void {
    this.trusted = { seconds, nanos }
  }

  /** Judges the next line; a new one becomes the last one. The bytes have to stay until `sealed`. */
  judge(seconds: number, nanos: number, buffer: Uint8Array, start: number, end: number): Verdict {
    if (this.met >= 0) {
      if (this.isOld(seconds, nanos, buffer, start, end)) return 'old'
    } else if (this.count > 0) {
      const order = compareTimes(seconds, nanos, this.seconds, this.nanos)
      if (order < 0) {
        if (this.trusted?.seconds !== seconds || this.trusted.nanos !== nanos) return this.judgeBackward(seconds, nanos)
      } else if (order === 0 && this.repeatsLast(buffer, start, end)) {
        return 'old'
      }
    }
    this.trusted = undefined
    this.accept(seconds, nanos)
    this.lastBuffer = buffer
    this.lastStart = start
    this.lastEnd = end
    this.lastLength = end - start
    return 'new'
  }

  /** The bytes of the lines judged so far are about to go: the hash of the last one is taken. */
  sealed(): void {
    if (this.lastBuffer) this.hash = hashOf(this.lastBuffer, this.lastStart, this.lastEnd)
    this.lastBuffer = undefined
  }

  mark(): ChannelMark | null {
    if (this.count === 0) return null
    const { seconds, nanos, count, hash, highSeconds, highNanos } = this
    return { seconds, nanos, count, hash, highSeconds, highNanos }
  }

  private accept(seconds: number, nanos: number): void {
    if (this.count > 0 && seconds === this.seconds && nanos === this.nanos) {
      this.count++
      return
    }
    this.seconds = seconds
    this.nanos = nanos
    this.count = 1
    this.recent.add(seconds, nanos)
    if (compareTimes(seconds, nanos, this.highSeconds, this.highNanos) > 0) {
      this.highSeconds = seconds
      this.highNanos = nanos
    }
  }

  /** Lines seen lately come again: from here on the stream repeats itself, up to the last line at least. */
  private judgeBackward(seconds: number, nanos: number): Verdict {
    if (!this.recent.has(seconds, nanos)) return 'doubtful'
    this.replay()
    return 'old'
  }

  /**
   * A repetition that starts with the last line itself, or with the later pieces of it: at a clock of nanoseconds no other
   * line has the same timestamp and the same content.
   */
  private repeatsLast(buffer: Uint8Array, start: number, end: number): boolean {
    const missing = this.lastLength - (end - start)
    if (missing > 0) return missing % pieceSize === 0
    if (this.lastBuffer) this.hash = hashOf(this.lastBuffer, this.lastStart, this.lastEnd)
    return hashOf(buffer, start, end) === this.hash
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
    if (this.lastBuffer) this.sealed()
    return hashOf(buffer, start, end) === this.hash
  }
}

/** A line too long to look at is given as one that ends before it starts. */
function hashOf(buffer: Uint8Array, start: number, end: number): number {
  return end < start ? hashOfTooLong : lineHash(buffer, start, end)
}
