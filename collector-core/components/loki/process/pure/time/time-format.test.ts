import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadLocation } from './location.ts'
import { timeFormat, timeFormatProblem } from './time-format.ts'

const now = Date.UTC(2026, 6, 15)
const parse = (format: string, text: string, location?: string, nowMs = now): string | undefined => {
  const instant = timeFormat(format, location === undefined ? undefined : loadLocation(location))(text, nowMs)
  if (instant === undefined) return undefined
  const whole = new Date(instant.seconds * 1000).toISOString().slice(0, 19)
  return instant.nanos === 0 ? whole : `${whole}.${String(instant.nanos).padStart(9, '0').replace(/0+$/, '')}`
}

describe('named formats', () => {
  test.each([
    ['ANSIC', 'Mon Jan  2 15:04:05 2006', '2006-01-02T15:04:05'],
    ['UnixDate', 'Mon Jan  2 15:04:05 UTC 2006', '2006-01-02T15:04:05'],
    ['UnixDate', 'Mon Jan  2 15:04:05 CEST 2006', '2006-01-02T15:04:05'],
    ['RubyDate', 'Mon Jan 02 15:04:05 -0700 2006', '2006-01-02T22:04:05'],
    ['RFC822', '02 Jan 06 15:04 MST', '2006-01-02T15:04:00'],
    ['RFC822Z', '02 Jan 06 15:04 +0130', '2006-01-02T13:34:00'],
    ['RFC850', 'Monday, 02-Jan-06 15:04:05 GMT', '2006-01-02T15:04:05'],
    ['RFC1123', 'Mon, 02 Jan 2006 15:04:05 GMT+2', '2006-01-02T13:04:05'],
    ['RFC1123Z', 'Mon, 02 Jan 2006 15:04:05 -0700', '2006-01-02T22:04:05'],
    ['RFC3339', '2026-02-03T04:05:06Z', '2026-02-03T04:05:06'],
    ['RFC3339', '2026-02-03T04:05:06.78+01:00', '2026-02-03T03:05:06.78'],
    ['RFC3339Nano', '2026-02-03T04:05:06.123456789Z', '2026-02-03T04:05:06.123456789'],
    ['Unix', '1700000000', '2023-11-14T22:13:20'],
    ['Unix', '1700000000.25', '2023-11-14T22:13:20.25'],
    ['UnixMs', '1700000000123', '2023-11-14T22:13:20.123'],
    ['UnixUs', '1700000000123456', '2023-11-14T22:13:20.123456'],
    ['UnixNs', '1700000000123456789', '2023-11-14T22:13:20.123456789'],
    ['UnixNs', '-1', '1969-12-31T23:59:59.999999999'],
    ['Unix', '1.2.3', undefined],
    ['Unix', 'abc', undefined],
    ['UnixMs', '1e3', undefined],
    ['RFC3339', '2026-02-30T04:05:06Z', undefined],
    ['RFC3339', '2026-02-03 04:05:06Z', undefined],
    ['RFC3339', '2026-02-03T24:05:06Z', undefined],
    ['RFC3339', '2026-02-03T04:05:06Zx', undefined],
  ])('%s reads %s', (format, text, expected) => expect(parse(format, text)).toBe(expected))
})

describe('layouts', () => {
  test.each([
    ['2006-01-02T15:04:05.000Z07:00', '2026-02-03T04:05:06.789+02:00', '2026-02-03T02:05:06.789'],
    ['2006-01-02T15:04:05.000Z07:00', '2026-02-03T04:05:06.78Z', undefined],
    ['2006-01-02 15:04:05,999', '2026-02-03 04:05:06,5', '2026-02-03T04:05:06.5'],
    ['2006-01-02 15:04:05,999', '2026-02-03 04:05:06', '2026-02-03T04:05:06'],
    ['2006-01-02 15:04:05', '2026-02-03 04:05:06.25', '2026-02-03T04:05:06.25'],
    ['02/Jan/2006:15:04:05 -0700', '03/feb/2026:04:05:06 +0000', '2026-02-03T04:05:06'],
    ['January 2, 2006 3:04 PM', 'February 3, 2026 4:05 PM', '2026-02-03T16:05:00'],
    ['3:04pm 1/2/06', '12:05am 2/3/26', '2026-02-03T00:05:00'],
    ['2006-002', '2024-366', '2024-12-31T00:00:00'],
    ['2006-002', '2023-366', undefined],
    ['_2006', '_2026', '2026-01-01T00:00:00'],
    ['2006', '26', undefined],
    ['06', '70', '1970-01-01T00:00:00'],
    ['06', '68', '2068-01-01T00:00:00'],
    ['2006-1-2', '2026-2-3', '2026-02-03T00:00:00'],
    ['2006-01-02', '2026-2-3', undefined],
    ['20060102150405', '20260203040506', '2026-02-03T04:05:06'],
    ['Monthly 2006', 'Monthly 2026', '2026-01-01T00:00:00'],
    ['2006-01-02T15:04:05-07', '2026-02-03T04:05:06+01', '2026-02-03T03:05:06'],
    ['2006-01-02T15:04:05Z070000', '2026-02-03T04:05:06-010203', '2026-02-03T05:07:09'],
    ['2006-01-02T15:04:05 MST', '2026-02-03T04:05:06 xyz', undefined],
  ])('%s reads %s', (format, text, expected) => expect(parse(format, text)).toBe(expected))
})

describe('layouts without a year', () => {
  test.each([
    ['Jan _2 15:04:05', 'Jul  3 04:05:06', Date.UTC(2026, 6, 15), '2026-07-03T04:05:06'],
    ['Jan _2 15:04:05', 'Dec 31 23:59:59', Date.UTC(2026, 0, 1), '2025-12-31T23:59:59'],
    ['Jan _2 15:04:05', 'Jan  1 00:00:01', Date.UTC(2026, 11, 31), '2027-01-01T00:00:01'],
    ['Jan _2 15:04:05', 'Feb 29 00:00:01', Date.UTC(2028, 2, 1), '2028-02-29T00:00:01'],
  ])('%s reads %s', (format, text, nowMs, expected) => expect(parse(format, text, undefined, nowMs)).toBe(expected))
})

describe('locations', () => {
  test.each([
    ['Europe/Berlin', '2026-01-10 12:00:00', '2026-01-10T11:00:00'],
    ['Europe/Berlin', '2026-07-10 12:00:00', '2026-07-10T10:00:00'],
    ['Asia/Seoul', '2026-07-10 12:00:00', '2026-07-10T03:00:00'],
    ['America/New_York', '2026-03-08 01:59:59', '2026-03-08T06:59:59'],
    ['America/New_York', '2026-03-08 03:00:00', '2026-03-08T07:00:00'],
    ['UTC', '2026-07-10 12:00:00', '2026-07-10T12:00:00'],
  ])('in %s, %s is %s', (location, text, expected) =>
    expect(parse('2006-01-02 15:04:05', text, location)).toBe(expected),
  )

  test('an abbreviation of the zone counts, a foreign one is UTC', () => {
    expect(parse('2006-01-02 15:04 MST', '2026-01-10 12:00 EST', 'America/New_York')).toBe('2026-01-10T17:00:00')
    expect(parse('2006-01-02 15:04 MST', '2026-01-10 12:00 CET', 'America/New_York')).toBe('2026-01-10T12:00:00')
  })

  test('named formats pay no heed to them', () =>
    expect(parse('ANSIC', 'Mon Jan  2 15:04:05 2006', 'Asia/Seoul')).toBe('2006-01-02T15:04:05'))

  test('there is no zone of that name', () => expect(loadLocation('Mars/Olympus')).toBeUndefined())
})

test('agrees with Date on every ISO time', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true }),
      (date) => {
        const { seconds, nanos } = timeFormat('2006-01-02T15:04:05.000Z07:00')(date.toISOString(), now)!
        expect(seconds * 1000 + nanos / 1e6).toBe(date.getTime())
      },
    ),
  )
})

test('a format without any element is a problem', () => {
  expect(timeFormatProblem('RFC3999')).toBeUndefined()
  expect(timeFormatProblem('iso')).toContain('neither a format name')
  expect(timeFormatProblem('Unix')).toBeUndefined()
})
