import { BadParameter } from './error-answer.ts'
import { durationParameter, nanosParameter } from './parameters.ts'

/** From and to of a question in nanoseconds; the last hour unless said otherwise. */
export function nanosPeriod(params: URLSearchParams): [from: bigint, to: bigint] {
  const end = nanosParameter(params, 'end', BigInt(Date.now()) * 1_000_000n)
  const since = BigInt(durationParameter(params, 'since', 3_600_000)) * 1_000_000n
  const start = nanosParameter(params, 'start', end - since)
  if (end < start) throw new BadParameter('end timestamp must not be before or equal to start time')
  return [start, end]
}

/** The same in milliseconds. */
export function period(params: URLSearchParams): [from: number, to: number] {
  const [from, to] = nanosPeriod(params)
  return [Number(from / 1_000_000n), Number(to / 1_000_000n)]
}
