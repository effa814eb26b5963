// What the two text formats have in common: characters, names, quoted strings and complaints.
import { isUtf8 } from 'node:buffer'
import type { ExpositionError } from './exposition.ts'

export const newline = 0x0a
export const space = 0x20
export const tab = 0x09
export const quote = 0x22
export const hash = 0x23
export const comma = 0x2c
export const equals = 0x3d
export const backslash = 0x5c
export const braceOpen = 0x7b
export const braceClose = 0x7d

const longestExcerpt = 120

const nameStart = 1
const namePart = 2
const labelStart = 4
const labelPart = 8
const classes = new Uint8Array(256)
for (const [characters, bits] of [
  ['abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_', nameStart | namePart | labelStart | labelPart],
  [':', nameStart | namePart],
  ['0123456789', namePart | labelPart],
] as const) {
  for (const character of characters) classes[character.charCodeAt(0)] |= bits
}

/** A body and what was found wrong with it; positions are byte offsets. Failing reads answer -1. */
export class TextCursor {
  bytes: Uint8Array = new Uint8Array(0)
  end = 0
  problem: string | undefined
  private problemAt = 0
  private text: Buffer = Buffer.alloc(0)

  open(bytes: Uint8Array): void {
    this.bytes = bytes
    this.end = bytes.length
    this.text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.problem = undefined
  }

  fail(at: number, reason: string): -1 {
    this.problem ??= reason
    this.problemAt = at
    return -1
  }

  /** The complaint about the record that starts at `recordStart`. */
  error(recordStart: number): ExpositionError {
    const { bytes, end } = this
    let line = 1
    for (let at = bytes.indexOf(newline); at >= 0 && at < this.problemAt; at = bytes.indexOf(newline, at + 1)) line++
    let from = recordStart
    for (let at = recordStart; at < this.problemAt; at++) if (bytes[at] === newline) from = at + 1
    let to = from
    while (to < end && bytes[to] !== newline && to - from < longestExcerpt) to++
    return { line, text: this.text.toString('utf8', from, to), reason: this.problem ?? 'cannot be read' }
  }

  /** Where the metric name that starts at `at` ends; `at` itself when there is none. */
  metricName(at: number): number {
    const { bytes } = this
    if (at >= this.end || (classes[bytes[at]] & nameStart) === 0) return at
    let to = at + 1
    while (to < this.end && (classes[bytes[to]] & namePart) !== 0) to++
    return to
  }

  /** Where the label name that starts at `at` ends; `at` itself when there is none. */
  labelName(at: number): number {
    const { bytes } = this
    if (at >= this.end || (classes[bytes[at]] & labelStart) === 0) return at
    let to = at + 1
    while (to < this.end && (classes[bytes[to]] & labelPart) !== 0) to++
    return to
  }

  /** Where the quoted string whose opening quote is at `at` ends, after its closing quote. */
  quoted(at: number, newlines: boolean): number {
    const { bytes, end } = this
    for (let to = at + 1; to < end; to++) {
      const byte = bytes[to]
      if (byte === quote) return to + 1
      if (byte === backslash) to++
      if ((byte === newline && !newlines) || (byte === backslash && bytes[to] === newline)) break
    }
    return this.fail(at, 'a quoted string is not closed')
  }

  /** The next newline at or after `at`, or the end. */
  lineEnd(at: number): number {
    const found = this.bytes.indexOf(newline, at)
    return found < 0 ? this.end : found
  }

  /** The text between two offsets, or undefined (and a problem) when it is not UTF-8. */
  decode(from: number, to: number): string | undefined {
    const { bytes } = this
    let ascii = from
    while (ascii < to && bytes[ascii] < 0x80) ascii++
    if (ascii >= to) return this.text.toString('latin1', from, to)
    if (isUtf8(bytes.subarray(from, to))) return this.text.toString('utf8', from, to)
    this.fail(from, 'text is not valid UTF-8')
    return undefined
  }

  latin1(from: number, to: number): string {
    return this.text.toString('latin1', from, to)
  }

  startsWith(word: string, at: number): boolean {
    if (this.end - at < word.length) return false
    for (let i = 0; i < word.length; i++) if (this.bytes[at + i] !== word.charCodeAt(i)) return false
    return true
  }
}

/** Undoes the escapes of label values and quoted names: `\\`, `\"` and `\n`. Others stay as they are. */
export function unescapeLabel(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(/\\([\\"n])/g, (_, character: string) => (character === 'n' ? '\n' : character))
}

/** Undoes the escapes of classic HELP texts: `\\` and `\n`. */
export function unescapeHelp(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(/\\([\\n])/g, (_, character: string) => (character === 'n' ? '\n' : character))
}
