import type { Labels } from '../../../../collector-core/signal/labels.ts'
import { gridOf } from '../promql/grid.ts'
import type { ResultSeries } from '../promql/query.ts'
import { hasAny } from '../promql/vector.ts'
import { QueryError } from '../query-text/query-error.ts'
import { evaluateLogql } from './evaluate.ts'
import type { LogqlWorld } from './evaluate.ts'
import type { LogExpression, MetricExpression } from './expression.ts'
import { createPipeline } from './line-pipeline.ts'
import type { PassedLine } from './line-pipeline.ts'

const mostPoints = 11_000

/** The first lines in a direction, with `start <= time < end` in nanoseconds. */
export async function queryLines(
  expression: LogExpression,
  {
    start,
    end,
    direction,
    limit,
  }: {
    readonly start: bigint
    readonly end: bigint
    readonly direction: 'forward' | 'backward'
    readonly limit: number
  },
  { source, budget }: Omit<LogqlWorld, 'maxLines'>,
): Promise<PassedLine[]> {
  const pipeline = createPipeline(expression.stages)
  const found: PassedLine[] = []
  for await (const portion of source.scan(expression.matchers, start, end, direction)) {
    for (const line of portion) {
      const passed = pipeline(line)
      if (passed === undefined) continue
      found.push(passed)
      if (found.length >= limit) return found
    }
    if (budget.due) await budget.pause()
  }
  return found
}

/** A metric query at the times from `start` to `end`, milliseconds; `step` 0 asks for one time. */
export async function queryMetric(
  expression: MetricExpression,
  { start, end, step }: { readonly start: number; readonly end: number; readonly step: number },
  world: LogqlWorld,
): Promise<readonly ResultSeries[] | { readonly scalar: number }> {
  if (step > 0 && (end - start) / step + 1 > mostPoints) {
    throw new QueryError(
      'syntax',
      `exceeded maximum resolution of ${mostPoints} points per time series. Try increasing the value of the step parameter`,
    )
  }
  const grid = gridOf(start, end, step)
  const value = await evaluateLogql(expression, grid, world)
  if (value instanceof Float64Array) return { scalar: value[0] }
  return value
    .filter(hasAny)
    .map(({ labels, values, present }) => ({
      labels,
      points: Array.from(grid.times, (time, i) => ({ time, value: values[i] })).filter((_, i) => present[i] === 1),
    }))
    .sort((a, b) => order(a.labels, b.labels))
}

const order = (a: Labels, b: Labels): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
