// Protocol Buffers wire format, read in place from bytes nobody vouches for: a mistake ends the reading, it never throws.
const decoder = new TextDecoder()
const two32 = 2 ** 32

/**
 * A cursor over the fields of one message:
 * `while (reader.next()) switch (reader.field) { case 1: name = reader.string(); break; default: reader.skip() }`.
 * Each round consumes the field by exactly one read or `skip`. On malformed input `next` answers false, reads answer
 * zero or empty, and `malformed` says what was wrong; check it once at the end.
 */
export class ProtobufReader {
  readonly bytes: Uint8Array
  position: number
  end: number
  field = 0
  /** 0 varint, 1 64-bit, 2 length-delimited, 5 32-bit. */
  wire = 0
  malformed: string | undefined
  /** The halves of the last varint or fixed64 read. */
  high = 0
  low = 0
  private readonly view: DataView

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.bytes = bytes
    this.position = start
    this.end = end
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Moves to the next field; false at the end or when the input is malformed. */
  next(): boolean {
    if (this.position >= this.end) return false
    this.readVarint()
    if (this.malformed !== undefined) return false
    const tag = this.high * two32 + this.low
    this.field = Math.floor(tag / 8)
    this.wire = tag & 7
    if (this.field === 0 || this.field > 0x1fffffff) return this.fail('a field number is out of range')
    if (this.wire > 5 || this.wire === 3 || this.wire === 4) {
      return this.fail(`field ${this.field} has wire type ${this.wire}`)
    }
    return true
  }

  /** uint32, uint64, bool or enum; exact up to 2^53. */
  uint(): number {
    if (!this.expect(0)) return 0
    this.readVarint()
    return this.high * two32 + this.low
  }

  bool(): boolean {
    return this.uint() !== 0
  }

  /** int32 or int64; exact up to 2^53. */
  int(): number {
    if (!this.expect(0)) return 0
    this.readVarint()
    return (this.high | 0) * two32 + this.low
  }

  /** sint32 or sint64; exact up to 2^53. */
  sint(): number {
    if (!this.expect(0)) return 0
    return this.bareZigzag()
  }

  double(): number {
    if (!this.expect(1) || !this.available(8)) return 0
    this.readFixed64()
    return this.view.getFloat64(this.position - 8, true)
  }

  /** fixed64 as a number; exact up to 2^53, with the exact halves in `high` and `low`. */
  fixed64(): number {
    if (!this.expect(1) || !this.available(8)) return 0
    this.readFixed64()
    return this.high * two32 + this.low
  }

  fixed32(): number {
    if (!this.expect(5) || !this.available(4)) return 0
    this.position += 4
    return this.view.getUint32(this.position - 4, true)
  }

  float(): number {
    if (!this.expect(5) || !this.available(4)) return 0
    this.position += 4
    return this.view.getFloat32(this.position - 4, true)
  }

  /** UTF-8 text; invalid sequences become U+FFFD. */
  string(): string {
    const end = this.delimited()
    const start = this.position
    this.position = end
    return start === end ? '' : decoder.decode(this.bytes.subarray(start, end))
  }

  /** A view, not a copy. */
  bytesField(): Uint8Array {
    const end = this.delimited()
    const start = this.position
    this.position = end
    return this.bytes.subarray(start, end)
  }

  /**
   * Reads a nested message with the same cursor: `read` runs with `end` narrowed to it. What it leaves unread is skipped.
   */
  message(read: () => void): void {
    const inner = this.delimited()
    if (this.malformed !== undefined) return
    const outer = this.end
    this.end = inner
    read()
    this.end = outer
    // Reads inside are bound by `end`, so the cursor never passes the message.
    this.position = this.ok() ? inner : outer
  }

  /** Numbers of a repeated scalar, packed or not: `each` is called at every element and reads it with a `bare…` method. */
  packed(each: () => void): void {
    if (this.wire !== 2) {
      each()
      return
    }
    this.message(() => {
      while (this.position < this.end && this.malformed === undefined) each()
    })
  }

  /** An element of a packed field. */
  bareUint(): number {
    this.readVarint()
    return this.high * two32 + this.low
  }

  bareInt(): number {
    this.readVarint()
    return (this.high | 0) * two32 + this.low
  }

  bareZigzag(): number {
    this.readVarint()
    const odd = (this.low & 1) === 1
    const half = (this.high >>> 1) * two32 + (((this.low >>> 1) | (this.high << 31)) >>> 0)
    return odd ? -half - 1 : half
  }

  bareDouble(): number {
    if (!this.available(8)) return 0
    this.readFixed64()
    return this.view.getFloat64(this.position - 8, true)
  }

  /** Passes over the field. */
  skip(): void {
    switch (this.wire) {
      case 0:
        this.readVarint()
        return
      case 1:
        if (this.available(8)) this.position += 8
        return
      case 2:
        this.position = this.delimited()
        return
      case 5:
        if (this.available(4)) this.position += 4
        return
    }
  }

  /** False once something malformed was met. */
  ok(): boolean {
    return this.malformed === undefined
  }

  /** Gives the input up for a reason of the caller's. Always false. */
  fail(reason: string): false {
    this.malformed ??= `${reason} (at byte ${this.position})`
    this.position = this.end
    return false
  }

  /** Reads the length in front of a delimited field; the position is then its start, the result its end. */
  private delimited(): number {
    if (!this.expect(2)) return this.position
    this.readVarint()
    const size = this.high * two32 + this.low
    if (size > this.end - this.position) {
      this.fail(`field ${this.field} is longer than the message`)
      return this.position
    }
    return this.position + size
  }

  private expect(wire: number): boolean {
    if (this.malformed !== undefined) return false
    return this.wire === wire || this.fail(`field ${this.field} has wire type ${this.wire} instead of ${wire}`)
  }

  private available(size: number): boolean {
    return this.end - this.position >= size || this.fail(`field ${this.field} is cut off`)
  }

  private readFixed64(): void {
    this.low = this.view.getUint32(this.position, true)
    this.high = this.view.getUint32(this.position + 4, true)
    this.position += 8
  }

  private readVarint(): void {
    const bytes = this.bytes
    const end = this.end
    let at = this.position
    let low = 0
    let high = 0
    for (let shift = 0; shift < 70; shift += 7) {
      if (at >= end) {
        this.high = this.low = 0
        this.fail('a varint is cut off')
        return
      }
      const byte = bytes[at++]
      const part = byte & 0x7f
      if (shift < 28) low |= part << shift
      else if (shift === 28) {
        low |= part << 28
        high = part >>> 4
      } else high |= part << (shift - 32)
      if (byte < 0x80) {
        this.low = low >>> 0
        this.high = high >>> 0
        this.position = at
        return
      }
    }
    this.high = this.low = 0
    this.fail('a varint is longer than ten bytes')
  }
}
