// The read side of an outbox: fragments in sequence, from memory where they are recent, else from disk. Whatever is
// missing between two fragments is reported once, when it is passed.
import type { Logger } from '../runtime/logger.ts'
import { errorCode, errorText } from './file-system.ts'
import type { FragmentLog, Segment } from './fragment-log.ts'
import { after, before } from './fragment.ts'
import type { LogPosition, Place, StoredFragment } from './fragment.ts'
import type { Quarantine } from './quarantine.ts'
import { segmentHeaderBytes } from './segment-header.ts'
import { SegmentReader } from './segment-reader.ts'
import { contains, itemsInBoth } from './stretch.ts'
import type { Stretch } from './stretch.ts'

export interface LogReaderOptions {
  readonly source: FragmentLog
  readonly quarantine: Quarantine
  readonly log: Logger
  readonly start: LogPosition
  readonly place: Place
  /** What a crash may have cut off before it was acknowledged: missing fragments in there are not losses. */
  readonly unacknowledged: Stretch
  /** Everything before is done with; read anew each time. */
  readonly acked: () => LogPosition
  /** Dropped on purpose; read anew each time. */
  readonly hole: () => Stretch
  readonly onLost: (items: number, detail: string) => void
}

const readAttempts = 5

/** Walks the log from `start`: every durable fragment once, oldest first. */
export class LogReader {
  private readonly options: LogReaderOptions
  private at: LogPosition
  private place: Place
  private open: SegmentReader | undefined
  private peeked: StoredFragment | undefined
  private failures = 0
  /** False while `place` is only what the cursor says. */
  private placeProven = false

  constructor(options: LogReaderOptions) {
    this.options = options
    this.at = options.start
    this.place = options.place
  }

  /** The position after what was taken. */
  get position(): LogPosition {
    return this.peeked ? before(this.peeked) : this.at
  }

  /** The fragment `take` would give, where it is known already. */
  get upcoming(): StoredFragment | undefined {
    return this.peeked
  }

  /** Continues at a later position. */
  skipTo(position: LogPosition): void {
    if (position.sequence <= this.position.sequence) return
    this.peeked = undefined
    if (position.sequence > this.at.sequence) this.at = position
  }

  /**
   * The next durable fragment, once more until it is taken or dropped; undefined at the end of the log. Rejects when the
   * disk cannot be read: try again later.
   */
  async peek(): Promise<StoredFragment | undefined> {
    if (this.peeked && this.isDone(this.peeked)) this.peeked = undefined
    this.peeked ??= await this.read()
    return this.peeked
  }

  /** Moves past the peeked fragment; undefined when it was dropped in the meantime. */
  take(): StoredFragment | undefined {
    const taken = this.peeked
    this.peeked = undefined
    return taken && this.isDone(taken) ? undefined : taken
  }

  private isDone({ sequence }: StoredFragment): boolean {
    return sequence < this.options.acked().sequence || contains(this.options.hole(), sequence)
  }

  private async read(): Promise<StoredFragment | undefined> {
    const { source, hole, acked } = this.options
    for (;;) {
      if (this.at.sequence < acked().sequence) this.at = acked()
      const gap = hole()
      if (contains(gap, this.at.sequence)) this.at = gap.to
      if (this.at.sequence >= source.end.sequence) return undefined
      const fragment = source.recent.get(this.at.sequence) ?? (await this.fromDisk())
      // While the disk was read, the oldest fragments may have been dropped to make room.
      if (fragment === undefined || fragment.sequence < this.at.sequence || contains(hole(), fragment.sequence))
        continue
      this.at = after(fragment)
      this.place = { segment: fragment.segment, offset: fragment.end }
      this.placeProven = true
      return fragment
    }
  }

  async close(): Promise<void> {
    const open = this.open
    this.open = undefined
    await open?.close().catch(() => undefined)
  }

  private async fromDisk(): Promise<StoredFragment | undefined> {
    const { segments } = this.options.source
    const segment = segments.findLast(({ first }) => first.sequence <= this.at.sequence)
    if (segment === undefined) {
      const first = segments.at(0)?.first ?? this.options.source.end
      this.lose(first, 'segments are missing')
      return undefined
    }
    const limit = this.options.source.limitOf(segment)
    try {
      const fragment = await this.find(segment, limit)
      this.failures = 0
      return fragment
    } catch (error) {
      await this.close()
      if (errorCode(error) === 'EMFILE' || errorCode(error) === 'ENFILE') throw error
      if (errorCode(error) !== 'ENOENT' && ++this.failures < readAttempts) throw error
      this.failures = 0
      await this.setAside(segment, errorText(error))
      this.lose(limit, `${segment.name} cannot be read: ${errorText(error)}`)
      return undefined
    }
  }

  private async find(segment: Segment, limit: LogPosition): Promise<StoredFragment | undefined> {
    const reader = await this.readerOf(segment)
    let offset = this.place.segment === segment.number ? this.place.offset : segmentHeaderBytes
    for (;;) {
      const { fragment, damaged } = await reader.nextFrom(offset, segment.bytes)
      if (!this.placeProven && fragment?.sequence !== this.at.sequence && offset > segmentHeaderBytes) {
        this.placeProven = true
        offset = segmentHeaderBytes
        continue
      }
      if (damaged) await this.setAside(segment, 'a checksum does not match')
      if (fragment === undefined || fragment.sequence >= limit.sequence) {
        this.lose(limit, `${segment.name} is damaged or cut short`)
        return undefined
      }
      if (fragment.sequence >= this.at.sequence) {
        this.lose({ sequence: fragment.sequence, items: fragment.itemsBefore }, `${segment.name} is damaged`)
        return fragment
      }
      offset = fragment.end
    }
  }

  private async readerOf(segment: Segment): Promise<SegmentReader> {
    if (this.open?.segment === segment.number) return this.open
    await this.close()
    const { source } = this.options
    const file = await source.files.open(`${source.directory}/${segment.name}`, 'read')
    this.open = new SegmentReader(file, segment.number, source.outboxId)
    return this.open
  }

  private async setAside(segment: Segment, why: string): Promise<void> {
    if (segment.aside) return
    segment.aside = true
    await this.options.quarantine.copy(segment.name, why)
  }

  /** Moves on to `target`, or to a dropped stretch before it, reporting what should have come before. */
  private lose(target: LogPosition, detail: string): void {
    const from = this.at
    const dropped = this.options.hole().from
    const to = dropped.sequence > from.sequence && dropped.sequence < target.sequence ? dropped : target
    if (to.sequence <= from.sequence) return
    this.at = to
    const { unacknowledged, onLost, log } = this.options
    const excused = itemsInBoth({ from, to }, unacknowledged)
    const items = Math.max(0, to.items - from.items - excused)
    const fragments = to.sequence - from.sequence
    log.warn('queued data is missing', { fragments, items, unacknowledged: excused, detail })
    if (items > 0) onLost(items, detail)
  }
}
