/** Bytes that arrived in pieces, in one growing buffer that is used again; a large one is given back when cleared. */
export class ByteStore {
  /** Only the first `length` bytes are meaningful; replaced when it grows. */
  buffer = Buffer.allocUnsafeSlow(1024)
  length = 0

  append(source: Uint8Array, start: number, end: number): void {
    const needed = this.length + end - start
    if (needed > this.buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.buffer.length * 2))
      larger.set(this.buffer.subarray(0, this.length))
      this.buffer = larger
    }
    this.buffer.set(start === 0 && end === source.length ? source : source.subarray(start, end), this.length)
    this.length = needed
  }

  clear(): void {
    this.length = 0
    if (this.buffer.length > 64 * 1024) this.buffer = Buffer.allocUnsafeSlow(1024)
  }
}
