import { Labels } from '../../../../collector-core/signal/labels.ts'
import type { LabelMatcher } from '../../../../collector-core/signal/logql/log-selector.ts'
import { aggregate } from '../promql/aggregate.ts'
import { scalarWithScalar, vectorWithScalar, vectorWithVector } from '../promql/binary.ts'
import { isSetOperator } from '../promql/expression.ts'

import type { Grid } from '../promql/grid.ts'
import { labelReplace } from '../promql/label-functions.ts'
import { rangeFunctions } from '../promql/range-functions.ts'
import type { RangeFunction, Window } from '../promql/range-functions.ts'
import { emptySeries, hasAny, joinSame, vectorOf } from '../promql/vector.ts'
import type { Scalar, Vector, VectorSeries } from '../promql/vector.ts'
import type { QueryBudget } from '../query-text/query-budget.ts'
import { QueryError } from '../query-text/query-error.ts'
import { parseAmount } from './amount.ts'
import type { LineSource, MetricExpression, RangeExpression, RangeOperator } from './expression.ts'
import { createPipeline, labelOf, labelsOf } from './line-pipeline.ts'
import type { PassedLine } from './line-pipeline.ts'

/** What an evaluation needs and may use. */
export interface LogqlWorld {
  readonly source: LineSource
  readonly budget: QueryBudget
  /** Lines one query may count. */
  readonly maxLines: number
}

const mostSeries = 10_000

/** Evaluates a metric query at every time of a grid; a lone number is a scalar. */
export async function evaluateLogql(
  expression: MetricExpression,
  grid: Grid,
  world: LogqlWorld,
): Promise<Vector | Scalar> {
  switch (expression.kind) {
    case 'number':
      return new Float64Array(grid.times.length).fill(expression.value)
    case 'vector':
      return vectorOf(new Float64Array(grid.times.length).fill(expression.value))
    case 'range':
      return evaluateRange(expression, grid, world, undefined)
    case 'label_replace':
      return labelReplace(vectorOnly(await evaluateLogql(expression.expression, grid, world)), expression.texts)
    case 'aggregate': {
      const { operator, parameter, without, labels } = expression
      const inner = expression.expression
      // A sum of counts needs no more labels than the sum keeps.
      const kept = operator === 'sum' && !without && inner.kind === 'range' && additive(inner) ? labels : undefined
      const vector =
        inner.kind === 'range'
          ? await evaluateRange(inner, grid, world, kept)
          : vectorOnly(await evaluateLogql(inner, grid, world))
      const given = parameter === undefined ? undefined : new Float64Array(grid.times.length).fill(parameter)
      const shape = {
        kind: 'aggregate',
        operator,
        parameter: undefined,
        expression: { kind: 'number', value: 0 },
        without,
        labels,
      } as const
      return aggregate(shape, vector, given, grid.times.length, world.budget)
    }
    case 'binary': {
      const { operator } = expression
      const [left, right] = [
        await evaluateLogql(expression.left, grid, world),
        await evaluateLogql(expression.right, grid, world),
      ]
      const shape = { ...expression, left: nothing, right: nothing }
      if (left instanceof Float64Array) {
        if (!(right instanceof Float64Array)) return vectorWithScalar(shape, right, left, true)
        if (isSetOperator(operator)) throw new QueryError('syntax', `"${operator}" takes two vectors`)
        return scalarWithScalar(operator, left, right)
      }
      if (right instanceof Float64Array) return vectorWithScalar(shape, left, right, false)
      return vectorWithVector(shape, left, right, grid.times.length, world.budget)
    }
  }
}

const nothing = { kind: 'number', value: 0 } as const

function vectorOnly(value: Vector | Scalar): Vector {
  if (value instanceof Float64Array) throw new QueryError('syntax', 'a vector is needed where a number stands')
  return value
}

function additive({ operator, grouping }: RangeExpression): boolean {
  return (
    grouping === undefined &&
    (operator === 'count_over_time' ||
      operator === 'rate' ||
      operator === 'bytes_over_time' ||
      operator === 'bytes_rate' ||
      operator === 'sum_over_time')
  )
}

interface Columns {
  readonly labels: Labels
  readonly times: number[]
  readonly values: number[]
}

async function evaluateRange(
  expression: RangeExpression,
  grid: Grid,
  world: LogqlWorld,
  kept: readonly string[] | undefined,
): Promise<Vector> {
  const ends = grid.times.map((time) => time - expression.offsetMs)
  const series = await collect(expression, ends[0] - expression.rangeMs, ends[ends.length - 1], world, kept)
  const compute = functionOf(expression.operator, expression.unwrap !== undefined)
  if (compute === undefined) return absentAt(expression, series, ends)
  const out: VectorSeries[] = []
  for (const { labels, times, values } of series) {
    if (world.budget.due) await world.budget.pause()
    const result = emptySeries(labels, ends.length)
    const window: Window = {
      times: Float64Array.from(times),
      values: Float64Array.from(values),
      from: 0,
      to: 0,
      start: 0,
      end: 0,
    }
    for (let i = 0; i < ends.length; i++) {
      window.end = ends[i]
      window.start = ends[i] - expression.rangeMs
      while (window.to < times.length && times[window.to] <= window.end) window.to++
      while (window.from < window.to && times[window.from] <= window.start) window.from++
      const value = window.from === window.to ? undefined : compute(window, expression.parameter ?? 0)
      if (value === undefined) continue
      result.present[i] = 1
      result.values[i] = value
    }
    if (hasAny(result)) out.push(result)
  }
  return joinSame(out)
}

/** The samples of `(from, to]`, milliseconds, by labels. */
async function collect(
  expression: RangeExpression,
  from: number,
  to: number,
  world: LogqlWorld,
  kept: readonly string[] | undefined,
): Promise<Iterable<Columns>> {
  const { log, operator, unwrap } = expression
  const counted = unwrap === undefined && (operator === 'count_over_time' || operator === 'rate')
  if (counted && kept?.length === 0 && log.stages.length === 0) return countAll(log.matchers, from, to, world)
  const { source, budget, maxLines } = world
  const pipeline = createPipeline(log.stages)
  const series = new Map<string, Columns>()
  const names = groupingOf(expression, kept)
  let lines = 0
  for await (const portion of source.scan(log.matchers, nanosOf(from), nanosOf(to) + 1n, 'forward')) {
    for (const line of portion) {
      const passed = pipeline(line)
      if (passed === undefined) continue
      const value = valueOf(expression, passed)
      if (value === undefined) continue
      if (++lines > maxLines) throw tooManyLines(maxLines)
      const error = labelOf(passed, '__error__')
      if (error !== '') {
        throw new QueryError(
          'execution',
          `pipeline error: '${error}' for a line; leave such lines out with | __error__=""`,
        )
      }
      const labels = names(passed)
      let columns = series.get(labels.key)
      if (columns === undefined) {
        if (series.size >= mostSeries)
          throw new QueryError(
            'execution',
            `maximum number of series (${mostSeries}) reached for a single query; aggregate with sum by (...)`,
          )
        series.set(labels.key, (columns = { labels, times: [], values: [] }))
      }
      columns.times.push(Number(line.time / 1000n) / 1000)
      columns.values.push(value)
    }
    if (budget.due) await budget.pause()
  }
  return series.values()
}

/** Every line of the streams as a sample of value 1 of one series. */
async function countAll(
  matchers: readonly LabelMatcher[],
  from: number,
  to: number,
  { source, budget, maxLines }: LogqlWorld,
): Promise<readonly Columns[]> {
  const times: number[] = []
  for await (const portion of source.times(matchers, nanosOf(from), nanosOf(to) + 1n)) {
    if (times.length + portion.length > maxLines) throw tooManyLines(maxLines)
    for (const time of portion) times.push(time)
    if (budget.due) await budget.pause()
  }
  return times.length === 0 ? [] : [{ labels: Labels.empty, times, values: new Array<number>(times.length).fill(1) }]
}

const tooManyLines = (maxLines: number): QueryError =>
  new QueryError('execution', `the query counts more than ${maxLines} lines; ask for less time or fewer streams`)

const nanosOf = (ms: number): bigint => BigInt(Math.round(ms)) * 1_000_000n

function groupingOf(
  { grouping, unwrap }: RangeExpression,
  kept: readonly string[] | undefined,
): (line: PassedLine) => Labels {
  const only = (names: readonly string[]) => {
    const known = new Map<string, Labels>()
    return (line: PassedLine): Labels => {
      const values = names.map((name) => labelOf(line, name))
      const key = values.join('\u0000')
      let labels = known.get(key)
      if (labels === undefined) known.set(key, (labels = Labels.of(names.map((name, i) => [name, values[i]] as const))))
      return labels
    }
  }
  if (kept !== undefined) return only(kept)
  if (grouping !== undefined && !grouping.without) return only(grouping.labels)
  const left = new Set(grouping?.labels ?? [])
  if (unwrap !== undefined) left.add(unwrap.label)
  return (line) => (left.size === 0 ? labelsOf(line) : labelsOf(line).filter((name) => !left.has(name)))
}

function valueOf({ operator, unwrap }: RangeExpression, line: PassedLine): number | undefined {
  if (unwrap === undefined) {
    return operator === 'bytes_over_time' || operator === 'bytes_rate' ? Buffer.byteLength(line.line) : 1
  }
  const text = labelOf(line, unwrap.label)
  if (text === '') return undefined
  const amount = parseAmount(text, unwrap.unit)
  if (amount === undefined)
    throw new QueryError(
      'execution',
      `pipeline error: 'SampleExtractionErr': the label ${unwrap.label} of a line is no ${unwrap.unit}; leave such lines out with a label filter`,
    )
  return unwrap.unit === 'duration' ? amount / 1e9 : amount
}

const sum = rangeFunctions.get('sum_over_time')!

const perSecond: RangeFunction = (window) => {
  const total = sum(window, 0)
  return total === undefined ? undefined : total / ((window.end - window.start) / 1000)
}

/** Undefined for `absent_over_time`, which looks at all series together. */
function functionOf(operator: RangeOperator, unwrapped: boolean): RangeFunction | undefined {
  switch (operator) {
    case 'count_over_time':
    case 'bytes_over_time':
      return sum
    case 'rate':
    case 'bytes_rate':
      return perSecond
    case 'rate_counter':
      return rangeFunctions.get('rate')
    case 'first_over_time':
      return ({ values, from }) => values[from]
    case 'absent_over_time':
      return undefined
    default:
      if (!unwrapped) throw new Error(`${operator} needs an unwrapped label`)
      return rangeFunctions.get(operator)
  }
}

function absentAt({ log, rangeMs }: RangeExpression, series: Iterable<Columns>, ends: Float64Array): Vector {
  const all = [...series]
  const labels = Labels.of(log.matchers.flatMap(({ name, op, value }) => (op === '=' ? [[name, value] as const] : [])))
  const out = emptySeries(labels, ends.length)
  ends.forEach((end, i) => {
    out.present[i] = all.some(({ times }) => times.some((time) => time > end - rangeMs && time <= end)) ? 0 : 1
    out.values[i] = 1
  })
  return [out]
}
