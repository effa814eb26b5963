import { staleNaNBits } from '../../signal/metric-batch.ts'
import type { Labels } from '../../signal/labels.ts'
import type { RequestBuilder } from './request-builder.ts'

/** The samples to write over a template: sample `i` of it is sample `indexes[first + i]` (or `first + i`) of the columns. */
export interface SampleColumns {
  readonly values: Float64Array
  readonly timestamps: number | Float64Array
  readonly staleFrom: number
  readonly indexes: Uint32Array | undefined
}

/**
 * An encoded request whose values and timestamps can be written again in place: the second batch of the same series
 * costs no encoding. Timestamps take exactly six varint bytes, which covers 1970 to 2109.
 */
export interface SampleTemplate {
  readonly bytes: Uint8Array
  /** Where each sample's value stands; its timestamp stands 9 bytes further. */
  readonly valueAt: Uint32Array
  readonly view: DataView
}

const timestampGap = 9
/** Six varint bytes, and in no byte zero, so that it cannot be mistaken for padding. */
const placeholderTimestamp = 2 ** 42 - 1

/** Milliseconds that six varint bytes can say. */
export function fitsTemplate(timestamp: number): boolean {
  return timestamp >= 0 && timestamp < 2 ** 42
}

/** Builds the template of `series[first..last)`. */
export function buildTemplate(
  builder: RequestBuilder,
  series: readonly Labels[],
  first: number,
  last: number,
): SampleTemplate {
  const valueAt = new Uint32Array(last - first)
  for (let i = first; i < last; i++) {
    valueAt[i - first] = builder.addSample(series[i], 0, placeholderTimestamp, false)
  }
  const built = builder.finish()
  for (let i = 0; i < valueAt.length; i++) valueAt[i] += built.seriesStart
  const bytes = built.bytes.slice()
  return { bytes, valueAt, view: new DataView(bytes.buffer) }
}

/** Writes samples `first...` of the columns over a template; every timestamp must pass `fitsTemplate`. */
export function patchTemplate(template: SampleTemplate, columns: SampleColumns, first: number): void {
  const { valueAt, view } = template
  const { values, timestamps, staleFrom, indexes } = columns
  const uniform = typeof timestamps === 'number'
  let low = 0
  let high = 0
  let encoded = -1
  for (let i = 0; i < valueAt.length; i++) {
    const from = indexes === undefined ? first + i : indexes[first + i]
    const at = valueAt[i]
    if (from >= staleFrom) {
      view.setUint32(at, staleNaNBits.low, true)
      view.setUint32(at + 4, staleNaNBits.high, true)
    } else view.setFloat64(at, values[from], true)
    const timestamp = uniform ? timestamps : timestamps[from]
    if (timestamp !== encoded) {
      encoded = timestamp
      low = timestampLow(timestamp)
      high = timestampHigh(timestamp)
    }
    view.setUint32(at + timestampGap, low, true)
    view.setUint16(at + timestampGap + 4, high, true)
  }
}

/** The first four of six varint bytes, as a little-endian word. */
export function timestampLow(timestamp: number): number {
  const part = timestamp % 2 ** 28
  return (
    ((part & 0x7f) | 0x80 | ((((part >>> 7) & 0x7f) | 0x80) << 8) | ((((part >>> 14) & 0x7f) | 0x80) << 16)) +
    (((part >>> 21) & 0x7f) | 0x80) * 2 ** 24
  )
}

/** The last two of six varint bytes, as a little-endian half word. */
export function timestampHigh(timestamp: number): number {
  const part = Math.floor(timestamp / 2 ** 28)
  return (part & 0x7f) | 0x80 | ((part >>> 7) << 8)
}
