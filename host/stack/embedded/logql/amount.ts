import type { Unit } from './expression.ts'

const durationUnits: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
  d: 86_400e9,
  w: 7 * 86_400e9,
  y: 365 * 86_400e9,
}
const byteUnits: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  pb: 1e15,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
  pib: 2 ** 50,
}

/** Nanoseconds of a duration such as `1.5s` or `1h30m`. */
export function parseDuration(text: string): number | undefined {
  const parts = /^([+-]?)((?:\d+(?:\.\d+)?(?:ns|us|µs|μs|ms|s|m|h|d|w|y))+|0)$/.exec(text)
  if (parts === null) return undefined
  let sum = 0
  for (const [, amount, unit] of parts[2].matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|μs|ms|s|m|h|d|w|y)/g)) {
    sum += Number(amount) * durationUnits[unit]
  }
  return parts[1] === '-' ? -sum : sum
}

/** Bytes of a size such as `5KB` or `1.5 MiB`. */
export function parseBytes(text: string): number | undefined {
  const parts = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text)
  const unit = parts === null ? undefined : byteUnits[parts[2].toLowerCase()]
  return parts === null || unit === undefined ? undefined : Number(parts[1]) * unit
}

/** A label's value as an amount; undefined when it is none. */
export function parseAmount(text: string, unit: Unit): number | undefined {
  if (unit === 'duration') return parseDuration(text)
  if (unit === 'bytes') return parseBytes(text) ?? parseNumber(text)
  return parseNumber(text)
}

function parseNumber(text: string): number | undefined {
  const value = text.trim() === '' ? NaN : Number(text)
  return Number.isNaN(value) && text !== 'NaN' ? undefined : value
}
