// Protocol Buffers wire format, written straight into a growing byte array.
const varint = 0
const fixed64 = 1
const delimited = 2
const fixed32 = 5

const two32 = 2 ** 32
const encoder = new TextEncoder()

/**
 * Writes fields one after another. 64-bit integers are doubles (whole, up to 2^53 in size) or two 32-bit halves; nothing
 * here allocates per field. A nested message is `const at = writer.begin(field)`, its fields, `writer.end(at)`.
 */
export class ProtobufWriter {
  /** The bytes so far are `bytes[0..length)`; replaced when it has to grow. */
  bytes: Uint8Array
  length = 0
  private view: DataView

  constructor(capacity = 256) {
    this.bytes = new Uint8Array(capacity)
    this.view = new DataView(this.bytes.buffer)
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.bytes.slice(0, this.length)
  }

  /** Forgets what was written and keeps the memory. */
  clear(): void {
    this.length = 0
  }

  tag(field: number, wire: number): void {
    if (field > 15) {
      this.varint(field * 8 + wire)
      return
    }
    this.reserve(1)
    this.bytes[this.length++] = (field << 3) | wire
  }

  /** A whole number from 0 to 2^53 as a bare varint. */
  varint(value: number): void {
    this.reserve(10)
    const bytes = this.bytes
    let at = this.length
    let rest = value
    while (rest >= two32) {
      bytes[at++] = (rest & 0x7f) | 0x80
      rest = Math.floor(rest / 128)
    }
    let low = rest >>> 0
    while (low > 0x7f) {
      bytes[at++] = (low & 0x7f) | 0x80
      low >>>= 7
    }
    bytes[at++] = low
    this.length = at
  }

  /** A 64-bit pattern given in halves as a bare varint. */
  varint64(high: number, low: number): void {
    this.reserve(10)
    const bytes = this.bytes
    let at = this.length
    let upper = high >>> 0
    let lower = low >>> 0
    while (upper > 0 || lower > 0x7f) {
      bytes[at++] = (lower & 0x7f) | 0x80
      lower = ((lower >>> 7) | (upper << 25)) >>> 0
      upper >>>= 7
    }
    bytes[at++] = lower
    this.length = at
  }

  /** uint32, uint64, bool or enum. */
  uint(field: number, value: number): void {
    this.tag(field, varint)
    this.varint(value)
  }

  /** int32 or int64: two's complement. */
  int(field: number, value: number): void {
    this.tag(field, varint)
    if (value >= 0) this.varint(value)
    else this.varint64(Math.floor(value / two32), value)
  }

  /** sint32 or sint64: zigzag. */
  sint(field: number, value: number): void {
    this.tag(field, varint)
    this.zigzag(value)
  }

  /** A zigzag number as a bare varint. */
  zigzag(value: number): void {
    const size = Math.abs(value)
    if (size < 2 ** 52) {
      this.varint(value < 0 ? 2 * size - 1 : 2 * size)
      return
    }
    // Twice the number no longer fits a double exactly: shift the halves.
    const high = Math.floor(size / two32)
    const low = size % two32
    const doubledHigh = ((high << 1) | (low >>> 31)) >>> 0
    const doubledLow = (low << 1) >>> 0
    if (value >= 0) this.varint64(doubledHigh, doubledLow)
    else if (doubledLow > 0) this.varint64(doubledHigh, doubledLow - 1)
    else this.varint64(doubledHigh - 1, 0xffffffff)
  }

  double(field: number, value: number): void {
    this.tag(field, fixed64)
    this.rawDouble(value)
  }

  /** Eight bytes of a double without a tag, for packed fields. */
  rawDouble(value: number): void {
    this.reserve(8)
    this.view.setFloat64(this.length, value, true)
    this.length += 8
  }

  /** fixed64, sfixed64, or a double whose bits matter. */
  fixed64(field: number, high: number, low: number): void {
    this.tag(field, fixed64)
    this.rawFixed64(high, low)
  }

  /** Eight bytes given in halves without a tag, for packed fields. */
  rawFixed64(high: number, low: number): void {
    this.reserve(8)
    this.view.setUint32(this.length, low, true)
    this.view.setUint32(this.length + 4, high, true)
    this.length += 8
  }

  fixed32(field: number, value: number): void {
    this.tag(field, fixed32)
    this.rawFixed32(value)
  }

  /** Four bytes without a tag. */
  rawFixed32(value: number): void {
    this.reserve(4)
    this.view.setUint32(this.length, value, true)
    this.length += 4
  }

  /** A string field in UTF-8; lone surrogates become U+FFFD. */
  string(field: number, text: string): void {
    this.tag(field, delimited)
    const units = text.length
    this.reserve(units * 3 + 5)
    if (units < 128 && this.ascii(text, this.length + 1)) {
      this.bytes[this.length] = units
      this.length += 1 + units
      return
    }
    const at = this.length
    this.length = at + 1
    const { written } = encoder.encodeInto(text, this.bytes.subarray(at + 1))
    this.length += written
    this.closeLength(at)
  }

  /** A message with two strings in its fields 1 and 2, as labels and attributes are. */
  stringPair(field: number, first: string, second: string): void {
    const size = first.length + second.length + 4
    if (size < 128 && field < 16) {
      this.reserve(size + 2)
      const at = this.length
      const secondAt = at + 6 + first.length
      if (this.ascii(first, at + 4) && this.ascii(second, secondAt)) {
        const bytes = this.bytes
        bytes[at] = (field << 3) | delimited
        bytes[at + 1] = size
        bytes[at + 2] = (1 << 3) | delimited
        bytes[at + 3] = first.length
        bytes[secondAt - 2] = (2 << 3) | delimited
        bytes[secondAt - 1] = second.length
        this.length = at + 2 + size
        return
      }
    }
    const at = this.begin(field)
    this.string(1, first)
    this.string(2, second)
    this.end(at)
  }

  bytesField(field: number, value: Uint8Array): void {
    this.tag(field, delimited)
    this.varint(value.length)
    this.raw(value)
  }

  /** Bytes as they are, without a tag. */
  raw(value: Uint8Array): void {
    this.reserve(value.length)
    this.bytes.set(value, this.length)
    this.length += value.length
  }

  /** A copy of what was written at `[start..end)`. */
  again(start: number, end: number): void {
    if (start >= end) return
    this.reserve(end - start)
    this.bytes.copyWithin(this.length, start, end)
    this.length += end - start
  }

  /**
   * Opens a length-delimited field; what is written until `end` is its content. A `likelySize` close to what that will be
   * spares moving the content when its length is filled in; give `end` the same.
   */
  begin(field: number, likelySize = 0): number {
    this.tag(field, delimited)
    const width = varintWidth(likelySize)
    this.reserve(width)
    const at = this.length
    this.length = at + width
    return at
  }

  /** Closes what the matching `begin` opened. */
  end(at: number, likelySize = 0): void {
    this.closeLength(at, varintWidth(likelySize))
  }

  private closeLength(at: number, reserved = 1): void {
    const size = this.length - at - reserved
    if (size < 0x80 && reserved === 1) {
      this.bytes[at] = size
      return
    }
    const width = varintWidth(size)
    this.reserve(10)
    if (width !== reserved) {
      this.bytes.copyWithin(at + width, at + reserved, this.length)
    }
    const end = this.length + width - reserved
    this.length = at
    this.varint(size)
    this.length = end
  }

  private ascii(text: string, at: number): boolean {
    const bytes = this.bytes
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code > 0x7f) return false
      bytes[at + i] = code
    }
    return true
  }

  /** Makes room for `size` more bytes, for those who write to `bytes` themselves and move `length`. */
  reserve(size: number): void {
    const needed = this.length + size
    if (needed <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
    this.view = new DataView(grown.buffer)
  }
}

/** Bytes a whole number from 0 to 2^53 takes as a varint. */
export function varintWidth(value: number): number {
  let width = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 128)) width++
  return width
}
