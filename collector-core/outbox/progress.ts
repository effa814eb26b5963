// How far delivery has come, in memory and in the cursor file. Which requests are under way is durable before they are.
// What is done is written down within milliseconds, for a kill, and synced within a second or with the next request; a
// lost acknowledgement costs one repeated request.
import type { Clock, Timer } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logger.ts'
import type { CursorFile, CursorState } from './cursor-file.ts'
import { noHole } from './cursor-file.ts'
import { errorCode, errorText } from './file-system.ts'
import type { FragmentLog } from './fragment-log.ts'
import type { LogPosition, Place } from './fragment.ts'
import { contains } from './stretch.ts'
import type { Stretch } from './stretch.ts'
import type { Hand } from './hand.ts'

const lazyMs = 1_000
const noteMs = 5

export interface ProgressOptions {
  readonly cursorFile: CursorFile
  readonly cursor: CursorState
  readonly source: FragmentLog
  readonly hand: Hand
  readonly clock: Clock
  readonly log: Logger
  /** Called after fragments were acknowledged or segments removed. */
  readonly onProgress: () => void
}

/** The cursor of a running outbox. */
export class Progress {
  private readonly options: ProgressOptions
  private state: CursorState
  private writing: Promise<boolean> = Promise.resolve(true)
  private next: { durable: boolean; readonly done: Promise<boolean> } | undefined
  private timer: Timer | undefined
  private noteTimer: Timer | undefined

  constructor(options: ProgressOptions) {
    this.options = options
    this.state = options.cursor
  }

  get acked(): LogPosition {
    return this.state.acked
  }

  /** Where the first fragment not done lies. */
  get place(): Place {
    return this.state.place
  }

  get hole(): Stretch {
    return this.state.hole
  }

  /** Items and segment bytes accepted and not done. */
  queued(): { readonly items: number; readonly bytes: number } {
    const { acked, place, hole } = this.state
    const { source, hand } = this.options
    const { end, bytes, segments } = source
    const ahead = hole.to.sequence > acked.sequence ? hole.to.items - hole.from.items : 0
    const items = Math.max(0, end.items - acked.items - ahead - hand.doneItems)
    if (acked.sequence >= end.sequence) return { items, bytes: 0 }
    let done = 0
    for (const segment of segments) {
      if (segment.number === place.segment) done += place.offset
      if (segment.number >= place.segment) break
      done += segment.bytes
    }
    return { items, bytes: Math.max(0, bytes - done) }
  }

  /** Notes that everything before `position`, which lies at `place`, is done. */
  async acknowledge(position: LogPosition, place: Place): Promise<void> {
    const { source, clock, onProgress } = this.options
    const { hole } = this.state
    if (position.sequence < this.state.acked.sequence) return
    if (contains(hole, position.sequence)) return this.acknowledge(hole.to, { segment: -1, offset: 0 })
    this.state = {
      ...this.state,
      acked: position,
      place,
      hole: position.sequence >= hole.to.sequence ? noHole : hole,
    }
    source.recent.releaseUntil(position.sequence)
    const [oldest] = source.segments
    if (source.segments.length > 1 && source.limitOf(oldest).sequence <= position.sequence) await this.save()
    else {
      this.timer ??= clock.after(lazyMs, () => void this.save())
      this.noteTimer ??= clock.after(noteMs, () => void this.note())
    }
    onProgress()
  }

  /** Notes that a stretch was dropped although fragments before it are still to be sent. */
  async digHole(hole: Stretch): Promise<boolean> {
    const before = this.state.hole
    this.state = { ...this.state, hole }
    if (await this.save()) return true
    this.state = { ...this.state, hole: before }
    return false
  }

  /** Makes the state durable, then frees what it no longer needs. False, with a log line, when it could not. */
  save(): Promise<boolean> {
    this.timer?.cancel()
    this.timer = undefined
    return this.write(true)
  }

  /** Makes the state outlive the process, not a power cut. */
  note(): Promise<boolean> {
    return this.write(false)
  }

  async close(): Promise<void> {
    await this.save()
    await this.options.cursorFile.close()
  }

  /** One write at a time; those that are asked for meanwhile are one more. */
  private write(durable: boolean): Promise<boolean> {
    if (this.next !== undefined) {
      this.next.durable ||= durable
      return this.next.done
    }
    const begin = (): Promise<boolean> => {
      const { durable: synced } = this.next!
      this.next = undefined
      return this.writeNow(synced)
    }
    this.writing = this.writing.then(begin)
    this.next = { durable, done: this.writing }
    return this.writing
  }

  private async writeNow(durable: boolean): Promise<boolean> {
    const { cursorFile, source, hand, log, onProgress } = this.options
    this.noteTimer?.cancel()
    this.noteTimer = undefined
    const marks = hand.marks(this.state.acked.sequence)
    const state = (this.state = { ...this.state, marks, end: source.end })
    const before = source.bytes
    try {
      if (!durable) {
        await cursorFile.note(state)
        return true
      }
      await cursorFile.save(state).catch(async (error: unknown) => {
        if (errorCode(error) !== 'ENOSPC') throw error
        // A full disk that cannot take the cursor either is only freed by what was delivered.
        await source.reclaim(state.acked)
        await cursorFile.save(state)
      })
    } catch (error) {
      log.warn('could not write the cursor of the queue; a crash now would repeat what was sent', {
        directory: source.directory,
        error: errorText(error),
      })
      return false
    }
    await source.reclaim(state.acked)
    if (source.bytes < before) onProgress()
    return true
  }
}
