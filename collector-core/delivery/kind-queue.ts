import { errorText } from '../outbox/file-system.ts'
import { openOutbox } from '../outbox/outbox.ts'
import type { Fragment, Outbox, OutboxOptions, OutboxSettings, OutboxStatus } from '../outbox/outbox.ts'
import type { Acceptance } from '../signal/receiver.ts'

/** The queue of one kind of data on its way to one destination. */
export class KindQueue {
  /** Name of its directory within that of the component. */
  readonly directory: string
  private readonly outbox: Outbox
  private readonly stopping = new AbortController()
  private running: Promise<void> | undefined

  constructor(directory: string, options: OutboxOptions) {
    this.directory = directory
    this.outbox = openOutbox(options)
  }

  get status(): OutboxStatus {
    return this.outbox.status()
  }

  offer(fragment: Fragment): Promise<Acceptance> {
    return this.outbox.offer(fragment)
  }

  reconfigure(changes: Partial<OutboxSettings>): void {
    this.outbox.reconfigure(changes)
  }

  /** Drains the queue until `stop`; again does nothing. `onFailure` is told when it cannot be opened. */
  start(onFailure: (reason: string) => void): void {
    this.running ??= this.outbox.run(this.stopping.signal).catch((error: unknown) => onFailure(errorText(error)))
  }

  /** Sends what it can in a short time and releases the directory; what is left stays there. */
  async stop(): Promise<void> {
    this.stopping.abort()
    await this.running
  }

  /** Leaves what is queued on disk, since there is no longer a way to where it was meant for. */
  async retire(): Promise<void> {
    this.outbox.reconfigure({ send: () => Promise.resolve({ kind: 'retry', reason: 'the destination changed' }) })
    await this.stop()
  }
}
