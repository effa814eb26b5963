import { QueryError } from '../query-text/query-error.ts'
import type { TimeShift } from './expression.ts'

/** The times at which an expression is evaluated, milliseconds, and the ends of the whole query for `@ start()`. */
export interface Grid {
  readonly times: Float64Array
  readonly queryStart: number
  readonly queryEnd: number
}

const mostSteps = 200_000

/** Times from `start` to `end`, both included; a step of 0 stands for one time. */
export function gridOf(start: number, end: number, step: number, query = { start, end }): Grid {
  const count = step === 0 ? 1 : Math.max(0, Math.floor((end - start) / step) + 1)
  if (count > mostSteps) {
    throw new QueryError('execution', `a subquery has ${count} steps, the limit is ${mostSteps}; use a larger step`)
  }
  const times = Float64Array.from({ length: count }, (_, i) => start + i * step)
  return { times, queryStart: query.start, queryEnd: query.end }
}

/** The times at which a selector with this shift is looked at. */
export function shiftedTimes({ times, queryStart, queryEnd }: Grid, { at, offsetMs }: TimeShift): Float64Array {
  if (at === undefined) return times.map((time) => time - offsetMs)
  const fixed = at === 'start' ? queryStart : at === 'end' ? queryEnd : at
  return new Float64Array(times.length).fill(fixed - offsetMs)
}
