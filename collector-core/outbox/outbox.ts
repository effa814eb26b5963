// A durable queue between an exporter and its endpoint. What it accepted is on disk; it is sent oldest first, in requests
// whose boundaries are on disk before they are first sent, so that a repeat after a crash is byte-identical; it is kept
// until the endpoint took it, refused it for good, or a limit the user set gives it up.
import { setMaxListeners } from 'node:events'
import type { Acceptance } from '../signal/receiver.ts'
import { WeirError } from '../weir-error.ts'
import { Bell } from './bell.ts'
import { Committer } from './committer.ts'
import { Delivery } from './delivery.ts'
import { Drain } from './drain.ts'
import { errorText } from './file-system.ts'
import type { Fragment } from './fragment.ts'
import { nodeFileSystem } from './node-file-system.ts'
import type { OutboxOptions, OutboxSettings, OutboxStatus } from './outbox-options.ts'
import { OpenStorage } from './storage.ts'

export type { Fragment } from './fragment.ts'
export type { OutboxOptions, OutboxRequest, OutboxSettings, OutboxStatus } from './outbox-options.ts'

/** What an exporter holds. */
export interface Outbox {
  /**
   * Settles once the fragment is durable, or refused with nothing of it kept. Offers are handled in the order they are
   * made; those made before `run` wait for it. The body may be reused once it settled.
   */
  offer(fragment: Fragment): Promise<Acceptance>
  /**
   * Opens the directory and drains it until `stop` aborts, then sends what it can within `flushMs` and releases the
   * directory. Rejects with a WeirError when another outbox has the directory; waits for a disk that cannot be used.
   */
  run(stop: AbortSignal): Promise<void>
  /** Applies new settings to everything that is not under way; a wait between tries ends early. */
  reconfigure(changes: Partial<OutboxSettings>): void
  status(): OutboxStatus
}

const openAgainMs = 2_000
/** How often a disk that cannot read what it stores is asked again. */
const patientAttempts = 5
const defaultFlushMs = 2_000
/** What a sender that was cut off and a last sync may take on top. */
const closeMs = 1_500

/** An outbox that touches nothing until `run`. */
export function openOutbox(options: OutboxOptions): Outbox {
  return new DurableOutbox(options)
}

class DurableOutbox implements Outbox {
  private readonly options: OutboxOptions
  private settings: OutboxSettings
  private readonly news = new Bell()
  private readonly changed = new Bell()
  private readonly committer: Committer
  private storage: OpenStorage | undefined
  private delivery: Delivery | undefined
  private drain: Drain | undefined
  private openError: string | undefined

  constructor(options: OutboxOptions) {
    this.options = options
    this.settings = options
    this.committer = new Committer({
      settings: () => this.settings,
      clock: options.clock,
      log: options.log,
      onDurable: () => this.news.ring(),
    })
  }

  async offer(fragment: Fragment): Promise<Acceptance> {
    return this.committer.offer(fragment)
  }

  async run(stop: AbortSignal): Promise<void> {
    try {
      this.storage = await this.open(stop)
    } catch (error) {
      this.openError = errorText(error)
      await this.committer.close(this.openError)
      throw error
    }
    if (this.storage === undefined) return this.committer.close('the queue is stopping')
    this.committer.open(this.storage)
    await this.drainUntilStopped(this.storage, stop)
  }

  reconfigure(changes: Partial<OutboxSettings>): void {
    this.settings = { ...this.settings, ...changes }
    this.changed.ring()
    this.news.ring()
    this.committer.wake()
  }

  status(): OutboxStatus {
    const { items, bytes } = this.storage?.progress.queued() ?? { items: 0, bytes: 0 }
    const { batch } = this.settings
    return {
      queuedItems: items,
      queuedBytes: bytes,
      queuedRequests: Math.ceil(Math.max(items / Math.max(1, batch.maxItems), bytes / Math.max(1, batch.maxSize))),
      underWay: this.storage?.hand.underWay ?? 0,
      oldestAt: this.drain?.oldestAt,
      lastError: this.openError ?? this.committer.diskError ?? this.drain?.diskError ?? this.delivery?.lastError,
      state: this.state(),
    }
  }

  private state(): OutboxStatus['state'] {
    const delivering = this.delivery?.state
    if ((this.openError ?? this.committer.diskError ?? this.drain?.diskError) !== undefined) return 'failed'
    if (delivering === 'paused') return 'paused'
    if (this.committer.blocked) return 'full'
    return delivering ?? 'idle'
  }

  /** Undefined when told to stop before the directory could be used. */
  private async open(stop: AbortSignal): Promise<OpenStorage | undefined> {
    const { directory, clock, random, log, onDropped, files = nodeFileSystem } = this.options
    const settings = (): OutboxSettings => this.settings
    const onProgress = (): void => this.committer.wake()
    for (let attempt = 1; !stop.aborted; attempt++) {
      const patient = attempt < patientAttempts
      const parts = { files, directory, clock, random, log, settings, onDropped, onProgress, patient }
      try {
        const storage = await OpenStorage.open(parts)
        this.openError = undefined
        return storage
      } catch (error) {
        if (error instanceof WeirError) throw error
        this.openError = `${directory} cannot be used: ${errorText(error)}`
        log.error('could not open the queue, trying again', { error: this.openError })
        await clock.sleep(openAgainMs, stop)
      }
    }
    return undefined
  }

  private async drainUntilStopped(storage: OpenStorage, stop: AbortSignal): Promise<void> {
    const { clock, log, flushMs = defaultFlushMs } = this.options
    const settings = (): OutboxSettings => this.settings
    const { reader, progress, hand, deadLetters } = storage
    const delivery = new Delivery({ outbox: this.options, settings, deadLetters, changed: this.changed })
    const drain = new Drain({ reader, progress, hand, delivery, settings, clock, log, news: this.news })
    this.delivery = delivery
    this.drain = drain
    const wait = new AbortController()
    const cut = new AbortController()
    // Every request under way listens to both.
    setMaxListeners(0, wait.signal, cut.signal)
    const ended = new AbortController()
    const onStop = async (): Promise<void> => {
      void clock.sleep(flushMs, ended.signal).then(() => {
        wait.abort()
        cut.abort()
      })
      await this.committer.close('the queue is stopping')
      wait.abort()
    }
    const overdue = new Promise<'overdue'>((resolve) => {
      const begin = (): void => {
        void onStop()
        void clock.sleep(flushMs + closeMs, ended.signal).then(() => resolve('overdue'))
      }
      if (stop.aborted) begin()
      else stop.addEventListener('abort', begin, { once: true })
    })
    const released = drain.run({ wait: wait.signal, cut: cut.signal }).then(() => storage.close())
    if ((await Promise.race([released, overdue])) === 'overdue') {
      log.error('the disk does not answer; the queue stays locked until the process ends', {
        directory: this.options.directory,
      })
    }
    ended.abort()
  }
}
