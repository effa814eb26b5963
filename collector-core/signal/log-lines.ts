import type { LogLines } from './log-batch.ts'
import type { Label } from './labels.ts'

const utf8 = new TextEncoder()

/**
 * Collects lines of one stream, copying their bytes into an arena of its own. `build` gives the lines and leaves the
 * builder empty, so it can be used again.
 */
export class LogLinesBuilder {
  private bytes: Uint8Array
  private used = 0
  private count = 0
  private starts: Uint32Array
  private ends: Uint32Array
  private seconds: Float64Array
  private nanos: Uint32Array
  private metadata: (readonly Label[] | undefined)[] | undefined

  constructor(lines = 16, bytes = 2048) {
    this.bytes = new Uint8Array(bytes)
    this.starts = new Uint32Array(lines)
    this.ends = new Uint32Array(lines)
    this.seconds = new Float64Array(lines)
    this.nanos = new Uint32Array(lines)
  }

  get length(): number {
    return this.count
  }

  /** Adds the line `from[start..end)`. */
  addBytes(
    from: Uint8Array,
    start: number,
    end: number,
    seconds: number,
    nanos: number,
    metadata?: readonly Label[],
  ): void {
    const at = this.reserve(end - start)
    this.bytes.set(from.subarray(start, end), at)
    this.push(at, at + end - start, seconds, nanos, metadata)
  }

  /** Adds a line given as text. */
  addText(line: string, seconds: number, nanos: number, metadata?: readonly Label[]): void {
    const at = this.reserve(line.length * 3)
    const { written } = utf8.encodeInto(line, this.bytes.subarray(at))
    this.push(at, at + written, seconds, nanos, metadata)
  }

  build(): LogLines {
    const lines: LogLines = {
      length: this.count,
      bytes: this.bytes.subarray(0, this.used),
      starts: this.starts,
      ends: this.ends,
      seconds: this.seconds,
      nanos: this.nanos,
      ...(this.metadata && { metadata: this.metadata }),
    }
    this.bytes = new Uint8Array(0)
    this.used = 0
    this.count = 0
    this.starts = this.ends = this.nanos = new Uint32Array(0)
    this.seconds = new Float64Array(0)
    this.metadata = undefined
    return lines
  }

  private reserve(bytes: number): number {
    if (this.used + bytes > this.bytes.length) {
      const grown = new Uint8Array(Math.max(2 * this.bytes.length, this.used + bytes, 2048))
      grown.set(this.bytes.subarray(0, this.used))
      this.bytes = grown
    }
    return this.used
  }

  private push(
    start: number,
    end: number,
    seconds: number,
    nanos: number,
    metadata: readonly Label[] | undefined,
  ): void {
    if (this.count === this.starts.length) this.growColumns()
    const index = this.count++
    this.starts[index] = start
    this.ends[index] = end
    this.seconds[index] = seconds
    this.nanos[index] = nanos
    this.used = end
    if (metadata !== undefined) (this.metadata ??= [])[index] = metadata
  }

  private growColumns(): void {
    const length = Math.max(16, 2 * this.count)
    const grow = (from: Uint32Array): Uint32Array<ArrayBuffer> => {
      const to = new Uint32Array(length)
      to.set(from)
      return to
    }
    this.starts = grow(this.starts)
    this.ends = grow(this.ends)
    this.nanos = grow(this.nanos)
    const seconds = new Float64Array(length)
    seconds.set(this.seconds)
    this.seconds = seconds
  }
}
