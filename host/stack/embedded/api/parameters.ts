import { BadParameter } from './error-answer.ts'

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
}

/** Milliseconds since 1970 of a time in seconds or RFC 3339. */
export function timeParameter(params: URLSearchParams, name: string, otherwise: number): number {
  const given = params.get(name)
  if (given === null || given === '') return otherwise
  const ms = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(given) ? Math.round(Number(given) * 1000) : Date.parse(given)
  if (Number.isNaN(ms))
    throw new BadParameter(`invalid parameter "${name}": cannot parse "${given}" to a valid timestamp`)
  return ms
}

/** Nanoseconds since 1970 of a time in nanoseconds, in seconds with a fraction or of ten digits, or RFC 3339. */
export function nanosParameter(params: URLSearchParams, name: string, otherwise: bigint): bigint {
  const given = params.get(name)
  if (given === null || given === '') return otherwise
  if (/^\d+$/.test(given)) return given.length <= 10 ? BigInt(given) * 1_000_000_000n : BigInt(given)
  return BigInt(timeParameter(params, name, 0)) * 1_000_000n
}

/** Milliseconds of a duration such as `30s`, `1h30m`, or a number of seconds. */
export function durationParameter(params: URLSearchParams, name: string, otherwise: number): number {
  const given = params.get(name)
  if (given === null || given === '') return otherwise
  if (/^\d+(\.\d+)?$/.test(given)) return Math.round(Number(given) * 1000)
  if (!/^(\d+(\.\d+)?(ms|[smhdwy]))+$/.test(given)) {
    throw new BadParameter(`invalid parameter "${name}": cannot parse "${given}" to a valid duration`)
  }
  let ms = 0
  for (const [, amount, unit] of given.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdwy])/g)) ms += Number(amount) * units[unit]
  return ms
}

/** A whole number within bounds; larger ones count as the largest. */
export function countParameter(params: URLSearchParams, name: string, otherwise: number, most: number): number {
  const given = params.get(name)
  if (given === null || given === '') return otherwise
  if (!/^\d+$/.test(given)) throw new BadParameter(`invalid parameter "${name}": "${given}" is not a whole number`)
  return Math.min(Number(given), most)
}

/** A parameter that has to be there. */
export function requiredParameter(params: URLSearchParams, name: string): string {
  const given = params.get(name)
  if (given === null || given === '') throw new BadParameter(`invalid parameter "${name}": it is missing`)
  return given
}
