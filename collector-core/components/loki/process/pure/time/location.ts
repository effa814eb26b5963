/** A time zone: how far its clocks are from UTC. */
export interface Location {
  /** Seconds east of UTC at a moment. */
  offsetAt(seconds: number): number
  /** Seconds east of UTC under an abbreviation such as `EST` around a moment, when the zone uses it. */
  offsetOf(abbreviation: string, seconds: number): number | undefined
}

export const utc: Location = { offsetAt: () => 0, offsetOf: (name) => (name === 'UTC' ? 0 : undefined) }

const quarterHour = 900
const halfYear = 182 * 86_400

/** The location of an IANA name, `UTC` or `Local`; undefined when there is no such zone. */
export function loadLocation(name: string): Location | undefined {
  if (name === '' || name === 'UTC') return utc
  const options = {
    ...(name !== 'Local' && { timeZone: name }),
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const
  try {
    return intlLocation(
      new Intl.DateTimeFormat('en-US', options),
      new Intl.DateTimeFormat('en-US', { ...options, timeZoneName: 'short' }),
    )
  } catch {
    return undefined
  }
}

function intlLocation(clock: Intl.DateTimeFormat, named: Intl.DateTimeFormat): Location {
  let knownQuarter = NaN
  let knownOffset = 0
  const offsetAt = (seconds: number): number => {
    // Clocks have only ever been changed on a quarter of an hour since zones are recorded to the second.
    const quarter = Math.floor(seconds / quarterHour)
    if (quarter !== knownQuarter) {
      knownQuarter = quarter
      knownOffset = wallSeconds(clock, quarter * quarterHour) - quarter * quarterHour
    }
    return knownOffset
  }
  return {
    offsetAt,
    offsetOf(abbreviation, seconds) {
      for (const moment of [seconds, seconds + halfYear]) {
        const name = named.formatToParts(moment * 1000).find(({ type }) => type === 'timeZoneName')?.value
        if (name === abbreviation) return offsetAt(moment)
      }
      return undefined
    },
  }
}

function wallSeconds(format: Intl.DateTimeFormat, seconds: number): number {
  const parts = new Map(format.formatToParts(seconds * 1000).map(({ type, value }) => [type, value]))
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type))
  const year = parts.get('era') === 'BC' ? 1 - number('year') : number('year')
  const wall = new Date(0)
  wall.setUTCFullYear(year, number('month') - 1, number('day'))
  wall.setUTCHours(number('hour'), number('minute'), number('second'))
  return wall.getTime() / 1000
}

/** The moment a zone's clocks show `wall` seconds (as if they were UTC); between two offsets, one of the two. */
export function fromWallClock(location: Location, wall: number): number {
  return wall - location.offsetAt(wall - location.offsetAt(wall))
}
