import type { Instant } from './instant.ts'
import { parseLayout } from './layout.ts'
import { utc } from './location.ts'
import type { Location } from './location.ts'
import { parseTime } from './parse-time.ts'

/** Reads a time; undefined when the text does not fit. `nowMs` supplies the year where the format has none. */
export type TimeFormat = (text: string, nowMs: number) => Instant | undefined

const named: Readonly<Record<string, string>> = {
  ANSIC: 'Mon Jan _2 15:04:05 2006',
  UnixDate: 'Mon Jan _2 15:04:05 MST 2006',
  RubyDate: 'Mon Jan 02 15:04:05 -0700 2006',
  RFC822: '02 Jan 06 15:04 MST',
  RFC822Z: '02 Jan 06 15:04 -0700',
  RFC850: 'Monday, 02-Jan-06 15:04:05 MST',
  RFC1123: 'Mon, 02 Jan 2006 15:04:05 MST',
  RFC1123Z: 'Mon, 02 Jan 2006 15:04:05 -0700',
  RFC3339: '2006-01-02T15:04:05Z07:00',
  RFC3339Nano: '2006-01-02T15:04:05.999999999Z07:00',
}

const wholeNumber = /^[+-]?\d{1,19}$/
/** Digits below the second, and the format they belong to. */
const unixDigits: Readonly<Record<string, number>> = { UnixMs: 3, UnixUs: 6, UnixNs: 9 }

/** The parser of a format: a name, a Unix variant, or a Go reference layout, which alone heeds `location`. */
export function timeFormat(format: string, location: Location = utc): TimeFormat {
  if (format === 'Unix') return parseUnix
  if (format in unixDigits) return (text) => parseUnixDigits(text, unixDigits[format])
  const layout = named[format] ?? format
  const elements = parseLayout(layout)
  const zone = format in named ? utc : location
  return (text, nowMs) => parseTime(elements, text, zone, (month) => nearestYear(month, nowMs))
}

/** What is wrong with a format, if anything: one without any element would never yield a time. */
export function timeFormatProblem(format: string): string | undefined {
  if (format in named || format === 'Unix' || format in unixDigits) return undefined
  if (parseLayout(format).some(({ kind }) => kind !== 'text')) return undefined
  return (
    `"${format}" is neither a format name (RFC3339, Unix, UnixMs, …) nor a Go layout: ` +
    'write how Mon Jan 2 15:04:05 2006 would look, for example "2006-01-02 15:04:05"'
  )
}

/** December read in January was last year, January read in December is next year. */
function nearestYear(month: number, nowMs: number): number {
  const now = new Date(nowMs)
  const year = now.getUTCFullYear()
  if (month === 12 && now.getUTCMonth() === 0) return year - 1
  return month === 1 && now.getUTCMonth() === 11 ? year + 1 : year
}

function parseUnix(text: string): Instant | undefined {
  const parts = text.split('.')
  if (parts.length > 2 || !parts.every((part) => wholeNumber.test(part))) return undefined
  const seconds = Number(parts[0])
  if (parts.length === 1) return { seconds, nanos: 0 }
  return { seconds, nanos: Number(parts[1].slice(0, 9).padEnd(9, '0')) }
}

function parseUnixDigits(text: string, digits: number): Instant | undefined {
  if (!wholeNumber.test(text)) return undefined
  const negative = text.startsWith('-')
  const magnitude = text.replace(/^[+-]/, '').padStart(digits + 1, '0')
  const seconds = Number(magnitude.slice(0, -digits))
  const nanos = Number(magnitude.slice(-digits).padEnd(9, '0'))
  if (!negative) return { seconds, nanos }
  return nanos === 0 ? { seconds: -seconds, nanos: 0 } : { seconds: -seconds - 1, nanos: 1e9 - nanos }
}
