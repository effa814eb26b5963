// Evaluates expressions for all steps of a query at once. Samples are looked for in windows that are open at their start,
// as in Prometheus 3: a range of 5m at t covers (t - 5m, t], and so does the look-back of an instant selector.
import type { QueryBudget } from '../query-text/query-budget.ts'
import { QueryError } from '../query-text/query-error.ts'
import { aggregate } from './aggregate.ts'
import { scalarWithScalar, vectorWithScalar, vectorWithVector } from './binary.ts'
import { isSetOperator } from './expression.ts'
import type {
  AggregateExpression,
  BinaryExpression,
  CallExpression,
  Expression,
  RangeExpression,
  SelectorExpression,
  SubqueryExpression,
} from './expression.ts'
import { gridOf, shiftedTimes } from './grid.ts'
import type { Grid } from './grid.ts'
import { histogramQuantile } from './histogram-quantile.ts'
import { labelJoin, labelReplace, labelsOfAbsent } from './label-functions.ts'
import { rangeFunctions } from './range-functions.ts'
import type { RangeFunction, Window } from './range-functions.ts'
import { staleTest, withoutStale } from './series-source.ts'
import type { SeriesSource, SourceSeries } from './series-source.ts'
import { valueFunctions } from './value-functions.ts'
import { typeOf } from './value-type.ts'
import { emptySeries, hasAny, joinSame, mapValues, sortByValue, vectorOf, withoutName } from './vector.ts'
import type { Scalar, Vector, VectorSeries } from './vector.ts'

const defaultSubqueryStepMs = 60_000
/** Values of one intermediate result. */
const mostValues = 50_000_000

export interface EvaluatorOptions {
  readonly source: SeriesSource
  readonly budget: QueryBudget
  /** How old a sample may be to stand for the present, milliseconds. */
  readonly lookbackMs: number
}

/** Samples in windows of one length that end at the shifted times. */
interface Matrix {
  readonly series: readonly SourceSeries[]
  readonly ends: Float64Array
  readonly rangeMs: number
}

/** Evaluates expressions on grids of times. */
export class Evaluator {
  private readonly source: SeriesSource
  private readonly budget: QueryBudget
  private readonly lookbackMs: number

  constructor({ source, budget, lookbackMs }: EvaluatorOptions) {
    this.source = source
    this.budget = budget
    this.lookbackMs = lookbackMs
  }

  async scalar(expression: Expression, grid: Grid): Promise<Scalar> {
    switch (expression.kind) {
      case 'number':
        return new Float64Array(grid.times.length).fill(expression.value)
      case 'negative':
        return (await this.scalar(expression.expression, grid)).map((value) => -value)
      case 'binary': {
        const { operator, left, right } = expression
        if (isSetOperator(operator)) break
        return scalarWithScalar(operator, await this.scalar(left, grid), await this.scalar(right, grid))
      }
      case 'call':
        if (expression.name === 'time') return grid.times.map((time) => time / 1000)
        if (expression.name === 'pi') return new Float64Array(grid.times.length).fill(Math.PI)
        return onlyElement(await this.vector(expression.args[0], grid), grid.times.length)
      default:
        break
    }
    throw new Error('not a scalar expression')
  }

  async vector(expression: Expression, grid: Grid): Promise<Vector> {
    if (this.budget.due) await this.budget.pause()
    const vector = await this.compute(expression, grid)
    if (vector.length * grid.times.length > mostValues) {
      throw new QueryError(
        'execution',
        `a part of the query has ${vector.length} series of ${grid.times.length} steps; ask for fewer series or fewer steps`,
      )
    }
    return vector
  }

  /** The samples a range vector covers at one time. */
  async samples(expression: RangeExpression | SubqueryExpression, grid: Grid): Promise<readonly SourceSeries[]> {
    const { series, ends, rangeMs } = await this.matrix(expression, grid)
    const [end] = ends
    return series.flatMap(({ labels, times, values }) => {
      const kept = Array.from(times.keys()).filter((i) => times[i] > end - rangeMs && times[i] <= end)
      if (kept.length === 0) return []
      return [
        { labels, times: Float64Array.from(kept, (i) => times[i]), values: Float64Array.from(kept, (i) => values[i]) },
      ]
    })
  }

  private compute(expression: Expression, grid: Grid): Promise<Vector> {
    switch (expression.kind) {
      case 'selector':
        return this.instant(expression, grid, (_, value) => value)
      case 'aggregate':
        return this.aggregation(expression, grid)
      case 'binary':
        return this.binary(expression, grid)
      case 'call':
        return this.call(expression, grid)
      case 'negative':
        return this.vector(expression.expression, grid).then((vector) =>
          mapValues(vector, withoutName, (value) => -value),
        )
      default:
        throw new Error('not a vector expression')
    }
  }

  /** The newest sample of each series at each time, unless it is too old or a staleness marker. */
  private async instant(
    selector: SelectorExpression,
    grid: Grid,
    pick: (time: number, value: number) => number,
  ): Promise<Vector> {
    const times = shiftedTimes(grid, selector)
    const found = await this.load(selector, times, this.lookbackMs)
    const out: VectorSeries[] = []
    for (const { labels, times: at, values } of found) {
      if (this.budget.due) await this.budget.pause()
      const stale = staleTest(values)
      const series = emptySeries(labels, times.length)
      let next = 0
      for (let i = 0; i < times.length; i++) {
        while (next < at.length && at[next] <= times[i]) next++
        const newest = next - 1
        if (newest < 0 || at[newest] <= times[i] - this.lookbackMs || stale(newest)) continue
        series.present[i] = 1
        series.values[i] = pick(at[newest], values[newest])
      }
      if (hasAny(series)) out.push(series)
    }
    return out
  }

  private load(selector: SelectorExpression, times: Float64Array, backMs: number): Promise<readonly SourceSeries[]> {
    if (times.length === 0) return Promise.resolve([])
    return this.source.select(selector.matchers, times[0] - backMs + 1, times[times.length - 1])
  }

  private async matrix(expression: Expression, grid: Grid): Promise<Matrix> {
    if (expression.kind === 'range') {
      const ends = shiftedTimes(grid, expression.selector)
      const found = await this.load(expression.selector, ends, expression.rangeMs)
      return { series: found.map(withoutStale), ends, rangeMs: expression.rangeMs }
    }
    if (expression.kind !== 'subquery') throw new Error('not a range vector expression')
    const ends = shiftedTimes(grid, expression)
    const step = expression.stepMs ?? defaultSubqueryStepMs
    const start = (Math.floor((ends[0] - expression.rangeMs) / step) + 1) * step
    const inner = gridOf(start, ends[ends.length - 1], step, { start: grid.queryStart, end: grid.queryEnd })
    const vector = await this.vector(expression.expression, inner)
    return { series: vector.map((series) => presentSamples(series, inner.times)), ends, rangeMs: expression.rangeMs }
  }

  private async aggregation(expression: AggregateExpression, grid: Grid): Promise<Vector> {
    const { parameter } = expression
    const given =
      parameter === undefined
        ? undefined
        : parameter.kind === 'text'
          ? parameter.value
          : await this.scalar(parameter, grid)
    return aggregate(expression, await this.vector(expression.expression, grid), given, grid.times.length, this.budget)
  }

  private async binary(expression: BinaryExpression, grid: Grid): Promise<Vector> {
    const { left, right } = expression
    if (typeOf(left) === 'scalar') {
      return vectorWithScalar(expression, await this.vector(right, grid), await this.scalar(left, grid), true)
    }
    if (typeOf(right) === 'scalar') {
      return vectorWithScalar(expression, await this.vector(left, grid), await this.scalar(right, grid), false)
    }
    const [a, b] = [await this.vector(left, grid), await this.vector(right, grid)]
    return vectorWithVector(expression, a, b, grid.times.length, this.budget)
  }

  private async call(expression: CallExpression, grid: Grid): Promise<Vector> {
    const { name, args } = expression
    const steps = grid.times.length
    const ofRange = rangeFunctions.get(name)
    if (ofRange !== undefined) return this.rangeCall(name, ofRange, args, grid)
    const ofValue = valueFunctions.get(name)
    if (ofValue !== undefined) {
      const vector =
        args.length === 0 ? vectorOf(grid.times.map((time) => time / 1000)) : await this.vector(args[0], grid)
      const scalars: Scalar[] = []
      for (const arg of args.slice(1)) scalars.push(await this.scalar(arg, grid))
      return mapValues(vector, withoutName, (value, step) =>
        ofValue(
          value,
          scalars.map((scalar) => scalar[step]),
        ),
      )
    }
    switch (name) {
      case 'absent_over_time':
        return this.absentOverTime(args[0], grid)
      case 'vector':
        return vectorOf(await this.scalar(args[0], grid))
      case 'histogram_quantile':
        return histogramQuantile(await this.scalar(args[0], grid), await this.vector(args[1], grid), steps)
      case 'timestamp':
        return this.timestamps(args[0], grid)
    }
    const vector = await this.vector(args[0], grid)
    const texts = args.flatMap((arg) => (arg.kind === 'text' ? [arg.value] : []))
    switch (name) {
      case 'absent':
        return absent(args[0], vector, steps)
      case 'sort':
        return steps === 1 ? sortByValue(vector, 1) : vector
      case 'sort_desc':
        return steps === 1 ? sortByValue(vector, -1) : vector
      case 'label_replace':
        return labelReplace(vector, texts)
      case 'label_join':
        return labelJoin(vector, texts)
      default:
        throw new QueryError('execution', `the function ${name} is not answered here`)
    }
  }

  private async rangeCall(
    name: string,
    compute: RangeFunction,
    args: readonly Expression[],
    grid: Grid,
  ): Promise<Vector> {
    const matrixAt = args.findIndex((arg) => typeOf(arg) === 'matrix')
    const { series, ends, rangeMs } = await this.matrix(args[matrixAt], grid)
    const parameter = args.length > 1 ? await this.scalar(args[1 - matrixAt], grid) : new Float64Array(ends.length)
    const out: VectorSeries[] = []
    for (const { labels, times, values } of series) {
      if (this.budget.due) await this.budget.pause()
      const result = emptySeries(name === 'last_over_time' ? labels : withoutName(labels), ends.length)
      const window: Window = { times, values, from: 0, to: 0, start: 0, end: 0 }
      for (let i = 0; i < ends.length; i++) {
        window.end = ends[i]
        window.start = ends[i] - rangeMs
        while (window.to < times.length && times[window.to] <= window.end) window.to++
        while (window.from < window.to && times[window.from] <= window.start) window.from++
        const value = compute(window, parameter[i])
        if (value === undefined) continue
        result.present[i] = 1
        result.values[i] = value
      }
      if (hasAny(result)) out.push(result)
    }
    return joinSame(out)
  }

  private async absentOverTime(argument: Expression, grid: Grid): Promise<Vector> {
    const { series, ends, rangeMs } = await this.matrix(argument, grid)
    const out = emptySeries(labelsOfAbsent(argument), ends.length)
    ends.forEach((end, i) => {
      const some = series.some(({ times }) => times.some((time) => time > end - rangeMs && time <= end))
      out.present[i] = some ? 0 : 1
      out.values[i] = 1
    })
    return [out]
  }

  private async timestamps(argument: Expression, grid: Grid): Promise<Vector> {
    if (argument.kind === 'selector') {
      return mapValues(await this.instant(argument, grid, (time) => time / 1000), withoutName, (value) => value)
    }
    return mapValues(await this.vector(argument, grid), withoutName, (_, step) => grid.times[step] / 1000)
  }
}

function onlyElement(vector: Vector, steps: number): Scalar {
  return Float64Array.from({ length: steps }, (_, i) => {
    const present = vector.filter((series) => series.present[i] === 1)
    return present.length === 1 ? present[0].values[i] : NaN
  })
}

function absent(argument: Expression, vector: Vector, steps: number): Vector {
  const out = emptySeries(labelsOfAbsent(argument), steps)
  for (let i = 0; i < steps; i++) {
    out.present[i] = vector.some(({ present }) => present[i] === 1) ? 0 : 1
    out.values[i] = 1
  }
  return [out]
}

function presentSamples({ labels, values, present }: VectorSeries, times: Float64Array): SourceSeries {
  const kept = Array.from(times.keys()).filter((i) => present[i] === 1)
  return { labels, times: Float64Array.from(kept, (i) => times[i]), values: Float64Array.from(kept, (i) => values[i]) }
}
