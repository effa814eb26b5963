// Gathers what comes out of the stages into streams again. Lines that passed unchanged keep lying where they are; a stream
// that passed as a whole is handed on as the object it came as.
import type { LogBatch, LogLines, LogStream } from '../../../signal/log-batch.ts'
import type { Label, Labels } from '../../../signal/labels.ts'
import type { Entry } from './pure/stages/entry.ts'

/** Entries by label set, in the order they came. */
export class LineOutput {
  private streams: OutputStream[] = []
  private readonly byLabels = new Map<Labels, OutputStream>()
  private readonly byKey = new Map<string, OutputStream>()
  private last: OutputStream | undefined

  add(entry: Entry): void {
    if (this.last?.labels !== entry.labels) {
      this.last = this.byLabels.get(entry.labels) ?? this.streamOf(entry.labels)
    }
    this.last.add(entry)
  }

  /** Everything added since the last call; undefined when that is nothing. */
  take(): LogBatch | undefined {
    if (this.streams.length === 0) return undefined
    const streams = this.streams.map((stream) => stream.build())
    this.streams = []
    this.byLabels.clear()
    this.byKey.clear()
    this.last = undefined
    return { streams }
  }

  private streamOf(labels: Labels): OutputStream {
    let stream = this.byKey.get(labels.key)
    if (stream === undefined) {
      stream = new OutputStream(labels)
      this.byKey.set(labels.key, stream)
      this.streams.push(stream)
    }
    this.byLabels.set(labels, stream)
    return stream
  }
}

class OutputStream {
  readonly labels: Labels
  /** Lines `runStart` to `runStart + runLength` of `source`, unchanged, are all there is so far. */
  private source: LogLines | undefined
  private runStart = 0
  private runLength = 0
  private columns: LineColumns | undefined

  constructor(labels: Labels) {
    this.labels = labels
  }

  add(entry: Entry): void {
    if (this.columns === undefined && isUntouched(entry)) {
      if (this.runLength === 0) {
        this.source = entry.source
        this.runStart = entry.index
      }
      if (this.source === entry.source && entry.index === this.runStart + this.runLength) {
        this.runLength++
        return
      }
    }
    this.columns ??= new LineColumns(this.source, this.runStart, this.runLength)
    this.columns.add(entry)
  }

  build(): LogStream {
    const { labels, source, runStart: from, runLength } = this
    if (this.columns !== undefined) return { labels, lines: this.columns.build() }
    if (source === undefined || runLength === source.length) return { labels, lines: source! }
    return { labels, lines: partOf(source, from, from + runLength) }
  }
}

function isUntouched(entry: Entry): boolean {
  const { source, index } = entry
  return (
    source !== undefined &&
    !entry.rewritten &&
    entry.start === source.starts[index] &&
    entry.end === source.ends[index] &&
    entry.nanos === source.nanos[index] &&
    entry.seconds === source.seconds[index] &&
    entry.metadata === source.metadata?.[index]
  )
}

function partOf(lines: LogLines, from: number, to: number): LogLines {
  return {
    length: to - from,
    bytes: lines.bytes,
    starts: lines.starts.subarray(from, to),
    ends: lines.ends.subarray(from, to),
    seconds: lines.seconds.subarray(from, to),
    nanos: lines.nanos.subarray(from, to),
    ...(lines.metadata && { metadata: lines.metadata.slice(from, to) }),
  }
}

/** Lines as columns; their bytes lie in one foreign buffer as long as that is possible, else in an arena. */
class LineColumns {
  private count: number
  private starts: Uint32Array
  private ends: Uint32Array
  private seconds: Float64Array
  private nanos: Uint32Array
  private metadata: (readonly Label[] | undefined)[] | undefined
  private shared: Uint8Array | undefined
  private arena: Buffer | undefined
  private arenaUsed = 0

  constructor(source: LogLines | undefined, from: number, length: number) {
    const capacity = Math.max(length * 2, 16)
    this.count = length
    this.starts = new Uint32Array(capacity)
    this.ends = new Uint32Array(capacity)
    this.seconds = new Float64Array(capacity)
    this.nanos = new Uint32Array(capacity)
    if (source === undefined || length === 0) return
    this.shared = source.bytes
    this.starts.set(source.starts.subarray(from, from + length))
    this.ends.set(source.ends.subarray(from, from + length))
    this.seconds.set(source.seconds.subarray(from, from + length))
    this.nanos.set(source.nanos.subarray(from, from + length))
    this.metadata = source.metadata?.slice(from, from + length)
  }

  add(entry: Entry): void {
    if (this.count === this.starts.length) this.grow()
    const index = this.count
    if (entry.rewritten) this.write(index, entry.line)
    else {
      const bytes = entry.source?.bytes ?? entry.bytes
      if (this.arena === undefined && (this.shared ??= bytes) === bytes) {
        this.starts[index] = entry.start
        this.ends[index] = entry.end
      } else this.copy(index, bytes, entry.start, entry.end)
    }
    this.seconds[index] = entry.seconds
    this.nanos[index] = entry.nanos
    if (entry.metadata !== undefined) (this.metadata ??= [])[index] = entry.metadata
    this.count++
  }

  build(): LogLines {
    const { count, starts, ends, seconds, nanos, metadata } = this
    const bytes = this.arena?.subarray(0, this.arenaUsed) ?? this.shared ?? Buffer.alloc(0)
    return { length: count, bytes, starts, ends, seconds, nanos, ...(metadata && { metadata }) }
  }

  private write(index: number, text: string): void {
    const arena = this.reserve(text.length * 3)
    this.starts[index] = this.arenaUsed
    this.arenaUsed += arena.write(text, this.arenaUsed, 'utf8')
    this.ends[index] = this.arenaUsed
  }

  private copy(index: number, bytes: Uint8Array, start: number, end: number): void {
    const arena = this.reserve(end - start)
    this.starts[index] = this.arenaUsed
    arena.set(bytes.subarray(start, end), this.arenaUsed)
    this.arenaUsed += end - start
    this.ends[index] = this.arenaUsed
  }

  /** An arena with room for `bytes` more; lines that lie elsewhere move into it first. */
  private reserve(bytes: number): Buffer {
    if (this.arena === undefined) {
      let total = bytes
      for (let i = 0; i < this.count; i++) total += this.ends[i] - this.starts[i]
      this.arena = Buffer.allocUnsafe(Math.max(2 * total, 1024))
      for (let i = 0; i < this.count; i++) this.copy(i, this.shared!, this.starts[i], this.ends[i])
    }
    if (this.arenaUsed + bytes > this.arena.length) {
      const grown = Buffer.allocUnsafe(Math.max(2 * this.arena.length, this.arenaUsed + bytes))
      this.arena.copy(grown, 0, 0, this.arenaUsed)
      this.arena = grown
    }
    return this.arena
  }

  private grow(): void {
    const capacity = 2 * this.count
    const larger = (column: Uint32Array): Uint32Array => {
      const grown = new Uint32Array(capacity)
      grown.set(column)
      return grown
    }
    this.starts = larger(this.starts)
    this.ends = larger(this.ends)
    this.nanos = larger(this.nanos)
    const seconds = new Float64Array(capacity)
    seconds.set(this.seconds)
    this.seconds = seconds
  }
}
