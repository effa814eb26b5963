import { statfs } from 'node:fs/promises'
import { prefixRange, signals } from './keys.ts'
import type { SignalName } from './keys.ts'
import type { KeyValueStore } from './key-value-store.ts'
import { openLevelStore } from './level-store.ts'
import { LogStore } from './log-store.ts'
import { MetricStore } from './metric-store.ts'
import { Sequencer } from './sequencer.ts'
import { TraceStore } from './trace-store.ts'

/** How much is kept. */
export interface Retention {
  readonly maxAgeMs: number
  readonly maxBytes: number
}

/** Bytes on disk by signal. */
export type StoredBytes = Readonly<Record<SignalName, number>>

/** What the embedded backend stores, and for how long. */
export class Storage {
  readonly metrics: MetricStore
  readonly logs: LogStore
  readonly traces: TraceStore
  private readonly store: KeyValueStore
  private readonly directory: string
  private readonly retention: Retention

  private constructor(
    store: KeyValueStore,
    directory: string,
    retention: Retention,
    stores: { readonly metrics: MetricStore; readonly logs: LogStore; readonly traces: TraceStore },
  ) {
    this.store = store
    this.directory = directory
    this.retention = retention
    this.metrics = stores.metrics
    this.logs = stores.logs
    this.traces = stores.traces
  }

  /** Opens the data of a directory, as the last process left it. */
  static async open(
    directory: string,
    retention: Retention,
    bounds: { readonly maxSeries: number; readonly maxStreams: number; readonly maxQuerySamples: number },
  ): Promise<Storage> {
    const store = await openLevelStore(directory)
    const sequencer = await Sequencer.open(store)
    const oldestMs = (): number => Date.now() - retention.maxAgeMs
    const [metrics, logs, traces] = [
      await MetricStore.open(store, sequencer, { ...bounds, oldestMs }),
      await LogStore.open(store, sequencer, { ...bounds, oldestMs }),
      await TraceStore.open(store, sequencer, { oldestMs }),
    ]
    return new Storage(store, directory, retention, { metrics, logs, traces })
  }

  async sizes(): Promise<StoredBytes> {
    const sizeOf = async (signal: SignalName): Promise<number> => {
      const { definitions, data, extra } = signals[signal]
      const sizes = await Promise.all(
        [definitions, data, extra].map((kind) => this.store.sizeOf(...prefixRange(Uint8Array.of(kind)))),
      )
      return sizes.reduce((sum, size) => sum + size, 0)
    }
    return { metrics: await sizeOf('metrics'), logs: await sizeOf('logs'), traces: await sizeOf('traces') }
  }

  /** Bytes free where the data is. */
  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.directory)
    return bavail * bsize
  }

  /**
   * Moves samples to chunks when it is time, and removes what is too old; while there is too much, the oldest window of
   * the signal that takes most is removed, the current window only when nothing else is left.
   */
  async maintain(): Promise<void> {
    await this.metrics.flush(false)
    const oldest = Date.now() - this.retention.maxAgeMs
    for (const signal of ['metrics', 'logs', 'traces'] as const) {
      const { windowMs } = signals[signal]
      for (const window of [...this[signal].windows])
        if ((window + 1) * windowMs < oldest) await this[signal].drop(window)
    }
    for (;;) {
      const sizes = await this.sizes()
      if (sizes.metrics + sizes.logs + sizes.traces <= this.retention.maxBytes) return
      const signal = (['metrics', 'logs', 'traces'] as const)
        .filter((name) => this[name].windows.size > 0)
        .sort((a, b) => sizes[b] - sizes[a])
        .at(0)
      if (signal === undefined) return
      await this[signal].drop(Math.min(...this[signal].windows))
    }
  }

  async close(): Promise<void> {
    // What cannot become chunks now is still in the write log, for the next start.
    await this.metrics.flush(true).catch(() => undefined)
    await this.store.close()
  }
}
