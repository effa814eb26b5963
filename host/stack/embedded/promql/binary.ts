import { Labels } from '../../../../collector-core/signal/labels.ts'
import { QueryError } from '../query-text/query-error.ts'
import type { QueryBudget } from '../query-text/query-budget.ts'
import { isComparison, isSetOperator } from './expression.ts'
import type { ArithmeticOperator, BinaryExpression, ComparisonOperator, Matching, SetOperator } from './expression.ts'
import { calculate, compare } from './operate.ts'
import { emptySeries, joinSame, mapValues, withoutName } from './vector.ts'
import type { Scalar, Vector, VectorSeries } from './vector.ts'

type ValueOperator = ArithmeticOperator | ComparisonOperator

/** Two scalars. */
export function scalarWithScalar(operator: ValueOperator, left: Scalar, right: Scalar): Scalar {
  return left.map((a, i) =>
    isComparison(operator) ? Number(compare(operator, a, right[i])) : calculate(operator, a, right[i]),
  )
}

/** A vector and a scalar; `reversed` when the scalar stands on the left. */
export function vectorWithScalar(
  { operator, bool }: BinaryExpression,
  vector: Vector,
  scalar: Scalar,
  reversed: boolean,
): Vector {
  if (isSetOperator(operator)) throw new Error('set operators take two vectors')
  const keepsName = isComparison(operator) && !bool
  return mapValues(vector, keepsName ? (labels) => labels : withoutName, (value, step) => {
    const [a, b] = reversed ? [scalar[step], value] : [value, scalar[step]]
    if (!isComparison(operator)) return calculate(operator, a, b)
    const holds = compare(operator, a, b)
    if (bool) return Number(holds)
    return holds ? value : undefined
  })
}

/** Two vectors, matched by their labels. */
export async function vectorWithVector(
  expression: BinaryExpression,
  left: Vector,
  right: Vector,
  steps: number,
  budget: QueryBudget,
): Promise<Vector> {
  const { operator, matching } = expression
  const keyOf = matchKey(matching)
  if (isSetOperator(operator)) return setOperation(operator, left, right, keyOf, steps)
  const [many, one] = matching.many === 'right' ? [right, left] : [left, right]
  const groups = groupBy(one, keyOf)
  const out: VectorSeries[] = []
  const somethingIn = presence(many, steps)
  checkUnique(groups, somethingIn, matching)
  for (const [key, members] of groupBy(many, keyOf)) {
    if (budget.due) await budget.pause()
    const partners = groups.get(key)
    if (partners !== undefined) out.push(...matchGroup(expression, operator, members, partners, steps))
  }
  return joinSame(out)
}

/** Whether a vector has any element, by step. */
function presence(vector: Vector, steps: number): Uint8Array {
  const any = new Uint8Array(steps)
  for (const { present } of vector) for (let i = 0; i < steps; i++) any[i] |= present[i]
  return any
}

/** Refuses more than one element per match on the side that may have one. */
function checkUnique(groups: ReadonlyMap<string, Vector>, relevant: Uint8Array, matching: Matching): void {
  const side = matching.many === 'right' ? 'left' : 'right'
  for (const members of groups.values()) {
    if (members.length < 2) continue
    for (let i = 0; i < relevant.length; i++) {
      if (relevant[i] === 0) continue
      const present = members.filter((series) => series.present[i] === 1)
      if (present.length < 2) continue
      const group = matchLabels(matching, present[0].labels)
      throw new QueryError(
        'execution',
        `found duplicate series for the match group ${group.toString()} on the ${side} hand-side of the operation: [${present[1].labels.toString()}, ${present[0].labels.toString()}];many-to-many matching not allowed: matching labels must be unique on one side`,
      )
    }
  }
}

function matchGroup(
  { bool, matching }: BinaryExpression,
  operator: ValueOperator,
  many: Vector,
  one: Vector,
  steps: number,
): VectorSeries[] {
  const results = new Map<string, VectorSeries>()
  const taken = new Map<string, Uint8Array>()
  const single = matching.many === 'none'
  for (const member of many) {
    for (const partner of one) {
      const labels = resultLabels(operator, bool, matching, member.labels, partner.labels)
      let result = results.get(labels.key)
      if (result === undefined) results.set(labels.key, (result = emptySeries(labels, steps)))
      const takenKey = single ? '' : labels.key
      let used = taken.get(takenKey)
      if (used === undefined) taken.set(takenKey, (used = new Uint8Array(steps)))
      for (let i = 0; i < steps; i++) {
        if (member.present[i] === 0 || partner.present[i] === 0) continue
        const [a, b] =
          matching.many === 'right' ? [partner.values[i], member.values[i]] : [member.values[i], partner.values[i]]
        const value = elementValue(operator, bool, a, b)
        if (value === undefined) continue
        if (used[i] === 1) {
          throw new QueryError(
            'execution',
            single
              ? 'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)'
              : 'multiple matches for labels: grouping labels must ensure unique matches',
          )
        }
        used[i] = 1
        result.present[i] = 1
        result.values[i] = value
      }
    }
  }
  return [...results.values()]
}

function elementValue(operator: ValueOperator, bool: boolean, a: number, b: number): number | undefined {
  if (!isComparison(operator)) return calculate(operator, a, b)
  const holds = compare(operator, a, b)
  if (bool) return Number(holds)
  return holds ? a : undefined
}

function resultLabels(operator: ValueOperator, bool: boolean, matching: Matching, many: Labels, one: Labels): Labels {
  let labels = isComparison(operator) && !bool ? many : withoutName(many)
  if (matching.many === 'none') {
    labels = labels.filter((name) => matching.labels.includes(name) === matching.on)
  }
  if (matching.include.length > 0) labels = labels.with(matching.include.map((name) => [name, one.get(name)] as const))
  return labels
}

function matchLabels({ on, labels: wanted }: Matching, labels: Labels): Labels {
  return labels.filter((name) => (on ? wanted.includes(name) : name !== '__name__' && !wanted.includes(name)))
}

function matchKey(matching: Matching): (series: VectorSeries) => string {
  return ({ labels }) => matchLabels(matching, labels).key
}

function groupBy(vector: Vector, keyOf: (series: VectorSeries) => string): Map<string, VectorSeries[]> {
  const groups = new Map<string, VectorSeries[]>()
  for (const series of vector) {
    const key = keyOf(series)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [series])
    else group.push(series)
  }
  return groups
}

function setOperation(
  operator: SetOperator,
  left: Vector,
  right: Vector,
  keyOf: (series: VectorSeries) => string,
  steps: number,
): Vector {
  const filterBy = (vector: Vector, others: Vector, wanted: 0 | 1): VectorSeries[] => {
    const groups = groupBy(others, keyOf)
    const masks = new Map([...groups].map(([key, members]) => [key, presence(members, steps)] as const))
    return vector.map((series) => {
      const mask = masks.get(keyOf(series))
      const present = series.present.map((one, i) => one & Number((mask?.[i] ?? 0) === wanted))
      return { ...series, present }
    })
  }
  switch (operator) {
    case 'and':
      return filterBy(left, right, 1)
    case 'unless':
      return filterBy(left, right, 0)
    case 'or':
      return joinSame([...left, ...filterBy(right, left, 0)])
  }
}
