const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0')

/** The time of day on this machine's clock: `14:03:07.250`. */
export function clockTime(at: number): string {
  const time = new Date(at)
  return `${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())}.${pad(time.getMilliseconds(), 3)}`
}

/** The same to the second: `14:03:07`. */
export const timeOfDay = (at: number): string => clockTime(at).slice(0, 8)

/** Date and time of day: `2026-11-28 14:03:07`. */
export function dateTime(at: number): string {
  const time = new Date(at)
  const day = `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}`
  return `${day} ${timeOfDay(at)}`
}
