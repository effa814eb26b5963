// The receiving side of an outbox: offers are settled in order, many by one sync. While a sync runs others gather; when
// offers keep coming side by side, a short wait gathers more of them, and when they come one after another there is none.
import { accepted, refused } from '../signal/receiver.ts'
import type { Acceptance } from '../signal/receiver.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logger.ts'
import { Bell } from './bell.ts'
import { errorCode, errorText } from './file-system.ts'
import type { FragmentLog } from './fragment-log.ts'
import { allLanes } from './fragment.ts'
import type { Fragment } from './fragment.ts'
import type { OutboxSettings } from './outbox-options.ts'
import { recordHeaderBytes } from './record.ts'
import { segmentHeaderBytes } from './segment-header.ts'

const lingerMs = 10
/** Syncs of single fragments after which waiting is tried. */
const singlesBeforeLinger = 32
/** Bytes that are worth a sync of their own. */
const enoughBytes = 32 * 1024
const groupBytes = 4 * 1024 * 1024
const waitingFragments = 65_536
const waitingBytes = 64 * 1024 * 1024
const retryFailedAfterMs = 250
const tryAgainMs = 1_000

interface Offer {
  readonly fragment: Fragment
  readonly bytes: number
  readonly settle: (acceptance: Acceptance) => void
}

/** Where fragments go, and how room is made for them. */
export interface Storage {
  readonly source: FragmentLog
  /** Bytes the outbox takes on disk. */
  usedBytes(): number
  segmentBytes(): number
  /** Frees what is delivered already, else, with `drop`, the oldest that is not. True when something was freed. */
  makeRoom(drop: boolean): Promise<boolean>
}

export interface CommitterOptions {
  readonly settings: () => OutboxSettings
  readonly clock: Clock
  readonly log: Logger
  readonly onDurable: () => void
}

/** Takes offers, from the start on; they settle once `open` was called. */
export class Committer {
  /** Whether the offer in front found no room. */
  blocked = false
  /** What the disk said to the last write; undefined after one that worked. */
  diskError: string | undefined
  private readonly options: CommitterOptions
  private readonly closing = new AbortController()
  private readonly arrival = new Bell()
  private storage: Storage | undefined
  private waiting: Offer[] = []
  private bytes = 0
  private loop: Promise<void> | undefined
  private again = false
  private refusal: Acceptance | undefined
  private singles = 0
  private singlesSince = 0
  private lingering = false
  private failedAt = -Infinity

  constructor(options: CommitterOptions) {
    this.options = options
  }

  offer(fragment: Fragment): Promise<Acceptance> {
    checkNumbers(fragment)
    const { settings, clock } = this.options
    const bytes = recordHeaderBytes + fragment.body.length
    if (this.refusal) return Promise.resolve(this.refusal)
    if (bytes + 2 * segmentHeaderBytes > settings().maxBytes) {
      return Promise.resolve(refused('the data is larger than the whole queue may be', false))
    }
    if (this.diskError !== undefined && clock.monotonic() - this.failedAt < retryFailedAfterMs) {
      return Promise.resolve(this.diskRefusal())
    }
    if (this.waiting.length >= waitingFragments || this.bytes + bytes > Math.max(waitingBytes, bytes)) {
      return Promise.resolve(refused('too much is waiting for room in the queue', true, tryAgainMs))
    }
    return new Promise((settle) => {
      this.waiting.push({ fragment, bytes, settle })
      this.bytes += bytes
      if (this.lingering && this.bytes >= enoughBytes) this.arrival.ring()
      this.wake()
    })
  }

  open(storage: Storage): void {
    this.storage = storage
    this.wake()
  }

  /** Looks again whether there is work and room for it. */
  wake(): void {
    if (this.storage === undefined || this.waiting.length === 0) return
    this.again = true
    this.loop ??= this.work(this.storage)
  }

  /** Takes no more offers, settles those it has room for and refuses the rest. */
  async close(reason: string, retryable = true): Promise<void> {
    this.refusal = refused(reason, retryable, retryable ? tryAgainMs : undefined)
    this.closing.abort()
    await this.loop
    this.settle(this.waiting.splice(0), this.refusal)
    this.blocked = false
  }

  private async work(storage: Storage): Promise<void> {
    while (this.again) {
      this.again = false
      await this.commitAll(storage)
    }
    this.loop = undefined
  }

  private async commitAll(storage: Storage): Promise<void> {
    while (this.waiting.length > 0) {
      await this.linger()
      const group = this.takeGroup(storage)
      if (group.length > 0) await this.commit(storage, group)
      else if (!(await this.findRoom(storage))) return
    }
  }

  private async linger(): Promise<void> {
    if (this.bytes >= enoughBytes || this.closing.signal.aborted) return
    if (!this.lingering && !this.singlesAreFrequent()) return
    this.lingering = true
    await this.arrival.heard(this.options.clock, this.closing.signal, lingerMs)
    this.lingering = this.waiting.length > 1
  }

  /** Whether many syncs of one fragment each came within a second. */
  private singlesAreFrequent(): boolean {
    const now = this.options.clock.monotonic()
    if (this.singles === 0) this.singlesSince = now
    if (this.singles < singlesBeforeLinger) return false
    this.singles = 0
    return now > this.singlesSince && now - this.singlesSince < 1_000
  }

  private takeGroup(storage: Storage): Offer[] {
    const room = this.options.settings().maxBytes - storage.usedBytes() - segmentHeaderBytes
    const largest = Math.min(groupBytes, storage.segmentBytes())
    let count = 0
    let total = 0
    for (const { bytes } of this.waiting) {
      if (total + bytes > room || (count > 0 && total + bytes > largest)) break
      total += bytes
      count++
    }
    const group = this.waiting.splice(0, count)
    if (count > 0) this.blocked = false
    if (count === 1) this.singles++
    else this.singles = 0
    return group
  }

  private async commit(storage: Storage, group: readonly Offer[]): Promise<void> {
    const { clock, log, onDurable } = this.options
    const fragments = group.map(({ fragment }) => fragment)
    try {
      await storage.source.append(fragments, clock.now(), storage.segmentBytes())
      this.diskError = undefined
      this.settle(group, accepted)
      onDurable()
    } catch (error) {
      this.failedAt = clock.monotonic()
      this.diskError = diskSentence(storage.source.directory, error)
      log.error('could not write the queue', { error: this.diskError })
      this.settle(group, this.diskRefusal())
    }
  }

  /** False when offers have to wait until `wake`. */
  private async findRoom(storage: Storage): Promise<boolean> {
    const { onFull } = this.options.settings()
    if (await storage.makeRoom(false)) return true
    if (onFull === 'drop_oldest' && (await storage.makeRoom(true))) return true
    this.blocked = true
    if (onFull === 'block') return false
    this.settle(this.waiting.splice(0, 1), refused('the queue is full', true, tryAgainMs))
    return true
  }

  private settle(offers: readonly Offer[], acceptance: Acceptance): void {
    for (const { bytes, settle } of offers) {
      this.bytes -= bytes
      settle(acceptance)
    }
  }

  private diskRefusal(): Acceptance {
    return refused(this.diskError ?? 'the queue cannot be written', true, tryAgainMs)
  }
}

function diskSentence(directory: string, error: unknown): string {
  const why = errorCode(error) === 'ENOSPC' ? 'the disk is full' : errorText(error)
  return `${directory} cannot be written: ${why}`
}

function checkNumbers({ items, size, lanes = allLanes }: Fragment): void {
  const whole = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < 2 ** 32
  if (whole(items) && whole(size) && whole(lanes)) return
  throw new RangeError(`a fragment of ${items} items and ${size} bytes in the lanes ${lanes}`)
}
