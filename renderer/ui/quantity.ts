// Numbers as people read them: three digits that matter, a unit, and the same width while they move.

const steps = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const

/** `0`, `0.25`, `7.5`, `950`, `12.4k`, `3.1M`: at most three digits that matter. */
export function shortNumber(value: number): string {
  if (value === 0) return '0'
  if (value < 0.01) return '<0.01'
  for (const [size, suffix] of steps) if (value >= size * 0.9995) return `${threeDigits(value / size)}${suffix}`
  return threeDigits(value)
}

function threeDigits(value: number): string {
  if (value >= 99.95) return String(Math.round(value))
  return value >= 9.995 || Number.isInteger(value) ? trimmed(value.toFixed(1)) : trimmed(value.toFixed(2))
}

const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)

/** A whole number with thousands apart: `1,234,567`. */
export function wholeNumber(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** How long ago something was, in one unit: `now`, `12 s`, `3 min`, `5 h`, `2 d`. */
export const age = (ms: number): string => ageIn(ms, ['now', ' s', ' min', ' h', ' d'])

/** The same in Korean: `방금`, `12초`, `3분`, `5시간`, `2일`. */
export const koreanAge = (ms: number): string => ageIn(ms, ['방금', '초', '분', '시간', '일'])

function ageIn(ms: number, [now, second, minute, hour, day]: readonly string[]): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 1) return now
  if (seconds < 60) return `${seconds}${second}`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}${minute}`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}${hour}`
  return `${Math.floor(seconds / 86_400)}${day}`
}

/** A duration of work: `0.4 ms`, `35 ms`, `1.2 s`. */
export function shortDuration(ms: number): string {
  return ms < 1000 ? `${shortNumber(ms)} ms` : `${shortNumber(ms / 1000)} s`
}

const byteSteps = [
  [2 ** 40, 'TiB'],
  [2 ** 30, 'GiB'],
  [2 ** 20, 'MiB'],
  [2 ** 10, 'KiB'],
] as const

/** `0 B`, `512 B`, `3.1 MiB`. */
export function byteSize(bytes: number): string {
  for (const [size, unit] of byteSteps) if (bytes >= size * 0.9995) return `${threeDigits(bytes / size)} ${unit}`
  return `${Math.round(bytes)} B`
}
