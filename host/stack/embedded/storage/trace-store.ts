import { KeyBuilder, prefixRange, signals, windowAt } from './keys.ts'
import type { KeyValueStore, Pair } from './key-value-store.ts'
import type { Sequencer } from './sequencer.ts'
import { dropWindow, storedWindows, windowRange } from './window-rows.ts'

/** Spans of one trace from one request: `bytes` is an OTLP `TracesData`; times in milliseconds since 1970. */
export interface TracePart {
  readonly traceId: Uint8Array
  readonly bytes: Uint8Array
  readonly startMs: number
  readonly endMs: number
}

/** Bounds of what traces may take. */
export interface TraceBounds {
  /** Spans are refused when older than this, milliseconds since 1970. */
  readonly oldestMs: () => number
}

const signal = 'traces'
const idBytes = 16
const aheadMs = 3_600_000
/** Two hours either way: longer traces are complete by their id, not in a search. */
const nearWindows = 12

/** Traces on disk. Row: kind, window of the part's start, trace id, sequence -> f64 start, f64 end, spans. */
export class TraceStore {
  readonly windows: Set<number>
  private readonly store: KeyValueStore
  private readonly sequencer: Sequencer
  private readonly bounds: TraceBounds

  private constructor(store: KeyValueStore, sequencer: Sequencer, bounds: TraceBounds, windows: Set<number>) {
    this.store = store
    this.sequencer = sequencer
    this.bounds = bounds
    this.windows = windows
  }

  static async open(store: KeyValueStore, sequencer: Sequencer, bounds: TraceBounds): Promise<TraceStore> {
    return new TraceStore(store, sequencer, bounds, await storedWindows(store, signal))
  }

  /** Resolves when the parts are on disk; the answer says what was left out and why. */
  async write(parts: readonly TracePart[]): Promise<{ readonly refused: readonly string[] }> {
    const [oldest, newest] = [this.bounds.oldestMs(), Date.now() + aheadMs]
    const refused = new Set<string>()
    const rows: Pair[] = []
    for (const { traceId, bytes, startMs, endMs } of parts) {
      if (startMs < oldest) refused.add('spans older than the retention were left out')
      else if (startMs > newest) refused.add('spans more than an hour in the future were left out')
      else {
        const window = windowAt(signal, startMs)
        this.windows.add(window)
        const key = KeyBuilder.of(signals.traces.data).u32(window).raw(traceId).sequence(this.sequencer.next()).build()
        const value = Buffer.alloc(16 + bytes.length)
        value.writeDoubleLE(startMs, 0)
        value.writeDoubleLE(endMs, 8)
        value.set(bytes, 16)
        rows.push([key, value])
      }
    }
    if (rows.length > 0) await this.store.write({ puts: rows })
    return { refused: [...refused] }
  }

  /**
   * The parts of a trace in the order they came; none when it is not stored. `near` is a window it has a part in: then
   * only parts of the hours around it are looked for.
   */
  async byId(traceId: Uint8Array, near?: number): Promise<Uint8Array[]> {
    const found = await Promise.all(
      [...this.windows]
        .filter((window) => near === undefined || Math.abs(window - near) <= nearWindows)
        .sort((a, b) => a - b)
        .map((window) =>
          this.store.all(...prefixRange(KeyBuilder.of(signals.traces.data).u32(window).raw(traceId).build())),
        ),
    )
    return found.flat().map(([, value]) => value.subarray(16))
  }

  /** Traces with a part in `[from, to]`, milliseconds, newest windows first: id in hexadecimal and the parts found. */
  async *scan(
    from: number,
    to: number,
  ): AsyncIterable<{ readonly id: string; readonly parts: readonly Uint8Array[]; readonly window: number }> {
    // A part is in the window of its start, and may reach into later ones.
    const [first, last] = [windowAt(signal, from) - 1, windowAt(signal, to)]
    const windows = [...this.windows].filter((window) => window >= first && window <= last).sort((a, b) => b - a)
    for (const window of windows) {
      let id = ''
      let parts: Uint8Array[] = []
      for await (const rows of this.store.scan(...windowRange(signals.traces.data, window))) {
        for (const [key, value] of rows) {
          const head = new DataView(value.buffer, value.byteOffset, 16)
          if (head.getFloat64(0, true) > to || head.getFloat64(8, true) < from) continue
          const rowId = Buffer.from(key.buffer, key.byteOffset + 5, idBytes).toString('hex')
          if (rowId !== id) {
            if (parts.length > 0) yield { id, parts, window }
            id = rowId
            parts = []
          }
          parts.push(value.subarray(16))
        }
      }
      if (parts.length > 0) yield { id, parts, window }
    }
  }

  async drop(window: number): Promise<void> {
    this.windows.delete(window)
    await dropWindow(this.store, signal, window)
  }
}
