import { Labels } from '../../../../collector-core/signal/labels.ts'
import { isLegacyLabelName } from '../../../../collector-core/signal/label-name.ts'
import { QueryError } from '../query-text/query-error.ts'
import type { QueryBudget } from '../query-text/query-budget.ts'
import type { AggregateExpression } from './expression.ts'
import { formatValue } from './format-value.ts'
import { exactSum, quantileOf } from './range-functions.ts'
import { byValue, emptySeries, joinSame, sortByValue } from './vector.ts'
import type { Scalar, Vector, VectorSeries } from './vector.ts'

/** Evaluates an aggregation of `vector`; `parameter` is its scalar or label name. */
export async function aggregate(
  expression: AggregateExpression,
  vector: Vector,
  parameter: Scalar | string | undefined,
  steps: number,
  budget: QueryBudget,
): Promise<Vector> {
  const { operator } = expression
  const groups = new Map<string, { readonly labels: Labels; readonly members: VectorSeries[] }>()
  for (const series of vector) {
    const labels = groupLabels(expression, series.labels)
    const group = groups.get(labels.key)
    if (group === undefined) groups.set(labels.key, { labels, members: [series] })
    else group.members.push(series)
  }
  const out: VectorSeries[] = []
  for (const { labels, members } of groups.values()) {
    if (budget.due) await budget.pause()
    if (operator === 'topk' || operator === 'bottomk') out.push(...best(operator, members, parameter as Scalar, steps))
    else if (operator === 'count_values') out.push(...countValues(labels, members, parameter as string, steps))
    else out.push(reduce(labels, members, steps, reducer(operator, parameter)))
  }
  return operator === 'count_values' ? joinSame(out) : out
}

function groupLabels({ without, labels: wanted }: AggregateExpression, labels: Labels): Labels {
  return labels.filter((name) => (without ? name !== '__name__' && !wanted.includes(name) : wanted.includes(name)))
}

/** Computes one value from the values present at a step. */
type Reducer = (values: Float64Array, step: number) => number

function reduce(labels: Labels, members: readonly VectorSeries[], steps: number, compute: Reducer): VectorSeries {
  const out = emptySeries(labels, steps)
  const values = new Float64Array(members.length)
  for (let i = 0; i < steps; i++) {
    let count = 0
    for (const member of members) if (member.present[i] === 1) values[count++] = member.values[i]
    if (count === 0) continue
    out.present[i] = 1
    out.values[i] = compute(values.subarray(0, count), i)
  }
  return out
}

const average = (values: Float64Array): number => {
  const sum = exactSum(values)
  if (Number.isFinite(sum) || values.some((value) => !Number.isFinite(value))) return sum / values.length
  return exactSum(values.map((value) => value / values.length))
}

const variance = (values: Float64Array): number => {
  const middle = average(values)
  return average(values.map((value) => (value - middle) ** 2))
}

function reducer(
  operator: Exclude<AggregateExpression['operator'], 'topk' | 'bottomk' | 'count_values'>,
  parameter: Scalar | string | undefined,
): Reducer {
  switch (operator) {
    case 'sum':
      return exactSum
    case 'avg':
      return average
    case 'min':
      return (values) => values.reduce((low, value) => (value < low || Number.isNaN(low) ? value : low))
    case 'max':
      return (values) => values.reduce((top, value) => (value > top || Number.isNaN(top) ? value : top))
    case 'count':
      return (values) => values.length
    case 'group':
      return () => 1
    case 'stdvar':
      return variance
    case 'stddev':
      return (values) => Math.sqrt(variance(values))
    case 'quantile':
      return (values, step) => quantileOf((parameter as Scalar)[step], values)
  }
}

/** The `k` greatest or least elements per step; NaN comes last either way. */
function best(
  operator: 'topk' | 'bottomk',
  members: readonly VectorSeries[],
  k: Scalar,
  steps: number,
): VectorSeries[] {
  const out = members.map(({ labels }) => emptySeries(labels, steps))
  const direction = operator === 'topk' ? -1 : 1
  for (let i = 0; i < steps; i++) {
    if (!(Math.abs(k[i]) < 2 ** 63)) throw new QueryError('execution', `Scalar value ${k[i]} overflows int64`)
    const count = Math.trunc(k[i])
    if (count < 1) continue
    const order = members.flatMap((member, index) => (member.present[i] === 1 ? [index] : []))
    order.sort((a, b) => byValue(direction, members[a].values[i], members[b].values[i]))
    for (const index of order.slice(0, count)) {
      out[index].present[i] = 1
      out[index].values[i] = members[index].values[i]
    }
  }
  return steps === 1 ? sortByValue(out, direction) : out
}

function countValues(labels: Labels, members: readonly VectorSeries[], name: string, steps: number): VectorSeries[] {
  if (!isLegacyLabelName(name)) throw new QueryError('execution', `invalid label name "${name}"`)
  const counted = new Map<string, VectorSeries>()
  for (let i = 0; i < steps; i++) {
    for (const { present, values } of members) {
      if (present[i] === 0) continue
      const text = formatValue(values[i])
      let series = counted.get(text)
      if (series === undefined) counted.set(text, (series = emptySeries(labels.with([[name, text]]), steps)))
      series.present[i] = 1
      series.values[i]++
    }
  }
  return [...counted.values()]
}
