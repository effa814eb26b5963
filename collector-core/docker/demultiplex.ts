import { ByteStore } from './byte-store.ts'

/** Receives the payload of each frame; the bytes are valid during the call only. */
export interface FrameSink {
  /** `channel` is the first header byte: 0 stdin, 1 stdout, 2 stderr, 3 a message of the engine itself. */
  frame(channel: number, buffer: Uint8Array, start: number, end: number): void
  /** A frame longer than the limit was left out; its first bytes, enough for the timestamp, are given. */
  oversized(channel: number, buffer: Uint8Array, start: number, end: number): void
}

/** Bytes kept of a frame that is too long. */
const keptOfOversized = 64

/**
 * Splits Docker's multiplexed log stream into frames, whatever the boundaries of the reads. A frame that lies within one
 * read is handed on in place; only frames cut by a read boundary are copied.
 *
 * | bytes | meaning                             |
 * | ----- | ----------------------------------- |
 * | 0     | channel                             |
 * | 1-3   | zero                                |
 * | 4-7   | payload length, big-endian unsigned |
 */
export class Demultiplexer {
  private readonly sink: FrameSink
  private readonly longestFrame: number
  private readonly header = new Uint8Array(8)
  private headerLength = 0
  private channel = 0
  private missing = 0
  private oversized = false
  private readonly cut = new ByteStore()

  constructor(sink: FrameSink, longestFrame: number) {
    this.sink = sink
    this.longestFrame = longestFrame
  }

  /** Takes the next bytes of the stream; false when they cannot be frames, after which the stream is of no use. */
  push(buffer: Uint8Array, start: number, end: number): boolean {
    const sink = this.sink
    const longest = this.longestFrame
    let at = start
    if (this.missing > 0 || this.headerLength > 0) {
      at = this.finishCutFrame(buffer, at, end)
      if (at < 0) return false
    }
    while (end - at >= 8) {
      const channel = buffer[at]
      if (channel > 3 || (buffer[at + 1] | buffer[at + 2] | buffer[at + 3]) !== 0) return false
      const length = buffer[at + 4] * 0x1000000 + ((buffer[at + 5] << 16) | (buffer[at + 6] << 8) | buffer[at + 7])
      at += 8
      if (length <= end - at && length <= longest) {
        sink.frame(channel, buffer, at, at + length)
        at += length
        continue
      }
      this.begin(channel, length)
      at = this.fill(buffer, at, end)
    }
    if (at < end) {
      this.header.set(buffer.subarray(at, end))
      this.headerLength = end - at
    }
    return true
  }

  /** Whether the stream stands between two frames. */
  get complete(): boolean {
    return this.missing === 0 && this.headerLength === 0
  }

  private finishCutFrame(buffer: Uint8Array, start: number, end: number): number {
    let at = start
    if (this.headerLength > 0) {
      const header = this.header
      while (this.headerLength < 8 && at < end) header[this.headerLength++] = buffer[at++]
      if (this.headerLength < 8) return at
      this.headerLength = 0
      if (header[0] > 3 || (header[1] | header[2] | header[3]) !== 0) return -1
      this.begin(header[0], header[4] * 0x1000000 + ((header[5] << 16) | (header[6] << 8) | header[7]))
    }
    return this.fill(buffer, at, end)
  }

  private begin(channel: number, length: number): void {
    this.channel = channel
    this.missing = length
    this.oversized = length > this.longestFrame
    this.cut.clear()
    if (length === 0) this.finish()
  }

  private fill(buffer: Uint8Array, start: number, end: number): number {
    if (this.missing === 0) return start
    const take = Math.min(this.missing, end - start)
    const keep = this.oversized ? Math.max(0, Math.min(take, keptOfOversized - this.cut.length)) : take
    if (keep > 0) this.cut.append(buffer, start, start + keep)
    this.missing -= take
    if (this.missing === 0) this.finish()
    return start + take
  }

  private finish(): void {
    const { buffer, length } = this.cut
    if (this.oversized) this.sink.oversized(this.channel, buffer, 0, length)
    else this.sink.frame(this.channel, buffer, 0, length)
  }
}
