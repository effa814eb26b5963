// Lines of one log stream from one slice of time, ascending:
//
//   varint count | varint first second | varint first nanosecond of it
//   per line: varint nanoseconds since the line before | varint bytes | varint metadata pairs
//   the lines | per metadata pair: name, value as length and text
import { ByteSink } from './byte-sink.ts'
import { ByteSource } from './byte-source.ts'

/** A line before it is stored. */
export interface IncomingLine {
  readonly seconds: number
  readonly nanos: number
  readonly line: Uint8Array
  readonly metadata: readonly (readonly [name: string, value: string])[]
}

/** A stored line; `time` in nanoseconds since 1970. */
export interface StoredLine {
  readonly time: bigint
  readonly line: string
  readonly metadata: readonly (readonly [name: string, value: string])[]
}

/** Encodes lines that are in order of time. */
export function encodeLines(lines: readonly IncomingLine[]): Uint8Array {
  const out = new ByteSink(lines.reduce((sum, { line }) => sum + line.length + 16, 32))
  out.varint(lines.length)
  let [{ seconds, nanos }] = lines
  out.varint(seconds)
  out.varint(nanos)
  for (const line of lines) {
    out.varint((line.seconds - seconds) * 1e9 + line.nanos - nanos)
    out.varint(line.line.length)
    out.varint(line.metadata.length)
    ;({ seconds, nanos } = line)
  }
  for (const { line } of lines) out.raw(line)
  for (const { metadata } of lines) {
    for (const [name, value] of metadata) {
      out.text(name)
      out.text(value)
    }
  }
  return out.finish()
}

const decoder = new TextDecoder()

/** Decodes a block this program wrote. */
export function decodeLines(bytes: Uint8Array): StoredLine[] {
  const source = new ByteSource(bytes)
  const count = source.varint()
  const first = BigInt(source.varint()) * 1_000_000_000n + BigInt(source.varint())
  const heads: { offset: number; bytes: number; pairs: number }[] = []
  let offset = 0
  for (let i = 0; i < count; i++) {
    offset += source.varint()
    heads.push({ offset, bytes: source.varint(), pairs: source.varint() })
  }
  const lines = heads.map((head) => decoder.decode(source.raw(head.bytes)))
  return heads.map((head, i) => ({
    time: first + BigInt(head.offset),
    line: lines[i],
    metadata: Array.from({ length: head.pairs }, () => [source.text(), source.text()] as const),
  }))
}

/** The times of a block's lines, without their text: nanoseconds since `second`, exact within a hundred days of it. */
export function decodeTimes(bytes: Uint8Array, second: number): number[] {
  const source = new ByteSource(bytes)
  const count = source.varint()
  let time = (source.varint() - second) * 1e9
  time += source.varint()
  return Array.from({ length: count }, () => {
    time += source.varint()
    source.varint()
    source.varint()
    return time
  })
}

/** A time to the microsecond. */
export const milliseconds = (nanoseconds: bigint): number => Number(nanoseconds / 1000n) / 1000

/** How many lines a block holds. */
export function lineCount(bytes: Uint8Array): number {
  return new ByteSource(bytes).varint()
}
