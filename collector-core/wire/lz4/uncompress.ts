import { flags, frameMagic, shortestMatch, skippableMagic, storedBit, versionBits } from './frame.ts'
import { xxHash32 } from './xxhash32.ts'

export interface Lz4Error {
  readonly kind: 'lz4-error'
  readonly code: 'malformed' | 'too_large'
  readonly message: string
}

class Unusable extends Error {
  readonly code: Lz4Error['code']

  constructor(code: Lz4Error['code'], message: string) {
    super(message)
    this.code = code
  }
}

const malformed = (message: string): Unusable => new Unusable('malformed', message)

/** Decodes LZ4 frames of at most `maxBytes` in all, checking every checksum. */
export function uncompressLz4(input: Uint8Array, maxBytes: number): Uint8Array | Lz4Error {
  try {
    return new FrameReader(input, maxBytes).read()
  } catch (error) {
    if (error instanceof Unusable) return { kind: 'lz4-error', code: error.code, message: error.message }
    throw error
  }
}

class FrameReader {
  private readonly input: Uint8Array
  private readonly view: DataView
  private readonly maxBytes: number
  private at = 0
  private output: Uint8Array = new Uint8Array(0)
  private length = 0

  constructor(input: Uint8Array, maxBytes: number) {
    this.input = input
    this.view = new DataView(input.buffer, input.byteOffset, input.length)
    this.maxBytes = maxBytes
  }

  read(): Uint8Array {
    while (this.at < this.input.length) {
      const magic = this.uint32()
      if (magic === frameMagic) this.readFrame()
      else if ((magic & ~0xf) === skippableMagic) this.skip(this.uint32())
      else throw malformed('a frame does not start with the right bytes')
    }
    return this.output.subarray(0, this.length)
  }

  private readFrame(): void {
    const header = this.at
    const flag = this.byte()
    const largestCode = (this.byte() >>> 4) & 7
    if ((flag & 0xc0) !== versionBits) throw malformed('its version is not known')
    if ((flag & flags.dictionary) !== 0) throw malformed('it needs a dictionary')
    if (largestCode < 4) throw malformed('its block size is not known')
    const contentSize = (flag & flags.contentSize) !== 0 ? this.uint64() : undefined
    const checksum = (xxHash32(this.input.subarray(header, this.at)) >>> 8) & 0xff
    if (this.byte() !== checksum) throw malformed('a header checksum does not match')
    const start = this.length
    const largest = 2 ** (8 + 2 * largestCode)
    for (let size = this.uint32(); size !== 0; size = this.uint32()) this.readBlock(size, flag, largest, start)
    if (contentSize !== undefined && contentSize !== this.length - start)
      throw malformed('its content is not as long as it says')
    if ((flag & flags.contentChecksum) !== 0) this.check(this.output.subarray(start, this.length))
  }

  private readBlock(size: number, flag: number, largest: number, frameStart: number): void {
    const stored = size >= storedBit
    const length = stored ? size - storedBit : size
    const data = this.at
    this.skip(length)
    const from = this.length
    const history = (flag & flags.alone) !== 0 ? from : frameStart
    if (stored) this.append(data, length, from + largest)
    else this.decode(data, this.at, history, from + largest)
    if ((flag & flags.blockChecksum) !== 0) this.check(this.input.subarray(data, data + length))
  }

  /**
   * block = { sequence }; sequence = token, [literal length], literals, match offset 2, [match length]. The last one ends
   * behind its literals. The token holds the two lengths, 4 bits each; 15 is continued by bytes up to one that is not 255.
   */
  private decode(start: number, end: number, history: number, limit: number): void {
    const { input } = this
    let at = start
    const longer = (length: number): number => {
      if (length < 15) return length
      let sum = length
      for (let byte = 255; byte === 255; sum += byte) {
        if (at >= end) throw malformed('a block ends inside a length')
        byte = input[at++]
      }
      return sum
    }
    while (at < end) {
      const token = input[at++]
      const literals = longer(token >>> 4)
      if (literals > end - at) throw malformed('a block ends inside a literal')
      this.append(at, literals, limit)
      at += literals
      if (at === end) return
      if (end - at < 2) throw malformed('a block ends inside an offset')
      const offset = input[at] | (input[at + 1] << 8)
      at += 2
      if (offset === 0 || offset > this.length - history) throw malformed('a match lies before the start')
      this.repeat(offset, longer(token & 15) + shortestMatch, limit)
    }
  }

  private append(from: number, length: number, limit: number): void {
    this.reserve(length, limit)
    this.output.set(this.input.subarray(from, from + length), this.length)
    this.length += length
  }

  /** A match may reach into itself: what it copies first is copied again. */
  private repeat(offset: number, length: number, limit: number): void {
    this.reserve(length, limit)
    const { output } = this
    let to = this.length
    const end = to + length
    if (offset >= length) output.copyWithin(to, to - offset, end - offset)
    else for (; to < end; to++) output[to] = output[to - offset]
    this.length = end
  }

  private reserve(length: number, limit: number): void {
    const needed = this.length + length
    if (needed > this.maxBytes)
      throw new Unusable('too_large', `it holds more than the limit of ${this.maxBytes} bytes`)
    if (needed > limit) throw malformed('a block holds more than its frame allows')
    if (needed <= this.output.length) return
    const larger = new Uint8Array(Math.min(this.maxBytes, Math.max(needed, 2 * this.output.length, 4096)))
    larger.set(this.output.subarray(0, this.length))
    this.output = larger
  }

  private check(bytes: Uint8Array): void {
    if (this.uint32() !== xxHash32(bytes)) throw malformed('a checksum does not match')
  }

  private byte(): number {
    this.skip(1)
    return this.input[this.at - 1]
  }

  private uint32(): number {
    this.skip(4)
    return this.view.getUint32(this.at - 4, true)
  }

  private uint64(): number {
    this.skip(8)
    return Number(this.view.getBigUint64(this.at - 8, true))
  }

  private skip(bytes: number): void {
    if (bytes > this.input.length - this.at) throw malformed('it ends too early')
    this.at += bytes
  }
}
