import type { WeirClient } from '../../../host/contract/client.ts'
import type { ConfigDocument } from '../config-document.ts'

export interface DraftKeeperOptions {
  readonly client: WeirClient
  readonly document: ConfigDocument
  readonly later: (ms: number, action: () => void) => () => void
}

const pauseMs = 800

/** Keeps unsaved text with the host a moment after each change, so that it outlives the window; forgets it once saved. */
export class DraftKeeper {
  private readonly options: DraftKeeperOptions
  private readonly unsaved: () => boolean
  private callOff: (() => void) | undefined

  constructor(options: DraftKeeperOptions, unsaved: () => boolean) {
    this.options = options
    this.unsaved = unsaved
  }

  changed(): void {
    this.callOff ??= this.options.later(pauseMs, () => {
      this.callOff = undefined
      void this.keep()
    })
  }

  /** Keeps at once what was to be kept in a moment. */
  hurry(): void {
    if (this.callOff === undefined) return
    this.stop()
    void this.keep()
  }

  /** Calls off what is about to be kept: it belongs to a file that is being left. */
  stop(): void {
    this.callOff?.()
    this.callOff = undefined
  }

  async discard(): Promise<void> {
    this.stop()
    // A draft that stays behind is offered again; nothing is lost by it.
    await this.options.client.call('discardDraft', {}).catch(() => undefined)
  }

  /** Kept again at the next change when the host does not answer. */
  private async keep(): Promise<void> {
    const { client, document } = this.options
    if (!this.unsaved()) return this.discard()
    await client.call('saveDraft', { text: document.text }).catch(() => undefined)
  }
}
