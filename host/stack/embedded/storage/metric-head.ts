import { KeyBuilder, signals, windowAt } from './keys.ts'
import type { KeyValueStore, Pair } from './key-value-store.ts'
import { encodeSamples } from './sample-codec.ts'
import { GrowingColumns } from './sample-columns.ts'
import type { Samples } from './sample-columns.ts'
import type { Sequencer } from './sequencer.ts'
import type { WriteLog } from './write-log.ts'

const mostSamples = 2_000_000
const mostLogBytes = 64 * 1024 * 1024
const oldestMs = 15 * 60_000
const sliceBytes = 1024 * 1024

type Columns = Map<number, GrowingColumns>

/** The newest samples of each series, in memory until they become chunks. */
export class MetricHead {
  private readonly store: KeyValueStore
  private readonly sequencer: Sequencer
  private readonly log: WriteLog
  private active: Columns = new Map()
  private leaving: Columns = new Map()
  private count = 0
  private since = 0
  private flushing: Promise<void> | undefined

  constructor(store: KeyValueStore, sequencer: Sequencer, log: WriteLog) {
    this.store = store
    this.sequencer = sequencer
    this.log = log
  }

  push(id: number, time: number, value: number, stale: boolean): void {
    let columns = this.active.get(id)
    if (columns === undefined) this.active.set(id, (columns = new GrowingColumns()))
    columns.push(time, value, stale)
    if (this.count++ === 0) this.since = performance.now()
    if (this.full()) void this.flush(false).catch(() => undefined)
  }

  /** Copies of what is held of a series, older arrivals first. */
  samples(id: number): Samples[] {
    return [this.leaving.get(id), this.active.get(id)].flatMap((columns) =>
      columns === undefined ? [] : [columns.samples()],
    )
  }

  forget(id: number): void {
    this.active.delete(id)
  }

  /** Writes chunks when there is enough, or with `force`; what could not be written stays for the next time. */
  async flush(force: boolean): Promise<void> {
    if (this.flushing !== undefined) {
      if (!force) return
      await this.flushing.catch(() => undefined)
    }
    if (this.leaving.size === 0 && (this.count === 0 || !(force || this.full()))) return
    this.flushing = this.writeChunks()
    try {
      await this.flushing
    } finally {
      this.flushing = undefined
    }
  }

  private full(): boolean {
    return this.count >= mostSamples || this.log.bytes >= mostLogBytes || performance.now() - this.since >= oldestMs
  }

  private async writeChunks(): Promise<void> {
    if (this.leaving.size === 0) {
      this.leaving = this.active
      this.active = new Map()
      this.count = 0
      this.uncover = this.log.mark()
    }
    let slice: Pair[] = []
    let bytes = 0
    for (const [id, columns] of this.leaving) {
      for (const pair of this.chunksOf(id, columns.samples())) {
        slice.push(pair)
        bytes += pair[1].length
      }
      if (bytes < sliceBytes) continue
      await this.store.write({ puts: slice })
      slice = []
      bytes = 0
    }
    await this.store.write({ puts: slice })
    await this.uncover()
    this.leaving = new Map()
  }

  private uncover: () => Promise<void> = () => Promise.resolve()

  /** Chunks of one series, cut where windows meet. */
  private *chunksOf(id: number, { times, values }: Samples): Iterable<Pair> {
    for (let start = 0; start < times.length;) {
      const window = windowAt('metrics', times[start])
      const limit = (window + 1) * signals.metrics.windowMs
      let end = start
      while (end < times.length && times[end] < limit) end++
      const key = KeyBuilder.of(signals.metrics.data).u32(window).u32(id).sequence(this.sequencer.next()).build()
      yield [key, encodeSamples({ times: times.subarray(start, end), values: values.slice(start, end) })]
      start = end
    }
  }
}
