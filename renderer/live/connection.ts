// Keeps the page in step with the collector: the pipeline when it changes, the numbers every second. While the page is hidden
// nothing is asked and nothing arrives; when the collector goes away the last picture stays and is tried again.
import type { Pipeline } from '../../collector-core/protocol.ts'
import type { Attention } from '../bridge/attention.ts'
import type { CollectorClient } from '../bridge/collector-client.ts'
import { Cell } from '../model/cell.ts'
import { LiveNumbers } from './live-numbers.ts'

/** `waiting`: the collector answers, but has not applied a config. */
export type ConnectionState = 'connecting' | 'waiting' | 'live' | 'lost'

export interface ConnectionOptions {
  readonly collector: CollectorClient
  readonly attention: Attention
  /** Waits; rejects when the signal fires. */
  readonly sleep: (ms: number, stop: AbortSignal) => Promise<void>
}

const lookAgainMs = 5_000
const shortestPauseMs = 500
const longestPauseMs = 5_000

export class Connection {
  readonly state = new Cell<ConnectionState>('connecting')
  readonly pipeline = new Cell<Pipeline | undefined>(undefined)
  readonly numbers = new LiveNumbers()
  readonly collector: CollectorClient
  readonly attention: Attention
  private readonly sleep: ConnectionOptions['sleep']

  constructor({ collector, attention, sleep }: ConnectionOptions) {
    this.collector = collector
    this.attention = attention
    this.sleep = sleep
  }

  /** Goes on until `stop`. */
  async run(stop: AbortSignal): Promise<void> {
    let pauseMs = shortestPauseMs
    while (!stop.aborted) {
      await this.attention.visible()
      const over = new AbortController()
      const hidden = this.attention.untilHidden()
      const unseen = AbortSignal.any([stop, hidden])
      const visit = AbortSignal.any([unseen, over.signal])
      try {
        await Promise.all([
          this.followPipeline(visit),
          this.followNumbers(visit, () => {
            pauseMs = shortestPauseMs
          }),
        ])
      } catch {
        over.abort()
        if (unseen.aborted) continue
        this.state.set('lost')
        await this.sleep(pauseMs, stop).catch(() => undefined)
        pauseMs = Math.min(pauseMs * 2, longestPauseMs)
      }
    }
  }

  private async followPipeline(visit: AbortSignal): Promise<void> {
    for (;;) {
      await this.readPipeline(visit)
      await this.sleep(lookAgainMs, visit)
    }
  }

  private async readPipeline(visit: AbortSignal): Promise<void> {
    const pipeline = await this.collector.pipeline(visit)
    if (JSON.stringify(pipeline) !== JSON.stringify(this.pipeline.get())) this.pipeline.set(pipeline)
    this.state.set(pipeline === undefined ? 'waiting' : 'live')
  }

  private async followNumbers(visit: AbortSignal, onFrame: () => void): Promise<void> {
    let known: string | undefined
    for await (const frame of this.collector.frames(visit)) {
      onFrame()
      this.numbers.apply(frame)
      const running = frame.components.map(({ id }) => id).join()
      if (known !== undefined && running !== known) await this.readPipeline(visit)
      known = running
    }
    throw new Error('the collector ended the stream of frames')
  }
}
