// Durations in Go's notation: `1h30m`, `1.5s`, `100ms`.

/** A length of time: exact in nanoseconds, and in milliseconds as the nearest double. */
export interface Duration {
  readonly nanoseconds: bigint
  readonly milliseconds: number
}

/** What parsing text gave: the thing, or a sentence about what is wrong with the text. */
export type DurationResult =
  | { readonly duration: Duration; readonly problem?: undefined }
  | { readonly problem: string; readonly duration?: undefined }

const unitNanoseconds: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  '\u00b5s': 1_000n,
  '\u03bcs': 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
}

const maxNanoseconds = 2n ** 63n

/** duration = [ "+" | "-" ] ( "0" | { digits [ "." [ digits ] ] unit | "." digits unit } ) ; digits beyond a nanosecond are cut off. */
export function parseDuration(text: string): DurationResult {
  const negative = text.startsWith('-')
  const body = negative || text.startsWith('+') ? text.slice(1) : text
  if (body === '0') return { duration: durationOf(0n) }
  if (body === '') return { problem: 'a duration is empty: write for example "30s"' }
  const part = /(?:(\d+)(?:\.(\d*))?|\.(\d+))([^\d.]*)/uy
  let total = 0n
  while (part.lastIndex < body.length) {
    const match = part.exec(body)
    if (!match) return { problem: `"${text}" is not a duration: write for example "1h30m" or "500ms"` }
    const [, whole = '0', fractionAfter, fractionAlone, unit = ''] = match as readonly (string | undefined)[]
    if (unit === '')
      return {
        problem: `missing unit in duration "${text}": write for example "${text}s" (units: ns, us, ms, s, m, h)`,
      }
    if (!Object.hasOwn(unitNanoseconds, unit)) return { problem: unknownUnit(text, unit) }
    const scale = unitNanoseconds[unit]
    const fraction = (fractionAfter ?? fractionAlone ?? '').slice(0, 40)
    if (whole.length > 40) return { problem: tooLong(text) }
    total += BigInt(whole) * scale + (BigInt(`0${fraction}`) * scale) / 10n ** BigInt(fraction.length)
    if (total > maxNanoseconds) return { problem: tooLong(text) }
  }
  if (total === maxNanoseconds && !negative) return { problem: tooLong(text) }
  return { duration: durationOf(negative ? -total : total) }
}

function unknownUnit(text: string, unit: string): string {
  const hint = /^(d|days?|w|weeks?)$/i.test(unit) ? ', write hours such as "24h"' : ' (units: ns, us, ms, s, m, h)'
  return `unknown unit "${unit}" in duration "${text}"${hint}`
}

function tooLong(text: string): string {
  return `duration "${text.slice(0, 60)}" is too long: the limit is about 292 years`
}

/** A duration of so many nanoseconds. */
export function durationOf(nanoseconds: bigint): Duration {
  const whole = nanoseconds / 1_000_000n
  return { nanoseconds, milliseconds: Number(whole) + Number(nanoseconds - whole * 1_000_000n) / 1e6 }
}

/** Go's text of a duration given in milliseconds (rounded to whole nanoseconds) or as nanoseconds: `1h30m0s`, `1.5s`, `0s`. */
export function formatDuration(duration: number | bigint | Duration): string {
  const nanoseconds =
    typeof duration === 'bigint'
      ? duration
      : typeof duration === 'number'
        ? fromMilliseconds(duration)
        : duration.nanoseconds
  if (nanoseconds === 0n) return '0s'
  const sign = nanoseconds < 0n ? '-' : ''
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (size < 1_000n) return `${sign}${size}ns`
  if (size < 1_000_000n) return `${sign}${inUnit(size, 3)}µs`
  if (size < 1_000_000_000n) return `${sign}${inUnit(size, 6)}ms`
  const hours = size / unitNanoseconds.h
  const minutes = (size / unitNanoseconds.m) % 60n
  const seconds = `${inUnit(size % unitNanoseconds.m, 9)}s`
  if (hours > 0n) return `${sign}${hours}h${minutes}m${seconds}`
  return minutes > 0n ? `${sign}${minutes}m${seconds}` : sign + seconds
}

function fromMilliseconds(milliseconds: number): bigint {
  const whole = Math.trunc(milliseconds)
  return BigInt(whole) * 1_000_000n + BigInt(Math.round((milliseconds - whole) * 1e6))
}

/** The size divided by 10^digits, as a decimal without trailing zeros. */
function inUnit(size: bigint, digits: number): string {
  const padded = size.toString().padStart(digits + 1, '0')
  const fraction = padded.slice(-digits).replace(/0+$/, '')
  return fraction === '' ? padded.slice(0, -digits) : `${padded.slice(0, -digits)}.${fraction}`
}
