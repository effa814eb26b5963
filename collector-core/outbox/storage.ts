// Everything of an outbox that lives on disk, opened together and released together.
import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logger.ts'
import { WeirError } from '../weir-error.ts'
import type { Storage } from './committer.ts'
import { DeadLetters } from './dead-letters.ts'
import type { DirectoryLock, FileSystem } from './file-system.ts'
import { FragmentLog } from './fragment-log.ts'
import { LogReader } from './log-reader.ts'
import type { OutboxSettings } from './outbox-options.ts'
import { Progress } from './progress.ts'
import { Quarantine } from './quarantine.ts'
import { RecentFragments } from './recent-fragments.ts'
import { recover } from './recovery.ts'
import { Hand } from './hand.ts'
import { contains, itemsInBoth } from './stretch.ts'

const recentBytes = 8 * 1024 * 1024
const cursorBytes = 8 * 1024
const largestSegment = 16 * 1024 * 1024
const smallestSegment = 4 * 1024

export interface StorageOptions {
  readonly files: FileSystem
  readonly directory: string
  readonly clock: Clock
  readonly random: () => number
  readonly log: Logger
  readonly settings: () => OutboxSettings
  readonly onDropped: (items: number, reason: string, detail: string) => void
  readonly onProgress: () => void
  /** Reject rather than give up what cannot be read: the caller will try again. */
  readonly patient: boolean
}

/** The opened directory of an outbox. */
export class OpenStorage implements Storage {
  readonly source: FragmentLog
  readonly reader: LogReader
  readonly progress: Progress
  readonly hand: Hand
  readonly deadLetters: DeadLetters
  private readonly options: StorageOptions
  private readonly quarantine: Quarantine
  private readonly lock: DirectoryLock

  private constructor(
    options: StorageOptions,
    parts: Pick<OpenStorage, 'source' | 'reader' | 'progress' | 'hand' | 'deadLetters'>,
    quarantine: Quarantine,
    lock: DirectoryLock,
  ) {
    this.options = options
    this.source = parts.source
    this.reader = parts.reader
    this.progress = parts.progress
    this.hand = parts.hand
    this.deadLetters = parts.deadLetters
    this.quarantine = quarantine
    this.lock = lock
  }

  /** Takes the directory and recovers what is in it. Rejects with a WeirError when another outbox has it. */
  static async open(options: StorageOptions): Promise<OpenStorage> {
    const { files, directory } = options
    await files.makeDirectory(directory)
    const lock = await files.lock(directory, 'Weir')
    if ('holder' in lock) {
      throw new WeirError(
        'outbox_in_use',
        `The queue in ${directory} is in use by ${lock.holder}.`,
        'Stop the other one, or give this one a storage path of its own.',
      )
    }
    try {
      return await OpenStorage.recover(options, lock)
    } catch (error) {
      await lock.release()
      throw error
    }
  }

  usedBytes(): number {
    return this.source.bytes + this.deadLetters.bytes + this.quarantine.bytes + cursorBytes
  }

  segmentBytes(): number {
    return Math.min(largestSegment, Math.max(smallestSegment, Math.floor(this.options.settings().maxBytes / 8)))
  }

  async makeRoom(drop: boolean): Promise<boolean> {
    const before = this.usedBytes()
    const { acked } = this.progress
    if (this.source.segments.length > 0 && acked.sequence >= this.source.end.sequence) {
      await this.source.roll()
      await this.progress.save()
    } else if (drop) {
      await this.dropOldest()
    }
    return this.usedBytes() < before
  }

  /** Makes the last progress durable and lets the directory go. */
  async close(): Promise<void> {
    await this.reader.close()
    await this.progress.close()
    await this.source.close()
    await this.lock.release()
  }

  // What the drain has in hand stays: its frozen request has to survive a crash. Then the oldest whole segment after it
  // goes, and the cursor says so before the file does.
  private async dropOldest(): Promise<void> {
    const { source, reader, progress } = this
    const held = reader.position.sequence > progress.acked.sequence
    const victim = held
      ? source.segments.find(({ first }) => first.sequence >= reader.position.sequence)
      : source.segments.at(0)
    if (victim === undefined) return
    const to = source.limitOf(victim)
    const from = held ? victim.first : progress.acked
    const { hole } = progress
    const items = to.items - from.items - itemsInBoth({ from, to }, hole)
    if (held) {
      const ahead = contains(hole, hole.from.sequence) && hole.to.sequence > progress.acked.sequence
      if (ahead && hole.to.sequence !== from.sequence) return
      if (!(await progress.digHole({ from: ahead ? hole.from : from, to }))) return
    } else {
      reader.skipTo(to)
      await progress.acknowledge(to, { segment: -1, offset: 0 })
      if (!(await progress.save())) return
    }
    await source.discard(victim)
    this.options.log.warn('the queue is full, dropped its oldest data', { items, segment: victim.name })
    if (items > 0)
      this.options.onDropped(items, 'queue_full', `the queue reached ${this.options.settings().maxBytes} bytes`)
  }

  private static async recover(options: StorageOptions, lock: DirectoryLock): Promise<OpenStorage> {
    const { files, directory, clock, random, log, settings, onDropped, onProgress, patient } = options
    const { maxBytes } = settings()
    const quarantine = new Quarantine(files, log, directory, maxBytes / 4)
    const deadLetters = new DeadLetters(files, clock, log, directory, Math.min(largestSegment, maxBytes / 16))
    await quarantine.load()
    await deadLetters.load()
    const freshId = 1 + Math.floor(random() * (2 ** 32 - 1))
    const recovered = await recover({ files, directory, log, quarantine, freshId, patient })
    const { cursorFile, cursor, segments, end, nextNumber, unacknowledged } = recovered
    const recent = new RecentFragments(recentBytes)
    const { outboxId } = cursor
    const source = new FragmentLog({
      files,
      directory,
      log,
      outboxId,
      recent,
      segments,
      end,
      nextNumber,
      onDirectoryLost: () => cursorFile.close(),
    })
    const hand = new Hand(cursor.marks, cursor.acked.sequence)
    const progress = new Progress({ cursorFile, cursor, source, hand, clock, log, onProgress })
    const reader = new LogReader({
      source,
      quarantine,
      log,
      start: cursor.acked,
      place: cursor.place,
      unacknowledged,
      acked: () => progress.acked,
      hole: () => progress.hole,
      onLost: (items, detail) => onDropped(items, 'corrupted', detail),
    })
    await progress.save()
    const parts = { source, reader, progress, hand, deadLetters }
    return new OpenStorage(options, parts, quarantine, lock)
  }
}
