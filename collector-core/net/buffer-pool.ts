const unitBytes = 64 * 1024

/**
 * Memory that is used again: V8 counts large buffers against the heap, so that fresh ones for every message cost a garbage
 * collection every few dozen messages. What waits for use is bounded.
 */
export class BufferPool {
  private readonly mostBytes: number
  private readonly free: Buffer[] = []
  private bytes = 0

  constructor(mostBytes: number) {
    this.mostBytes = mostBytes
  }

  /** A buffer of at least `size` bytes, with anything in it. */
  take(size: number): Buffer {
    const index = this.free.findIndex(({ length }) => length >= size)
    if (index < 0) return Buffer.allocUnsafeSlow(Math.ceil(size / unitBytes) * unitBytes)
    const [buffer] = this.free.splice(index, 1)
    this.bytes -= buffer.length
    return buffer
  }

  /** Only once nobody looks at it any more. */
  give(buffer: Buffer): void {
    if (this.bytes + buffer.length > this.mostBytes) return
    this.free.push(buffer)
    this.bytes += buffer.length
  }
}
