// The append side of an outbox: segments of records, one of them being written. Each segment says at which sequence it
// starts, and where two segments overlap the later one counts: what a failed write may have left behind is void.
import type { Logger } from '../runtime/logger.ts'
import { errorText } from './file-system.ts'
import type { FileSystem, OpenFile } from './file-system.ts'
import { allLanes } from './fragment.ts'
import type { Fragment, LogPosition } from './fragment.ts'
import { encodeRecords, recordHeaderBytes } from './record.ts'
import type { RecentFragments } from './recent-fragments.ts'
import { encodeSegmentHeader, segmentHeaderBytes, segmentName } from './segment-header.ts'

/** A segment file; `bytes` counts what may be read, `aside` that a copy is in quarantine. */
export interface Segment {
  readonly number: number
  readonly name: string
  readonly first: LogPosition
  bytes: number
  aside: boolean
}

export interface FragmentLogOptions {
  readonly files: FileSystem
  readonly directory: string
  readonly log: Logger
  readonly outboxId: number
  readonly recent: RecentFragments
  /** In order, as recovered. */
  readonly segments: Segment[]
  readonly end: LogPosition
  readonly nextNumber: number
  /** Called when the directory turns out to be gone: what else is open in it leads nowhere. */
  readonly onDirectoryLost: () => Promise<void>
}

const checkMs = 1_000

/** The durable fragments of an outbox. Calls to `append` must not overlap. */
export class FragmentLog {
  readonly files: FileSystem
  readonly directory: string
  readonly outboxId: number
  readonly recent: RecentFragments
  private readonly log: Logger
  private list: Segment[]
  private active: { readonly segment: Segment; readonly file: OpenFile } | undefined
  private durableEnd: LogPosition
  private nextNumber: number
  private diskBytes = 0
  private readonly onDirectoryLost: () => Promise<void>
  private checkedAt = 0

  constructor(options: FragmentLogOptions) {
    this.files = options.files
    this.directory = options.directory
    this.log = options.log
    this.outboxId = options.outboxId
    this.recent = options.recent
    this.list = options.segments
    this.durableEnd = options.end
    this.nextNumber = options.nextNumber
    this.onDirectoryLost = options.onDirectoryLost
    for (const { bytes } of this.list) this.diskBytes += bytes
  }

  get segments(): readonly Segment[] {
    return this.list
  }

  /** The position after the last durable fragment. */
  get end(): LogPosition {
    return this.durableEnd
  }

  /** Bytes of all segment files. */
  get bytes(): number {
    return this.diskBytes
  }

  /** Where a segment's fragments end: at the first one of the next segment, or at the end of the log. */
  limitOf(segment: Segment): LogPosition {
    return this.list.at(this.list.indexOf(segment) + 1)?.first ?? this.durableEnd
  }

  /**
   * Makes fragments durable, in order, as one write and one sync; they can be read from then on. When that fails, once
   * more in a new segment; when that fails too, rejects and nothing of the group counts.
   */
  async append(group: readonly Fragment[], now: number, segmentBytes: number): Promise<void> {
    const block = encodeRecords(group, this.durableEnd, now, this.outboxId)
    if (Math.abs(now - this.checkedAt) >= checkMs) await this.checkDirectory(now)
    if (this.active && this.active.segment.bytes + block.length > segmentBytes) await this.roll()
    let written: { segment: Segment; offset: number }
    try {
      written = await this.write(block)
    } catch (error) {
      this.log.warn('writing the queue failed, trying again in a new segment', { error: errorText(error) })
      written = await this.write(block)
    }
    this.publish(group, block, now, written)
  }

  /** Stops writing to the current segment, so that it can be removed once its fragments are done. */
  async roll(): Promise<void> {
    const file = this.active?.file
    this.active = undefined
    await file?.close().catch(() => undefined)
  }

  /** Removes the segments whose fragments all come before `acked`; a position before must be durable by then. */
  async reclaim(acked: LogPosition): Promise<void> {
    const done = (segment: Segment): boolean =>
      segment !== this.active?.segment && this.limitOf(segment).sequence <= acked.sequence
    await this.removeAll(this.list.filter(done))
  }

  /** Removes a segment whatever it holds. */
  async discard(segment: Segment): Promise<void> {
    if (this.active?.segment === segment) await this.roll()
    await this.removeAll([segment])
  }

  close(): Promise<void> {
    return this.roll()
  }

  // An unlinked file takes writes and syncs as if nothing had happened.
  private async checkDirectory(now: number): Promise<void> {
    this.checkedAt = now
    const { active } = this
    if (active === undefined) return
    if ((await this.files.size(`${this.directory}/${active.segment.name}`)) !== undefined) return
    this.log.error('the queue was removed from under its owner; starting a new one in its place', {
      directory: this.directory,
    })
    await this.roll()
    await this.onDirectoryLost()
    await this.files.makeDirectory(this.directory)
  }

  private async write(block: Buffer): Promise<{ segment: Segment; offset: number }> {
    const fresh = this.active === undefined
    const { segment, file } = (this.active ??= await this.start())
    const offset = segment.bytes
    try {
      if (fresh) {
        const header = encodeSegmentHeader({ outboxId: this.outboxId, number: segment.number, first: segment.first })
        await file.write(Buffer.concat([header, block]), 0)
      } else {
        await file.write(block, offset)
      }
      await file.sync()
      if (fresh) await this.files.syncDirectory(this.directory)
    } catch (error) {
      await this.abandon(segment, file)
      throw error
    }
    segment.bytes += block.length
    this.diskBytes += block.length
    return { segment, offset }
  }

  private async start(): Promise<{ segment: Segment; file: OpenFile }> {
    const number = this.nextNumber++
    const name = segmentName(number)
    const file = await this.files.open(`${this.directory}/${name}`, 'create')
    const segment = { number, name, first: this.durableEnd, bytes: segmentHeaderBytes, aside: false }
    this.list.push(segment)
    this.diskBytes += segment.bytes
    return { segment, file }
  }

  // After a failed sync neither the file nor its descriptor can be believed, only what an earlier sync covered.
  private async abandon(segment: Segment, file: OpenFile): Promise<void> {
    this.active = undefined
    await file.truncate(segment.bytes).catch(() => undefined)
    await file.close().catch(() => undefined)
    if (segment.first.sequence === this.durableEnd.sequence) await this.removeAll([segment])
  }

  private publish(
    group: readonly Fragment[],
    block: Buffer,
    now: number,
    at: { segment: Segment; offset: number },
  ): void {
    let { sequence, items: itemsBefore } = this.durableEnd
    let start = 0
    for (const { body, items, size, lanes = allLanes } of group) {
      const end = start + recordHeaderBytes + body.length
      const kept = block.subarray(start + recordHeaderBytes, end)
      const place = { segment: at.segment.number, start: at.offset + start, end: at.offset + end }
      this.recent.push({ body: kept, items, size, lanes, sequence, itemsBefore, enqueuedAt: now, ...place })
      sequence++
      itemsBefore += items
      start = end
    }
    this.durableEnd = { sequence, items: itemsBefore }
  }

  private async removeAll(unwanted: readonly Segment[]): Promise<void> {
    const victims = this.list.filter((segment) => unwanted.includes(segment))
    this.list = this.list.filter((segment) => !unwanted.includes(segment))
    for (const { name, bytes } of victims) {
      this.diskBytes -= bytes
      await this.files.remove(`${this.directory}/${name}`).catch((error: unknown) => {
        this.log.warn('could not remove a finished segment', {
          file: `${this.directory}/${name}`,
          error: errorText(error),
        })
      })
    }
  }
}
