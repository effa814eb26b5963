// Parses times by Go's reference layouts, element by element as `time.Parse` does.
import { daysFromCivil, daysInMonth, isLeapYear } from './instant.ts'
import type { Instant } from './instant.ts'
import type { LayoutElement, ZoneStyle } from './layout.ts'
import { fromWallClock } from './location.ts'
import type { Location } from './location.ts'

/** The year to take when the layout has none, given the month that was read. */
export type YearOf = (month: number) => number

interface Fields {
  year: number | undefined
  month: number | undefined
  day: number | undefined
  yearDay: number | undefined
  hour: number
  minute: number
  second: number
  nanos: number
  half: 'am' | 'pm' | undefined
  offset: number | undefined
  zone: string | undefined
}

const months = 'January February March April May June July August September October November December'.split(' ')
const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')
const short = (names: readonly string[]): readonly string[] => names.map((name) => name.slice(0, 3))
const shortMonths = short(months)
const shortWeekdays = short(weekdays)

class Mismatch extends Error {}

/** The moment `text` names, or undefined when it does not fit the layout. */
export function parseTime(
  elements: readonly LayoutElement[],
  text: string,
  location: Location,
  yearOf: YearOf,
): Instant | undefined {
  try {
    return momentOf(new TimeReader(elements, text).read(), location, yearOf)
  } catch (error) {
    if (error instanceof Mismatch) return undefined
    throw error
  }
}

function momentOf(fields: Fields, location: Location, yearOf: YearOf): Instant {
  let { hour, month, day } = fields
  if (fields.half === 'pm' && hour < 12) hour += 12
  if (fields.half === 'am' && hour === 12) hour = 0
  const year = fields.year ?? yearOf(month ?? 1)
  if (fields.yearDay !== undefined) {
    if (fields.yearDay < 1 || fields.yearDay > (isLeapYear(year) ? 366 : 365)) throw new Mismatch()
    const ofYear = monthOfYearDay(year, fields.yearDay)
    if ((month ?? ofYear.month) !== ofYear.month || (day ?? ofYear.day) !== ofYear.day) throw new Mismatch()
    ;({ month, day } = ofYear)
  }
  month ??= 1
  day ??= 1
  if (day < 1 || day > daysInMonth(year, month)) throw new Mismatch()
  const wall = daysFromCivil(year, month, day) * 86_400 + hour * 3600 + fields.minute * 60 + fields.second
  return { seconds: wall - offsetOf(fields, location, wall), nanos: fields.nanos }
}

function offsetOf({ offset, zone }: Fields, location: Location, wall: number): number {
  if (offset !== undefined) return offset
  if (zone === undefined) return wall - fromWallClock(location, wall)
  const gmt = /^GMT([+-]\d+)$/.exec(zone)
  return location.offsetOf(zone, wall) ?? (gmt === null ? 0 : Number(gmt[1]) * 3600)
}

function monthOfYearDay(year: number, yearDay: number): { month: number; day: number } {
  let month = 1
  let day = yearDay
  for (; day > daysInMonth(year, month); month++) day -= daysInMonth(year, month)
  return { month, day }
}

class TimeReader {
  private readonly elements: readonly LayoutElement[]
  private readonly text: string
  private at = 0
  private readonly fields: Fields = {
    year: undefined,
    month: undefined,
    day: undefined,
    yearDay: undefined,
    hour: 0,
    minute: 0,
    second: 0,
    nanos: 0,
    half: undefined,
    offset: undefined,
    zone: undefined,
  }

  constructor(elements: readonly LayoutElement[], text: string) {
    this.elements = elements
    this.text = text
  }

  read(): Fields {
    for (let i = 0; i < this.elements.length; i++) this.element(this.elements[i], this.elements[i + 1])
    if (this.at < this.text.length) throw new Mismatch()
    return this.fields
  }

  private element(element: LayoutElement, next: LayoutElement | undefined): void {
    const fields = this.fields
    switch (element.kind) {
      case 'text': {
        this.skip(element.text)
        return
      }
      case 'year4':
        fields.year = this.digits(4, 4)
        return
      case 'year2': {
        const year = this.digits(2, 2)
        fields.year = year >= 69 ? 1900 + year : 2000 + year
        return
      }
      case 'monthName':
        fields.month = this.name(months) + 1
        return
      case 'monthShort':
        fields.month = this.name(shortMonths) + 1
        return
      case 'weekdayName':
        this.name(weekdays)
        return
      case 'weekdayShort':
        this.name(shortWeekdays)
        return
      case 'month':
        fields.month = this.number(element.padded, 1, 12)
        return
      case 'day':
        if (element.spaces && this.text[this.at] === ' ') this.at++
        fields.day = this.number(element.padded, 0, 99)
        return
      case 'yearDay':
        for (let i = 0; i < 2 && element.spaces && this.text[this.at] === ' '; i++) this.at++
        fields.yearDay = this.digits(element.padded ? 3 : 1, 3)
        return
      case 'hour24':
        fields.hour = this.number(false, 0, 23)
        return
      case 'hour12':
        fields.hour = this.number(element.padded, 0, 12)
        return
      case 'minute':
        fields.minute = this.number(element.padded, 0, 59)
        return
      case 'second':
        fields.second = this.number(element.padded, 0, 59)
        // A fraction may follow the seconds even where the layout has none.
        if (next?.kind !== 'fraction' && /[.,]/.test(this.text.charAt(this.at)) && this.isDigit(this.at + 1))
          this.fraction()
        return
      case 'fraction': {
        this.fractionElement(element.digits)
        return
      }
      case 'half': {
        const word = this.text.slice(this.at, this.at + 2)
        if (!(element.upper ? ['AM', 'PM'] : ['am', 'pm']).includes(word)) throw new Mismatch()
        fields.half = word.toLowerCase() as 'am' | 'pm'
        this.at += 2
        return
      }
      case 'zoneOffset':
        fields.offset = element.zulu && this.text[this.at] === 'Z' ? this.zulu() : this.zoneOffset(element.style)
        return
      case 'zoneName': {
        this.zoneName()
        return
      }
    }
  }

  /** Spaces of the layout stand for any number of spaces. */
  private skip(text: string): void {
    for (let i = 0; i < text.length;) {
      if (text[i] !== ' ') {
        if (this.text[this.at++] !== text[i++]) throw new Mismatch()
        continue
      }
      if (this.at < this.text.length && this.text[this.at] !== ' ') throw new Mismatch()
      while (text[i] === ' ') i++
      while (this.text[this.at] === ' ') this.at++
    }
  }

  private isDigit(at: number): boolean {
    const code = this.text.charCodeAt(at)
    return code >= 48 && code <= 57
  }

  private digits(least: number, most: number): number {
    const start = this.at
    while (this.at - start < most && this.isDigit(this.at)) this.at++
    if (this.at - start < least) throw new Mismatch()
    return Number(this.text.slice(start, this.at))
  }

  private number(padded: boolean, lowest: number, highest: number): number {
    const value = this.digits(padded ? 2 : 1, 2)
    if (value < lowest || value > highest) throw new Mismatch()
    return value
  }

  private name(names: readonly string[]): number {
    const index = names.findIndex(
      (name) => this.text.slice(this.at, this.at + name.length).toLowerCase() === name.toLowerCase(),
    )
    if (index < 0) throw new Mismatch()
    this.at += names[index].length
    return index
  }

  private fractionElement(digits: number | undefined): void {
    const present = /[.,]/.test(this.text.charAt(this.at)) && this.isDigit(this.at + 1)
    if (digits === undefined) {
      if (present) this.fraction()
    } else {
      if (!present) throw new Mismatch()
      this.at++
      this.fields.nanos = this.digits(digits, digits) * 10 ** (9 - digits)
      if (digits > 9) throw new Mismatch()
    }
  }

  private fraction(): void {
    const start = ++this.at
    while (this.isDigit(this.at)) this.at++
    this.fields.nanos = Number(this.text.slice(start, Math.min(this.at, start + 9)).padEnd(9, '0'))
  }

  private zulu(): number {
    this.at++
    return 0
  }

  private zoneOffset(style: ZoneStyle): number {
    const sign = this.text[this.at++]
    if (sign !== '+' && sign !== '-') throw new Mismatch()
    let seconds = this.number(true, 0, 24) * 3600
    for (const unit of style.startsWith('hh:mm:ss') || style === 'hhmmss' ? [60, 1] : style === 'hh' ? [] : [60]) {
      if (style.includes(':') && this.text[this.at++] !== ':') throw new Mismatch()
      seconds += this.number(true, 0, 60) * unit
    }
    return sign === '-' ? -seconds : seconds
  }

  private zoneName(): void {
    const name = /^(?:UTC|ChST|MeST|GMT(?:[+-]\d{1,2})?|WITA|[A-Z]{3,4}T|[A-Z]{3}(?![A-Z])|[+-]\d{2}(?!\d))/.exec(
      this.text.slice(this.at),
    )
    if (name === null) throw new Mismatch()
    this.at += name[0].length
    if (name[0] === 'UTC') this.fields.offset = 0
    else this.fields.zone = name[0]
  }
}
