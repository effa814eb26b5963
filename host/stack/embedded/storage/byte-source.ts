const decoder = new TextDecoder()

/** Reads what `ByteSink` wrote, in the same order. */
export class ByteSource {
  low = 0
  high = 0
  private readonly bytes: Uint8Array
  private at = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  byte(): number {
    return this.bytes[this.at++]
  }

  double(): number {
    const value = new DataView(this.bytes.buffer, this.bytes.byteOffset + this.at, 8).getFloat64(0, true)
    this.at += 8
    return value
  }

  varint(): number {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.at++]
      value += (byte & 127) * scale
      if (!(byte >= 128)) return value
    }
  }

  zigzag(): number {
    const coded = this.varint()
    return coded % 2 === 0 ? coded / 2 : -(coded + 1) / 2
  }

  /** A view of the next bytes. */
  raw(length: number): Uint8Array {
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }

  text(): string {
    return decoder.decode(this.raw(this.varint()))
  }

  /** Reads what `ByteSink.xor` wrote into `low` and `high`. */
  xor(): void {
    const head = this.bytes[this.at++]
    const start = head >> 4
    const end = start + (head & 15)
    let [low, high] = [0, 0]
    for (let i = start; i < end; i++) {
      const byte = this.bytes[this.at++]
      if (i < 4) high |= byte << (24 - 8 * i)
      else low |= byte << (56 - 8 * i)
    }
    this.low = low
    this.high = high
  }
}
