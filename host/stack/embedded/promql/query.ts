import { Labels } from '../../../../collector-core/signal/labels.ts'
import type { QueryBudget } from '../query-text/query-budget.ts'
import { QueryError } from '../query-text/query-error.ts'
import { Evaluator } from './evaluate.ts'
import type { Expression } from './expression.ts'
import { gridOf } from './grid.ts'
import type { SeriesSource } from './series-source.ts'
import { typeOf } from './value-type.ts'
import { hasAny } from './vector.ts'

/** A value at a time, milliseconds since 1970. */
export interface Point {
  readonly time: number
  readonly value: number
}

/** One series of an answer. */
export interface ResultSeries {
  readonly labels: Labels
  readonly points: readonly Point[]
}

export type InstantResult =
  | { readonly type: 'scalar'; readonly point: Point }
  | { readonly type: 'string'; readonly time: number; readonly value: string }
  | { readonly type: 'vector' | 'matrix'; readonly series: readonly ResultSeries[] }

/** What an engine needs besides the query. */
export interface QueryWorld {
  readonly source: SeriesSource
  readonly budget: QueryBudget
}

const lookbackMs = 300_000
const mostPoints = 11_000

/** Evaluates an expression at one time. */
export async function queryInstant(expression: Expression, time: number, world: QueryWorld): Promise<InstantResult> {
  const evaluator = new Evaluator({ ...world, lookbackMs })
  const grid = gridOf(time, time, 0)
  if (expression.kind === 'text') return { type: 'string', time, value: expression.value }
  if (expression.kind === 'range' || expression.kind === 'subquery') {
    const series = await evaluator.samples(expression, grid)
    return {
      type: 'matrix',
      series: byLabels(series.map(({ labels, times, values }) => ({ labels, points: pointsOf(times, values) }))),
    }
  }
  if (typeOf(expression) === 'scalar') {
    const [value] = await evaluator.scalar(expression, grid)
    return { type: 'scalar', point: { time, value } }
  }
  const vector = await evaluator.vector(expression, grid)
  return {
    type: 'vector',
    series: vector.filter(hasAny).map(({ labels, values }) => ({ labels, points: [{ time, value: values[0] }] })),
  }
}

/** Evaluates an expression every `step` milliseconds from `start` to `end`. */
export async function queryRange(
  expression: Expression,
  { start, end, step }: { readonly start: number; readonly end: number; readonly step: number },
  world: QueryWorld,
): Promise<readonly ResultSeries[]> {
  if ((end - start) / step + 1 > mostPoints) {
    throw new QueryError(
      'syntax',
      `exceeded maximum resolution of ${mostPoints.toLocaleString('en')} points per timeseries. Try decreasing the query resolution (?step=XX)`,
    )
  }
  const type = typeOf(expression)
  if (type !== 'scalar' && type !== 'vector') {
    throw new QueryError(
      'syntax',
      `invalid expression type "${type === 'matrix' ? 'range vector' : 'string'}" for range query, must be Scalar or instant Vector`,
    )
  }
  const evaluator = new Evaluator({ ...world, lookbackMs })
  const grid = gridOf(start, end, step)
  if (type === 'scalar') {
    const values = await evaluator.scalar(expression, grid)
    return [{ labels: Labels.empty, points: pointsOf(grid.times, values) }]
  }
  const vector = await evaluator.vector(expression, grid)
  return byLabels(
    vector.filter(hasAny).map(({ labels, values, present }) => ({
      labels,
      points: pointsOf(grid.times, values).filter((_, i) => present[i] === 1),
    })),
  )
}

function pointsOf(times: Float64Array, values: Float64Array): Point[] {
  return Array.from(times, (time, i) => ({ time, value: values[i] }))
}

function byLabels(series: readonly ResultSeries[]): ResultSeries[] {
  return [...series].sort((a, b) => (a.labels.key < b.labels.key ? -1 : a.labels.key > b.labels.key ? 1 : 0))
}
