import type { Labels } from '../../../../collector-core/signal/labels.ts'
import { KeyBuilder, prefixRange, signals, u32At, windowAt, windowOf } from './keys.ts'
import type { KeyValueStore, Pair } from './key-value-store.ts'
import { LabelIndex, decodeLabels, encodeLabels } from './label-index.ts'
import type { Entry } from './label-index.ts'
import { decodeLines, decodeTimes, encodeLines, lineCount, milliseconds } from './log-block.ts'
import type { IncomingLine, StoredLine } from './log-block.ts'
import type { LabelMatcher } from './matcher.ts'
import type { Sequencer } from './sequencer.ts'
import { dropWindow, storedWindows } from './window-rows.ts'

/** Lines of one stream. */
export interface IncomingStream {
  readonly labels: Labels
  readonly lines: readonly IncomingLine[]
}

/** A stored line with the labels of its stream. */
export interface StreamLine extends StoredLine {
  readonly labels: Labels
}

/** How much one block holds. */
export interface LogVolume {
  readonly labels: Labels
  readonly at: number
  readonly bytes: number
  readonly lines: number
}

/** Bounds of what logs may take. */
export interface LogBounds {
  readonly maxStreams: number
  /** Lines are refused when older than this, milliseconds since 1970. */
  readonly oldestMs: () => number
}

const signal = 'logs'
/** A block holds lines of one slice, so that blocks in key order are in order of time but for a slice. */
const sliceMs = 10_000
const aheadMs = 3_600_000

/** Log lines on disk. Row: kind, window, slice (u32), stream (u32), sequence -> block. */
export class LogStore {
  readonly windows: Set<number>
  private readonly store: KeyValueStore
  private readonly sequencer: Sequencer
  private readonly bounds: LogBounds
  private readonly index = new LabelIndex()
  private readonly listeners = new Set<(lines: readonly StreamLine[]) => void>()

  private constructor(store: KeyValueStore, sequencer: Sequencer, bounds: LogBounds, windows: Set<number>) {
    this.store = store
    this.sequencer = sequencer
    this.bounds = bounds
    this.windows = windows
  }

  static async open(store: KeyValueStore, sequencer: Sequencer, bounds: LogBounds): Promise<LogStore> {
    const opened = new LogStore(store, sequencer, bounds, await storedWindows(store, signal))
    for await (const rows of store.scan(...prefixRange(Uint8Array.of(signals.logs.definitions)))) {
      for (const [key, value] of rows) opened.index.restore(u32At(key, 5), decodeLabels(value), windowOf(key))
    }
    return opened
  }

  get streamCount(): number {
    return this.index.size
  }

  /** Resolves when the lines are on disk; the answer says what was left out and why, one sentence each. */
  async write(
    streams: readonly IncomingStream[],
  ): Promise<{ readonly lines: number; readonly refused: readonly string[] }> {
    const rows: Pair[] = []
    const fresh: [Entry, number][] = []
    const refused = new Set<string>()
    let lines = 0
    for (const stream of streams) {
      const entry = this.entryOf(stream.labels, refused)
      if (entry === undefined) continue
      for (const [slice, part] of this.slices(stream.lines, refused)) {
        const window = windowAt(signal, slice * sliceMs)
        if (!entry.windows.has(window)) {
          entry.windows.add(window)
          this.windows.add(window)
          fresh.push([entry, window])
          rows.push([
            KeyBuilder.of(signals.logs.definitions).u32(window).u32(entry.id).build(),
            encodeLabels(entry.labels),
          ])
        }
        const key = KeyBuilder.of(signals.logs.data)
          .u32(window)
          .u32(slice)
          .u32(entry.id)
          .sequence(this.sequencer.next())
        rows.push([key.build(), encodeLines(part)])
        lines += part.length
      }
    }
    if (rows.length > 0) {
      try {
        await this.store.write({ puts: rows })
      } catch (error) {
        for (const [entry, window] of fresh) entry.windows.delete(window)
        throw error
      }
    }
    this.announce(streams)
    return { lines, refused: [...refused] }
  }

  /** Calls back with the lines of each write after it is on disk, until the answer is called. */
  follow(listener: (lines: readonly StreamLine[]) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /**
   * Lines of matching streams with `from <= time < to`, nanoseconds, slice by slice in the wanted direction and in order
   * within a slice. A line sent twice is there once.
   */
  async *scan(
    matchers: readonly LabelMatcher[],
    from: bigint,
    to: bigint,
    direction: 'forward' | 'backward',
  ): AsyncIterable<readonly StreamLine[]> {
    for await (const slice of this.stored(matchers, from, to, direction)) {
      yield inOrder(linesOf(slice), from, to, direction)
    }
  }

  /**
   * When the lines of matching streams came that have `from <= time < to`, nanoseconds: in milliseconds, in order, slice by
   * slice. A line sent twice counts once.
   */
  async *times(matchers: readonly LabelMatcher[], from: bigint, to: bigint): AsyncIterable<readonly number[]> {
    for await (const slice of this.stored(matchers, from, to, 'forward')) yield timesOf(slice, from, to)
  }

  /** About how much there is per stream, whole slices of ten seconds; `at` is the start of the slice in milliseconds. */
  async *volumes(matchers: readonly LabelMatcher[], from: number, to: number): AsyncIterable<readonly LogVolume[]> {
    const [first, last] = [windowAt(signal, from), windowAt(signal, to)]
    const entries = new Map(this.index.select(matchers, first, last).map((entry) => [entry.id, entry]))
    for (const window of [...this.windows].filter((one) => one >= first && one <= last).sort((a, b) => a - b)) {
      for await (const rows of this.store.scan(...this.slicesOf(window, from, to))) {
        yield rows.flatMap(([key, value]) => {
          const labels = entries.get(u32At(key, 9))?.labels
          return labels === undefined
            ? []
            : [{ labels, at: u32At(key, 5) * sliceMs, bytes: value.length, lines: lineCount(value) }]
        })
      }
    }
  }

  /** Label sets of streams with lines about that time, milliseconds. */
  series(matchers: readonly LabelMatcher[], from: number, to: number): Labels[] {
    return this.index.select(matchers, windowAt(signal, from), windowAt(signal, to)).map(({ labels }) => labels)
  }

  labelNames(from: number, to: number): string[] {
    return this.index.names(windowAt(signal, from), windowAt(signal, to))
  }

  labelValues(name: string, from: number, to: number): string[] {
    return this.index.values(name, windowAt(signal, from), windowAt(signal, to))
  }

  /** Removes a window and what is only in it. */
  async drop(window: number): Promise<void> {
    this.windows.delete(window)
    this.index.dropWindow(window)
    await dropWindow(this.store, signal, window)
  }

  /** The blocks of matching streams, slice by slice in the wanted direction. */
  private async *stored(
    matchers: readonly LabelMatcher[],
    from: bigint,
    to: bigint,
    direction: 'forward' | 'backward',
  ): AsyncIterable<StoredSlice> {
    const [fromMs, toMs] = [Number(from / 1_000_000n), Number(to / 1_000_000n)]
    const [first, last] = [windowAt(signal, fromMs), windowAt(signal, toMs)]
    const entries = new Map(this.index.select(matchers, first, last).map((entry) => [entry.id, entry]))
    const windows = [...this.windows].filter((window) => window >= first && window <= last).sort((a, b) => a - b)
    if (direction === 'backward') windows.reverse()
    for (const window of windows) {
      if (![...entries.values()].some((entry) => entry.windows.has(window))) continue
      const [start, end] = this.slicesOf(window, fromMs, toMs)
      let slice = -1
      let blocks: StoredSlice['blocks'][number][] = []
      for await (const rows of this.store.scan(start, end, direction === 'backward')) {
        for (const [key, bytes] of rows) {
          const labels = entries.get(u32At(key, 9))?.labels
          if (labels === undefined) continue
          if (u32At(key, 5) !== slice) {
            if (blocks.length > 0) yield { second: (slice * sliceMs) / 1000, blocks }
            slice = u32At(key, 5)
            blocks = []
          }
          blocks.push({ labels, bytes })
        }
      }
      if (blocks.length > 0) yield { second: (slice * sliceMs) / 1000, blocks }
    }
  }

  private slicesOf(window: number, fromMs: number, toMs: number): [from: Uint8Array, to: Uint8Array] {
    const at = (slice: number): Uint8Array => KeyBuilder.of(signals.logs.data).u32(window).u32(slice).build()
    return [at(Math.max(0, Math.floor(fromMs / sliceMs))), at(Math.max(0, Math.floor(toMs / sliceMs)) + 1)]
  }

  private entryOf(labels: Labels, refused: Set<string>): Entry | undefined {
    const known = this.index.get(labels)
    if (known !== undefined) return known
    if (this.index.size < this.bounds.maxStreams) return this.index.add(labels)
    refused.add(`there are ${this.bounds.maxStreams} log streams already; lines of further ones were left out`)
    return undefined
  }

  private slices(lines: readonly IncomingLine[], refused: Set<string>): Map<number, IncomingLine[]> {
    const [oldest, newest] = [this.bounds.oldestMs(), Date.now() + aheadMs]
    const slices = new Map<number, IncomingLine[]>()
    let ordered = true
    let previous: IncomingLine | undefined
    for (const line of lines) {
      const ms = line.seconds * 1000 + line.nanos / 1e6
      if (ms < oldest) refused.add('lines older than the retention were left out')
      else if (ms > newest) refused.add('lines more than an hour in the future were left out')
      else {
        if (previous !== undefined && byTime(previous, line) > 0) ordered = false
        previous = line
        const slice = Math.floor(ms / sliceMs)
        const list = slices.get(slice)
        if (list === undefined) slices.set(slice, [line])
        else list.push(line)
      }
    }
    if (!ordered) for (const list of slices.values()) list.sort(byTime)
    return slices
  }

  private announce(streams: readonly IncomingStream[]): void {
    if (this.listeners.size === 0) return
    const lines = streams.flatMap(({ labels, lines: of }) =>
      of.map(({ seconds, nanos, line, metadata }) => ({
        labels,
        metadata,
        line: Buffer.from(line.buffer, line.byteOffset, line.length).toString(),
        time: BigInt(seconds) * 1_000_000_000n + BigInt(nanos),
      })),
    )
    for (const listener of this.listeners) listener(lines)
  }
}

const byTime = (a: IncomingLine, b: IncomingLine): number => a.seconds - b.seconds || a.nanos - b.nanos

/** What is stored of a slice that begins at `second`; blocks of one stream have the same labels object. */
interface StoredSlice {
  readonly second: number
  readonly blocks: readonly { readonly labels: Labels; readonly bytes: Uint8Array }[]
}

function linesOf({ blocks }: StoredSlice): readonly StreamLine[] {
  return blocks.flatMap(({ labels, bytes }) => decodeLines(bytes).map((line) => ({ ...line, labels })))
}

function timesOf(slice: StoredSlice, from: bigint, to: bigint): readonly number[] {
  const { second, blocks } = slice
  const base = BigInt(second) * 1_000_000_000n
  const [least, below] = [Number(from - base), Number(to - base)]
  const microseconds: number[] = []
  const streams = new Map<Labels, Set<number>>()
  for (const { labels, bytes } of blocks) {
    const seen = streams.get(labels) ?? new Set()
    streams.set(labels, seen)
    for (const time of decodeTimes(bytes, second)) {
      // Two lines of one moment may be one that was sent twice, which only their text tells.
      if (seen.has(time)) return inOrder(linesOf(slice), from, to, 'forward').map((line) => milliseconds(line.time))
      seen.add(time)
      if (time >= least && time < below) microseconds.push(second * 1e6 + Math.floor(time / 1000))
    }
  }
  return microseconds.sort((a, b) => a - b).map((time) => time / 1000)
}

function inOrder(
  lines: readonly StreamLine[],
  from: bigint,
  to: bigint,
  direction: 'forward' | 'backward',
): readonly StreamLine[] {
  const kept = lines.filter(({ time }) => time >= from && time < to)
  if (kept.some((line, i) => i > 0 && line.time < kept[i - 1].time)) {
    kept.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
  }
  const once = withoutRepeats(kept)
  return direction === 'forward' ? once : once.reverse()
}

/** Leaves out lines that are in the list already, at the same time in the same stream. */
function withoutRepeats(lines: readonly StreamLine[]): StreamLine[] {
  const once: StreamLine[] = []
  let seen: Set<string> | undefined
  lines.forEach((line, i) => {
    const follows = i > 0 && lines[i - 1].time === line.time
    const leads = i + 1 < lines.length && lines[i + 1].time === line.time
    if (!follows) seen = leads ? new Set() : undefined
    if (seen !== undefined) {
      const key = JSON.stringify([line.labels.key, line.line, line.metadata])
      if (seen.has(key)) return
      seen.add(key)
    }
    once.push(line)
  })
  return once
}
