// One chunk of a series as bytes:
//
//   u8 form | varint count | f64 first time | zigzag varints: first step, then changes of the step
//   form 1, whole numbers : zigzag varint first value, then zigzag varint differences
//   form 2, any numbers   : per value, XOR with the one before: u8 (leading zero bytes << 4 | kept bytes), kept bytes
import { ByteSink } from './byte-sink.ts'
import { ByteSource } from './byte-source.ts'
import type { Samples } from './sample-columns.ts'

const wholeForm = 1
const anyForm = 2
const largestWhole = 2 ** 51

/** Encodes samples; `decodeSamples` gives back the same bits. */
export function encodeSamples({ times, values }: Samples): Uint8Array {
  const whole = values.every(
    (value) => Number.isInteger(value) && Math.abs(value) < largestWhole && !Object.is(value, -0),
  )
  const out = new ByteSink(32 + times.length * (whole ? 6 : 14))
  out.byte(whole ? wholeForm : anyForm)
  out.varint(times.length)
  out.double(times.length === 0 ? 0 : times[0])
  let step = 0
  for (let i = 1; i < times.length; i++) {
    const next = times[i] - times[i - 1]
    out.zigzag(next - step)
    step = next
  }
  if (whole) {
    let previous = 0
    for (const value of values) {
      out.zigzag(value - previous)
      previous = value
    }
  } else {
    const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
    let [low, high] = [0, 0]
    for (let i = 0; i < words.length; i += 2) {
      out.xor(words[i] ^ low, words[i + 1] ^ high)
      low = words[i]
      high = words[i + 1]
    }
  }
  return out.finish()
}

/** Decodes a chunk this program wrote. */
export function decodeSamples(bytes: Uint8Array): Samples {
  const source = new ByteSource(bytes)
  const form = source.byte()
  const count = source.varint()
  const times = new Float64Array(count)
  const values = new Float64Array(count)
  let time = source.double()
  let step = 0
  for (let i = 0; i < count; i++) {
    if (i > 0) time += step += source.zigzag()
    times[i] = time
  }
  if (form === wholeForm) {
    let value = 0
    for (let i = 0; i < count; i++) values[i] = value += source.zigzag()
  } else {
    const words = new Uint32Array(values.buffer)
    let [low, high] = [0, 0]
    for (let i = 0; i < words.length; i += 2) {
      source.xor()
      words[i] = low ^= source.low
      words[i + 1] = high ^= source.high
    }
  }
  return { times, values }
}
