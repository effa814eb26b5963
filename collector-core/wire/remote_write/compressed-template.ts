// A request template that is kept already compressed. The block is laid out so that no copy element reads or writes the
// bytes of a value: each value stands in a literal, at a place that never moves, and can be written again in place. All
// samples share one timestamp; from the second on it is a copy of the one before.
import { staleNaNBits } from '../../signal/metric-batch.ts'
import { maxCompressedBytes } from '../snappy/compress-block.ts'
import { uncompress } from '../snappy/uncompress.ts'
import { encodeLength } from '../snappy/join-blocks.ts'
import { patchTemplate, timestampHigh, timestampLow } from './sample-template.ts'
import type { SampleColumns, SampleTemplate } from './sample-template.ts'

/** `size` is the length of the uncompressed request. */
export interface CompressedTemplate {
  readonly block: Uint8Array
  readonly view: DataView
  readonly valueAt: Uint32Array
  readonly timestampAt: number
  readonly size: number
}

const valueBytes = 8
/** After a value: the tag of the timestamp and its six bytes. */
const timestampBytes = 7
const furthestCopy = 65_535
const tableBits = 12
const hashFactor = 0x1e35a7bd

/** Compresses a template; undefined when its series are too large to be reached by copies. */
export function compressTemplate(template: SampleTemplate): CompressedTemplate | undefined {
  const layout = new BlockLayout(template)
  if (!layout.lay()) return undefined
  const { block, valueAt, timestampAt } = layout.finish()
  const compressed = {
    block,
    view: new DataView(block.buffer),
    valueAt,
    timestampAt,
    size: template.bytes.length,
  }
  return agrees(template, compressed) ? compressed : undefined
}

/** Writes samples `first...` over a compressed template; `columns.timestamps` must be one number. */
export function patchCompressed(
  template: CompressedTemplate,
  columns: SampleColumns & { readonly timestamps: number },
  first: number,
): void {
  const { valueAt, view, timestampAt } = template
  const { values, staleFrom, indexes, timestamps } = columns
  for (let i = 0; i < valueAt.length; i++) {
    const from = indexes === undefined ? first + i : indexes[first + i]
    if (from < staleFrom) view.setFloat64(valueAt[i], values[from], true)
    else {
      view.setUint32(valueAt[i], staleNaNBits.low, true)
      view.setUint32(valueAt[i] + 4, staleNaNBits.high, true)
    }
  }
  view.setUint32(timestampAt, timestampLow(timestamps), true)
  view.setUint16(timestampAt + 4, timestampHigh(timestamps), true)
}

class BlockLayout {
  private readonly bytes: Uint8Array
  private readonly view: DataView
  private readonly samples: Uint32Array
  private readonly out: Uint8Array
  private readonly valueAt: Uint32Array
  private readonly slots = new Int32Array(1 << tableBits)
  private readonly limits = new Int32Array(1 << tableBits)
  private timestampAt = 0
  private length = 0
  private literalStart = 0
  private literalsDone = 0

  constructor({ bytes, valueAt }: SampleTemplate) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.samples = valueAt
    this.valueAt = new Uint32Array(valueAt.length)
    this.out = new Uint8Array(maxCompressedBytes(bytes.length) + 16 * valueAt.length)
    const preamble = encodeLength(bytes.length)
    this.out.set(preamble)
    this.length = preamble.length
  }

  /** Walks the stretches between values: what comes before the first one, then `timestamp, rest of the series, next`. */
  lay(): boolean {
    const { samples, bytes } = this
    if (samples.length === 0) return false
    this.compressStretch(0, samples[0])
    for (let i = 0; i < samples.length; i++) {
      const start = samples[i] + valueBytes
      const end = i + 1 < samples.length ? samples[i + 1] : bytes.length
      let rest = start + timestampBytes
      if (i > 0) {
        const before = samples[i - 1] + valueBytes
        if (start - before > furthestCopy) return false
        rest = this.copyPrefix(before, samples[i], start, end)
      }
      this.compressStretch(rest, end)
    }
    this.flushLiteral(bytes.length)
    return true
  }

  finish(): { block: Uint8Array; valueAt: Uint32Array; timestampAt: number } {
    return { block: this.out.slice(0, this.length), valueAt: this.valueAt, timestampAt: this.timestampAt }
  }

  /** Copies what two neighbouring stretches have in common at their start, timestamp included. */
  private copyPrefix(from: number, fromEnd: number, start: number, end: number): number {
    const longest = Math.min(fromEnd - from, end - start)
    const common = this.commonLength(from, start, longest)
    this.flushLiteral(start)
    this.emitCopy(start - from, common)
    this.literalStart = start + common
    return start + common
  }

  /** Compresses bytes that are the same in every batch, against such bytes only. */
  private compressStretch(start: number, end: number): void {
    const { view, slots, limits } = this
    let at = start
    while (at + 4 <= end) {
      const word = view.getInt32(at, true)
      const slot = Math.imul(word, hashFactor) >>> (32 - tableBits)
      const candidate = slots[slot] - 1
      const limit = limits[slot]
      slots[slot] = at + 1
      limits[slot] = end
      const reachable = candidate >= 0 && at - candidate <= furthestCopy && view.getInt32(candidate, true) === word
      const length = reachable ? this.commonLength(candidate, at, Math.min(limit - candidate, end - at)) : 0
      if (length < 4) {
        at++
        continue
      }
      this.flushLiteral(at)
      this.emitCopy(at - candidate, length)
      for (let inside = at + 1; inside < at + length && inside + 4 <= end; inside++) {
        const other = Math.imul(view.getInt32(inside, true), hashFactor) >>> (32 - tableBits)
        slots[other] = inside + 1
        limits[other] = end
      }
      at += length
      this.literalStart = at
    }
  }

  private commonLength(a: number, b: number, longest: number): number {
    const { bytes } = this
    let length = 0
    while (length < longest && bytes[a + length] === bytes[b + length]) length++
    return length
  }

  /** Element: tag `(length - 1) << 2`, or 60 to 62 with the length minus one in one to three bytes; then the bytes. */
  private flushLiteral(end: number): void {
    const { bytes, out, literalStart } = this
    const length = end - literalStart
    if (length === 0) return
    const width = length <= 60 ? 0 : length <= 256 ? 1 : length <= 65_536 ? 2 : 3
    out[this.length++] = (width === 0 ? length - 1 : 59 + width) << 2
    for (let byte = 0; byte < width; byte++) out[this.length++] = (length - 1) >>> (8 * byte)
    out.set(bytes.subarray(literalStart, end), this.length)
    this.place(end)
    this.length += length
    this.literalStart = end
  }

  /** Notes where the values inside the literal that is being written stand. */
  private place(end: number): void {
    const { samples, literalStart } = this
    while (this.literalsDone < samples.length && samples[this.literalsDone] < end) {
      const position = this.length + samples[this.literalsDone] - literalStart
      this.valueAt[this.literalsDone] = position
      if (this.literalsDone === 0) this.timestampAt = position + valueBytes + 1
      this.literalsDone++
    }
  }

  /** Element: tag `(length - 1) << 2 | 2` and a two-byte offset, at most 64 bytes each. */
  private emitCopy(offset: number, length: number): void {
    const { out } = this
    for (let rest = length; rest > 0; rest -= 64) {
      out[this.length] = ((Math.min(rest, 64) - 1) << 2) | 2
      out[this.length + 1] = offset
      out[this.length + 2] = offset >>> 8
      this.length += 3
    }
  }
}

/** Whether both templates, given values no label could hold by chance, mean the same bytes. */
function agrees(template: SampleTemplate, compressed: CompressedTemplate): boolean {
  const count = template.valueAt.length
  const values = Float64Array.from({ length: count }, (_, i) => Math.PI * (i + 1) * 1e100)
  const columns = { values, timestamps: 0x155_5555_5555, staleFrom: count, indexes: undefined }
  patchTemplate(template, columns, 0)
  patchCompressed(compressed, columns, 0)
  const back = uncompress(compressed.block, template.bytes.length)
  return 'kind' in back ? false : Buffer.compare(back, template.bytes) === 0
}
