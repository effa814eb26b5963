import type { Label } from '../../signal/labels.ts'
import { Labels } from '../../signal/labels.ts'
import type { ExposedExemplar } from './exposition.ts'
import { parseGoFloat } from './float-syntax.ts'
import { scanDecimal } from './scan-decimal.ts'
import * as chars from './text-cursor.ts'
import { TextCursor, unescapeLabel } from './text-cursor.ts'
import type { RecordKind, TextRecord } from './text-record.ts'

const types: ReadonlySet<string> = new Set([
  'counter',
  'gauge',
  'histogram',
  'gaugehistogram',
  'summary',
  'info',
  'stateset',
  'unknown',
])
const noEnd = 'the data does not end with "# EOF"'

/** The OpenMetrics text format, versions 0.0.1 and 1.0.0, as Prometheus reads it: single spaces, no empty lines, `# EOF`. */
export class OpenMetricsText implements TextRecord {
  readonly cursor = new TextCursor()
  kind: RecordKind = 'end'
  name = ''
  labels: Label[] = []
  text = ''
  value = 0
  timestamp = NaN
  exemplar: ExposedExemplar | undefined
  private readonly scratch = new Float64Array(1)

  open(bytes: Uint8Array): void {
    this.cursor.open(bytes)
  }

  finish(at: number): number {
    return this.cursor.fail(at, noEnd)
  }

  /** record = "# " descriptor | name [ labels ] " " | labels " " ; a sample's head ends where its value starts */
  head(at: number): number {
    const { cursor } = this
    const { bytes, end } = cursor
    if (bytes[at] === chars.hash) return this.descriptor(at)
    if (bytes[at] === chars.newline) return cursor.fail(at, 'an empty line is not allowed in OpenMetrics')
    this.kind = 'series'
    this.labels = []
    const nameEnd = cursor.metricName(at)
    this.name = cursor.latin1(at, nameEnd)
    let next = nameEnd
    if (bytes[next] === chars.braceOpen) {
      next = this.labelSet(next + 1, false)
      if (next < 0) return next
      if (this.name === '') return cursor.fail(at, 'a series has no metric name')
    } else if (nameEnd === at) {
      return cursor.fail(at, 'expected a metric name, "# HELP", "# TYPE", "# UNIT" or "# EOF"')
    }
    if (next >= end) return cursor.fail(at, noEnd)
    if (bytes[next] !== chars.space || bytes[next + 1] === chars.space || bytes[next + 1] === chars.newline) {
      return cursor.fail(next, 'expected one space and a value after the series')
    }
    return next + 1
  }

  /** descriptor = "EOF" [ newline ] | ("HELP" | "TYPE" | "UNIT") " " (name | quoted) " " text newline */
  private descriptor(at: number): number {
    const { cursor } = this
    const { bytes, end } = cursor
    if (cursor.startsWith('# EOF', at)) {
      this.kind = 'end'
      const next = at + (bytes[at + 5] === chars.newline ? 6 : 5)
      return next >= end ? end : cursor.fail(next, 'there is data after "# EOF"')
    }
    const word = (['HELP', 'TYPE', 'UNIT'] as const).find((candidate) => cursor.startsWith(`# ${candidate} `, at))
    if (word === undefined) {
      return cursor.fail(at, 'expected "# HELP", "# TYPE", "# UNIT" or "# EOF" (OpenMetrics has no other comments)')
    }
    const start = at + 7
    const quoted = bytes[start] === chars.quote
    const nameEnd = quoted ? cursor.quoted(start, false) : cursor.metricName(start)
    if (nameEnd < 0) return nameEnd
    if (nameEnd === start) return cursor.fail(at, `expected a metric name after ${word}`)
    if (bytes[nameEnd] !== chars.space) return cursor.fail(at, `expected a space and a text after the name in ${word}`)
    const lineEnd = cursor.lineEnd(nameEnd)
    if (lineEnd >= end) return cursor.fail(at, noEnd)
    const name = quoted ? cursor.decode(start + 1, nameEnd - 1) : cursor.latin1(start, nameEnd)
    const text = cursor.decode(nameEnd + 1, lineEnd)
    if (name === undefined || text === undefined) return -1
    this.name = name
    this.text = text
    switch (word) {
      case 'HELP':
        this.kind = 'help'
        this.text = unescapeLabel(text)
        break
      case 'TYPE':
        this.kind = 'type'
        if (!types.has(text)) {
          const shown = text.slice(0, 40)
          return cursor.fail(at, text.endsWith('\r') ? carriageReturn : `invalid metric type "${shown}"`)
        }
        break
      case 'UNIT':
        this.kind = 'unit'
        if (text !== '' && !name.endsWith(`_${text}`)) {
          return cursor.fail(at, `the unit "${text.slice(0, 40)}" is not the suffix of the metric name`)
        }
    }
    return lineEnd + 1
  }

  /** labels = "{" [ pair { "," pair } [ "," ] ] "}" ; in a series a lone quoted string is the metric name */
  private labelSet(from: number, exemplar: boolean): number {
    const { cursor } = this
    const { bytes } = cursor
    for (let at = from; ;) {
      if (bytes[at] === chars.braceClose) return at + 1
      const quoted = bytes[at] === chars.quote
      const nameEnd = quoted ? cursor.quoted(at, false) : cursor.labelName(at)
      if (nameEnd < 0) return nameEnd
      if (nameEnd === at) return cursor.fail(at, 'expected a label name or "}"')
      const name = quoted ? cursor.decode(at + 1, nameEnd - 1) : cursor.latin1(at, nameEnd)
      if (name === undefined) return -1
      const follows = bytes[nameEnd]
      if (quoted && !exemplar && (follows === chars.comma || follows === chars.braceClose)) {
        if (this.name !== '') return cursor.fail(at, 'a series has two metric names')
        this.name = unescapeLabel(name)
        at = follows === chars.comma ? nameEnd + 1 : nameEnd
        continue
      }
      if (follows !== chars.equals) return cursor.fail(nameEnd, 'expected "=" after a label name')
      if (bytes[nameEnd + 1] !== chars.quote) return cursor.fail(nameEnd + 1, 'expected a quoted label value')
      const close = cursor.quoted(nameEnd + 1, false)
      if (close < 0) return close
      const value = cursor.decode(nameEnd + 2, close - 1)
      if (value === undefined) return -1
      this.labels.push(exemplar ? [name, value] : [quoted ? unescapeLabel(name) : name, unescapeLabel(value)])
      if (bytes[close] === chars.comma) at = close + 1
      else if (bytes[close] === chars.braceClose) at = close
      else return cursor.fail(close, 'expected "," or "}" after a label value')
    }
  }

  /** tail = value [ " " timestamp ] [ " # " labels " " value [ " " timestamp ] ] newline */
  tail(at: number): number {
    const to = this.token(at)
    if (to < 0) return to
    const value = this.float(at, to)
    if (value === undefined) return -1
    this.value = value
    return this.afterValue(to)
  }

  afterValue(at: number): number {
    const { cursor } = this
    const { bytes } = cursor
    this.timestamp = NaN
    this.exemplar = undefined
    let next = at
    if (bytes[next] === chars.space && !cursor.startsWith(' # {', next)) {
      const to = this.token(next + 1)
      if (to < 0) return to
      const timestamp = this.milliseconds(next + 1, to)
      if (timestamp === undefined) return -1
      this.timestamp = timestamp
      next = to
    }
    if (cursor.startsWith(' # {', next)) return this.readExemplar(next + 4)
    return this.newlineAt(next)
  }

  private readExemplar(from: number): number {
    const { cursor } = this
    const { bytes } = cursor
    this.labels = []
    const labelsEnd = this.labelSet(from, true)
    if (labelsEnd < 0) return labelsEnd
    if (bytes[labelsEnd] !== chars.space) return cursor.fail(labelsEnd, 'expected a value after exemplar labels')
    let next = this.token(labelsEnd + 1)
    if (next < 0) return next
    const value = this.float(labelsEnd + 1, next)
    if (value === undefined) return -1
    let timestamp: number | undefined
    if (bytes[next] === chars.space) {
      const to = this.token(next + 1)
      if (to < 0) return to
      timestamp = this.milliseconds(next + 1, to)
      if (timestamp === undefined) return -1
      next = to
    }
    this.exemplar = { labels: Labels.of(this.labels), value, timestamp }
    return this.newlineAt(next)
  }

  /** The end of the word of at least one character that starts at `at`. */
  private token(at: number): number {
    const { cursor } = this
    const { bytes, end } = cursor
    let to = at
    while (to < end && bytes[to] !== chars.space && bytes[to] !== chars.newline) to++
    return to > at ? to : cursor.fail(at, to >= end ? noEnd : 'expected a number')
  }

  private float(from: number, to: number): number | undefined {
    if (scanDecimal(this.cursor.bytes, from, this.scratch, 0) === to) return this.scratch[0]
    const text = this.cursor.latin1(from, to)
    const value = parseGoFloat(text)
    if (value === undefined) this.cursor.fail(from, text.endsWith('\r') ? carriageReturn : 'expected a number')
    return value
  }

  private milliseconds(from: number, to: number): number | undefined {
    const seconds = this.float(from, to)
    if (seconds === undefined) return undefined
    if (Number.isFinite(seconds)) return Math.trunc(seconds * 1000) + 0
    this.cursor.fail(from, 'expected a timestamp in seconds')
    return undefined
  }

  private newlineAt(at: number): number {
    const { cursor } = this
    if (at >= cursor.end) return cursor.fail(at, noEnd)
    return cursor.bytes[at] === chars.newline ? at + 1 : cursor.fail(at, 'expected the end of the line')
  }
}

const carriageReturn = 'a line ends in a carriage return; lines must end in a newline alone'
