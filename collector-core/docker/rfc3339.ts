/**
 * Reads RFC 3339 timestamps out of bytes without creating strings or dates. One instance per log stream: it remembers
 * the day it saw last, which is nearly always the day it sees next.
 */
export class Rfc3339Reader {
  /** Of the last timestamp read: whole seconds since the epoch. */
  seconds = 0
  /** Of the last timestamp read: 0 to 999,999,999; digits past the ninth are cut off. */
  nanos = 0
  private day = -1
  private daySeconds = 0

  /**
   * timestamp = YYYY "-" MM "-" DD "T" hh ":" mm ":" ss [ "." digits ] ( "Z" | ( "+" | "-" ) hh ":" mm ) " "
   *
   * Reads the timestamp and the space that start at `start`; returns the index after the space, or -1 when there is none.
   */
  read(buffer: Uint8Array, start: number, end: number): number {
    if (end - start < 21) return -1
    const y = digits2(buffer, start) * 100 + digits2(buffer, start + 2)
    const month = digits2(buffer, start + 5)
    const day = digits2(buffer, start + 8)
    const hour = digits2(buffer, start + 11)
    const minute = digits2(buffer, start + 14)
    const second = digits2(buffer, start + 17)
    if (!(y >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour >= 0 && hour <= 23)) return -1
    if (!(minute >= 0 && minute <= 59 && second >= 0 && second <= 60)) return -1
    if (buffer[start + 4] !== 0x2d || buffer[start + 7] !== 0x2d) return -1
    if (buffer[start + 10] !== 0x54 || buffer[start + 13] !== 0x3a || buffer[start + 16] !== 0x3a) return -1

    let at = start + 19
    let nanos = 0
    if (buffer[at] === 0x2e) {
      at++
      let scale = 100_000_000
      for (;;) {
        if (at >= end) return -1
        const digit = buffer[at] - 48
        if (digit < 0 || digit > 9) break
        nanos += digit * scale
        scale = scale === 1 ? 0 : scale / 10
        at++
      }
    }
    let offset = 0
    if (buffer[at] === 0x5a) {
      at++
    } else {
      const sign = buffer[at] === 0x2b ? 1 : buffer[at] === 0x2d ? -1 : 0
      if (sign === 0 || end - at < 7 || buffer[at + 3] !== 0x3a) return -1
      const hours = digits2(buffer, at + 1)
      const minutes = digits2(buffer, at + 4)
      if (hours < 0 || minutes < 0) return -1
      offset = sign * (hours * 3600 + minutes * 60)
      at += 6
    }
    if (at >= end || buffer[at] !== 0x20) return -1

    const date = (y * 16 + month) * 32 + day
    if (date !== this.day) {
      this.day = date
      this.daySeconds = daysFromCivil(y, month, day) * 86_400
    }
    this.seconds = this.daySeconds + hour * 3600 + minute * 60 + second - offset
    this.nanos = nanos
    return at + 1
  }
}

/** Two decimal digits, or a negative number. */
function digits2(buffer: Uint8Array, at: number): number {
  const tens = buffer[at] - 48
  const ones = buffer[at + 1] - 48
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1000 : tens * 10 + ones
}

/** Days between 1970-01-01 and a date of the proleptic Gregorian calendar. */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
