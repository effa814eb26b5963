// What a tap has brought so far: the newest items and how many passed unseen. Bounded, whatever flows.
import type { TapFrame, TapItem } from '../../../host/contract/tap.ts'
import type { WeirClient } from '../../../host/contract/client.ts'
import { Cell } from '../../model/cell.ts'
import { targetKey } from './tap-target.ts'
import type { TapTarget } from './tap-target.ts'

/** Items that are kept; older ones make room. */
export const mostItems = 500

/** The newest items, oldest first, and counts since the tap was opened. */
export interface Recording {
  readonly items: readonly TapItem[]
  /** Items that crossed the tapped edges. */
  readonly seen: number
  /** Those of them that were sent to this window. */
  readonly kept: number
  /** When an item was last missing, as a count of kept items: what is older may have partners nobody saw. */
  readonly missedAt: number | undefined
  /** Why there will be no more. */
  readonly ended: string | undefined
}

const nothing: Recording = { items: [], seen: 0, kept: 0, missedAt: undefined, ended: undefined }

export class TapRecorder {
  readonly recording = new Cell<Recording>(nothing)
  private readonly client: WeirClient
  private leave: (() => void) | undefined
  private target: TapTarget | undefined

  constructor(client: WeirClient) {
    this.client = client
  }

  /** Listens to a target; what there is of it from before is kept, what there is of another is not. */
  listen(target: TapTarget): void {
    this.close()
    if (this.target === undefined || targetKey(this.target) !== targetKey(target)) this.clear()
    this.target = target
    this.leave = this.client.subscribe('tap', target, (frame) => this.take(frame), {
      ended: ({ message, nextStep }) =>
        this.recording.set({ ...this.recording.get(), ended: `${message} ${nextStep}` }),
    })
  }

  /** Stops listening and keeps what there is. */
  close(): void {
    this.leave?.()
    this.leave = undefined
  }

  clear(): void {
    this.recording.set(nothing)
  }

  private take(frame: TapFrame): void {
    if (frame.seen === 0 && frame.items.length === 0) return
    const before = this.recording.get()
    const kept = before.kept + frame.kept
    this.recording.set({
      items: [...before.items, ...frame.items].slice(-mostItems),
      seen: before.seen + frame.seen,
      kept,
      missedAt: frame.seen > frame.kept ? kept : before.missedAt,
      ended: undefined,
    })
  }
}
