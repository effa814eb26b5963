import type { Label } from '../../signal/labels.ts'
import { parseGoFloat } from './float-syntax.ts'
import * as chars from './text-cursor.ts'
import { TextCursor, unescapeHelp, unescapeLabel } from './text-cursor.ts'
import type { RecordKind, TextRecord } from './text-record.ts'

const types: ReadonlySet<string> = new Set(['counter', 'gauge', 'histogram', 'summary', 'untyped'])
const latestTimestamp = 2 ** 63

/**
 * The Prometheus text format, versions 0.0.4 and 1.0.0, as Prometheus reads it: blanks between tokens are free, names may
 * be quoted, the last line may lack its newline.
 */
export class ClassicText implements TextRecord {
  readonly cursor = new TextCursor()
  readonly exemplar = undefined
  kind: RecordKind = 'end'
  name = ''
  labels: Label[] = []
  text = ''
  value = 0
  timestamp = NaN

  open(bytes: Uint8Array): void {
    this.cursor.open(bytes)
  }

  finish(at: number): number {
    return at
  }

  /** record = blanks [ comment | name blanks [ labels ] | labels ] ; a sample's head ends where its value starts */
  head(at: number): number {
    const { cursor } = this
    const { bytes, end } = cursor
    const start = this.blanks(at)
    if (start >= end || bytes[start] === chars.newline) {
      this.kind = 'comment'
      return Math.min(start + 1, end)
    }
    if (bytes[start] === chars.hash) return this.comment(start)
    this.kind = 'series'
    this.labels = []
    const nameEnd = cursor.metricName(start)
    this.name = cursor.latin1(start, nameEnd)
    let next = this.blanks(nameEnd)
    if (bytes[next] === chars.braceOpen && next < end) {
      next = this.labelSet(next + 1)
      if (next < 0) return next
      if (this.name === '') return cursor.fail(start, 'a series has no metric name')
      next = this.blanks(next)
    } else if (nameEnd === start) {
      return cursor.fail(start, 'expected a metric name or a comment')
    }
    if (next >= end || bytes[next] === chars.newline) return cursor.fail(start, 'a series has no value')
    return next
  }

  /** comment = "#" [ blanks ("HELP" | "TYPE") blanks (name | quoted) [ blank text ] ] any newline */
  private comment(at: number): number {
    const { cursor } = this
    const { bytes, end } = cursor
    const lineEnd = cursor.lineEnd(at)
    const next = Math.min(lineEnd + 1, end)
    this.kind = 'comment'
    const word = this.blanks(at + 1)
    const afterWord = this.blanks(word + 4)
    const help = cursor.startsWith('HELP', word)
    if (word === at + 1 || afterWord === word + 4 || !(help || cursor.startsWith('TYPE', word))) return next
    const quoted = bytes[afterWord] === chars.quote && afterWord < end
    const nameEnd = quoted ? cursor.quoted(afterWord, false) : cursor.metricName(afterWord)
    if (nameEnd < 0) return nameEnd
    if (nameEnd === afterWord) return cursor.fail(at, `expected a metric name after ${help ? 'HELP' : 'TYPE'}`)
    const name = quoted ? cursor.decode(afterWord + 1, nameEnd - 1) : cursor.latin1(afterWord, nameEnd)
    const text = cursor.decode(Math.min(nameEnd + 1, lineEnd), lineEnd)
    if (name === undefined || text === undefined) return -1
    this.name = name
    this.text = help ? unescapeHelp(text) : text
    this.kind = help ? 'help' : 'type'
    if (help || types.has(text)) {
      if (text === 'untyped') this.text = 'unknown'
      return next
    }
    if (text.endsWith('\r')) return cursor.fail(at, carriageReturn)
    return cursor.fail(at, `invalid metric type "${text.slice(0, 40)}"`)
  }

  /** labels = "{" { ( quoted | label "=" quoted ) [ "," ] } "}" ; blanks anywhere; a lone quoted string is the metric name */
  private labelSet(from: number): number {
    const { cursor } = this
    const { bytes, end } = cursor
    for (let at = this.blanks(from); at < end;) {
      if (bytes[at] === chars.braceClose) return at + 1
      const quoted = bytes[at] === chars.quote
      const nameEnd = quoted ? cursor.quoted(at, true) : cursor.labelName(at)
      if (nameEnd < 0) return nameEnd
      if (nameEnd === at) break
      const name = quoted ? cursor.decode(at + 1, nameEnd - 1) : cursor.latin1(at, nameEnd)
      if (name === undefined) return -1
      const next = this.blanks(nameEnd)
      if (quoted && (bytes[next] === chars.comma || bytes[next] === chars.braceClose)) {
        if (this.name !== '') return cursor.fail(at, 'a series has two metric names')
        this.name = unescapeLabel(name)
        at = bytes[next] === chars.comma ? this.blanks(next + 1) : next
        continue
      }
      if (bytes[next] !== chars.equals) return cursor.fail(next, 'expected "=" after a label name')
      const open = this.blanks(next + 1)
      if (bytes[open] !== chars.quote) return cursor.fail(open, 'expected a quoted label value')
      const close = cursor.quoted(open, true)
      if (close < 0) return close
      const value = cursor.decode(open + 1, close - 1)
      if (value === undefined) return -1
      this.labels.push([quoted ? unescapeLabel(name) : name, unescapeLabel(value)])
      at = this.blanks(close)
      if (bytes[at] === chars.comma) at = this.blanks(at + 1)
    }
    return cursor.fail(Math.min(from, end), 'expected a label name or "}"')
  }

  /** tail = value blanks [ digits blanks ] newline */
  tail(at: number): number {
    const { cursor } = this
    const { bytes, end } = cursor
    let to = at
    while (to < end && !isBlank(bytes[to]) && bytes[to] !== chars.newline && bytes[to] !== chars.braceOpen) to++
    const text = cursor.latin1(at, to)
    const value = parseGoFloat(text)
    if (value === undefined) {
      return cursor.fail(at, text.endsWith('\r') ? carriageReturn : 'expected a number as the value')
    }
    this.value = value
    return this.afterValue(to)
  }

  afterValue(at: number): number {
    const { cursor } = this
    const { bytes, end } = cursor
    this.timestamp = NaN
    const start = this.blanks(at)
    if (start >= end || bytes[start] === chars.newline) return Math.min(start + 1, end)
    let to = start
    let timestamp = 0
    for (; to < end && bytes[to] >= 0x30 && bytes[to] <= 0x39; to++) timestamp = timestamp * 10 + bytes[to] - 0x30
    if (to === start || timestamp >= latestTimestamp) {
      return cursor.fail(start, 'expected a timestamp in whole milliseconds or the end of the line after the value')
    }
    this.timestamp = timestamp
    to = this.blanks(to)
    if (to < end && bytes[to] !== chars.newline) {
      return cursor.fail(to, bytes[to] === 0x0d ? carriageReturn : 'expected the end of the line after the timestamp')
    }
    return Math.min(to + 1, end)
  }

  private blanks(at: number): number {
    const { bytes } = this.cursor
    let to = at
    while (isBlank(bytes[to])) to++
    return to
  }
}

const carriageReturn = 'a line ends in a carriage return; lines must end in a newline alone'

function isBlank(byte: number): boolean {
  return byte === chars.space || byte === chars.tab
}
