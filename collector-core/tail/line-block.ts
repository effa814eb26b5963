import type { LogLines } from '../signal/log-batch.ts'

/** Columns of lines that grow; used again after `clear`. */
export class LineColumns implements LogLines {
  length = 0
  bytes: Uint8Array
  starts = new Uint32Array(64)
  ends = new Uint32Array(64)
  seconds = new Float64Array(64)
  nanos = new Uint32Array(64)

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  push(start: number, end: number, seconds: number, nanos: number): void {
    const at = this.length
    if (at === this.starts.length) this.grow()
    this.starts[at] = start
    this.ends[at] = end
    this.seconds[at] = seconds
    this.nanos[at] = nanos
    this.length = at + 1
  }

  private grow(): void {
    const capacity = this.starts.length * 2
    const { starts, ends, seconds, nanos } = this
    this.starts = new Uint32Array(capacity)
    this.ends = new Uint32Array(capacity)
    this.seconds = new Float64Array(capacity)
    this.nanos = new Uint32Array(capacity)
    this.starts.set(starts)
    this.ends.set(ends)
    this.seconds.set(seconds)
    this.nanos.set(nanos)
  }
}

/** Room beside the bytes of a read for lines that were put together from several reads. */
const sideRoom = (readSize: number): number => Math.min(readSize, 16 * 1024)

/**
 * The lines found in one read, with bytes of their own. Lines are added while the read buffer is parsed; `seal` then
 * copies the used part of that buffer in one go, to the same offsets, so that a line costs no copy of its own.
 */
export class LineBlock {
  readonly channels: readonly LineColumns[]
  /** The longest read it has room for. */
  readonly readSize: number
  bytes: Uint8Array
  private source: Uint8Array | undefined
  private low = 0
  private high = 0
  private side = 0

  constructor(channels: number, readSize: number) {
    this.readSize = readSize
    this.bytes = Buffer.allocUnsafeSlow(readSize + sideRoom(readSize))
    this.channels = Array.from({ length: channels }, () => new LineColumns(this.bytes))
  }

  /** Starts on the lines of `source`, which must not change before `seal`. */
  begin(source: Uint8Array): void {
    this.source = source
    this.low = source.length
    this.high = 0
    this.side = source.length
    if (source.length > this.bytes.length) this.bytes = Buffer.allocUnsafeSlow(source.length + sideRoom(source.length))
    for (const columns of this.channels) columns.length = 0
  }

  /** Adds `buffer[start..end)`; a buffer other than the source is copied at once. */
  add(channel: number, seconds: number, nanos: number, buffer: Uint8Array, start: number, end: number): void {
    const columns = this.channels[channel]
    if (buffer === this.source) {
      if (start < this.low) this.low = start
      if (end > this.high) this.high = end
      columns.push(start, end, seconds, nanos)
    } else {
      const at = this.reserve(end - start)
      this.bytes.set(buffer.subarray(start, end), at)
      columns.push(at, at + end - start, seconds, nanos)
    }
  }

  /** Takes over the bytes the lines refer to; from here on the block stands alone. */
  seal(): void {
    if (this.source && this.high > this.low) this.bytes.set(this.source.subarray(this.low, this.high), this.low)
    this.source = undefined
    for (const columns of this.channels) columns.bytes = this.bytes
  }

  /** Bytes of memory it holds, roughly. */
  get memory(): number {
    let memory = this.bytes.length
    for (const { starts } of this.channels) memory += starts.length * 20
    return memory
  }

  /** Number of lines. */
  get lines(): number {
    let lines = 0
    for (const columns of this.channels) lines += columns.length
    return lines
  }

  private reserve(size: number): number {
    const at = this.side
    if (at + size > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(at + size, this.bytes.length * 2))
      larger.set(this.bytes.subarray(0, at))
      this.bytes = larger
    }
    this.side = at + size
    return at
  }
}

/** Blocks that are used again; at most `kept` wait, and none that grew far beyond its first size. */
export class LineBlockPool {
  private readonly channels: number
  private readonly readSize: number
  private readonly kept: number
  private readonly free: LineBlock[] = []

  constructor(channels: number, readSize: number, kept: number) {
    this.channels = channels
    this.readSize = readSize
    this.kept = kept
  }

  take(): LineBlock {
    return this.free.pop() ?? new LineBlock(this.channels, this.readSize)
  }

  give(block: LineBlock): void {
    if (this.free.length < this.kept && block.bytes.length <= 2 * (this.readSize + sideRoom(this.readSize)))
      this.free.push(block)
  }
}
