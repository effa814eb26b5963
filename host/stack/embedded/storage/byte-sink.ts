/** Bytes that grow at the end; `ByteSource` reads them back. */
export class ByteSink {
  private bytes: Uint8Array
  private view: DataView
  private length = 0

  constructor(size: number) {
    this.bytes = new Uint8Array(size)
    this.view = new DataView(this.bytes.buffer)
  }

  finish(): Uint8Array {
    return this.bytes.slice(0, this.length)
  }

  byte(value: number): void {
    this.reserve(1)
    this.bytes[this.length++] = value
  }

  double(value: number): void {
    this.reserve(8)
    this.view.setFloat64(this.length, value, true)
    this.length += 8
  }

  varint(value: number): void {
    this.reserve(10)
    let rest = value
    while (rest >= 128) {
      this.bytes[this.length++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    this.bytes[this.length++] = rest
  }

  zigzag(value: number): void {
    this.varint(value >= 0 ? value * 2 : value * -2 - 1)
  }

  raw(value: Uint8Array): void {
    this.reserve(value.length)
    this.bytes.set(value, this.length)
    this.length += value.length
  }

  /** Text behind its length in bytes. */
  text(value: string): void {
    const bytes = Buffer.from(value)
    this.varint(bytes.length)
    this.raw(bytes)
  }

  /** Eight bytes without the zeros at either end: u8 (leading zero bytes << 4 | kept bytes), kept bytes. */
  xor(low: number, high: number): void {
    this.reserve(9)
    const bytes = [high >>> 24, (high >>> 16) & 255, (high >>> 8) & 255, high & 255].concat([
      low >>> 24,
      (low >>> 16) & 255,
      (low >>> 8) & 255,
      low & 255,
    ])
    let start = 0
    while (start < 8 && bytes[start] === 0) start++
    let end = 8
    while (end > start && bytes[end - 1] === 0) end--
    this.bytes[this.length++] = (start << 4) | (end - start)
    for (let i = start; i < end; i++) this.bytes[this.length++] = bytes[i]
  }

  private reserve(size: number): void {
    if (this.length + size <= this.bytes.length) return
    const larger = new Uint8Array(this.bytes.length * 2 + size)
    larger.set(this.bytes)
    this.bytes = larger
    this.view = new DataView(larger.buffer)
  }
}
