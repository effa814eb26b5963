import type { Value } from './value.ts'

const unitSeconds: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
}
const number = /^[+-]?(?:(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|0[xX][\da-fA-F]+)$/
const infinite = /^([+-]?)inf(inity)?$/i
const goDuration = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/

/** The number of a value: booleans are 0 and 1, text is a number or a Go duration in seconds. Undefined when it is none. */
export function numberOf(value: Value): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value === null) return undefined
  if (number.test(value)) return Number(value.replaceAll('_', ''))
  if (value === '0') return 0
  const infinity = infinite.exec(value)
  if (infinity !== null) return infinity[1] === '-' ? -Infinity : Infinity
  return value.toLowerCase() === 'nan' ? NaN : durationSeconds(value)
}

function durationSeconds(text: string): number | undefined {
  if (!goDuration.test(text)) return undefined
  let seconds = 0
  for (const [, amount, unit] of text.matchAll(/(\d+\.?\d*|\.\d+)([a-zµμ]+)/g))
    seconds += Number(amount) * unitSeconds[unit]
  return text.startsWith('-') ? -seconds : seconds
}
