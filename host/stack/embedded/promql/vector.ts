// An expression is evaluated for all steps of a query at once: a vector is a list of series, each with a value per step
// and a mark of whether it has one.
import { Labels } from '../../../../collector-core/signal/labels.ts'
import { QueryError } from '../query-text/query-error.ts'

/** One series of a vector over the steps; `values[i]` counts where `present[i]` is 1. */
export interface VectorSeries {
  readonly labels: Labels
  readonly values: Float64Array
  readonly present: Uint8Array
}

export type Vector = readonly VectorSeries[]

/** A scalar over the steps. */
export type Scalar = Float64Array

/** An empty series to fill. */
export function emptySeries(labels: Labels, steps: number): VectorSeries {
  return { labels, values: new Float64Array(steps), present: new Uint8Array(steps) }
}

export const hasAny = ({ present }: VectorSeries): boolean => present.includes(1)

/** The labels without the metric name. */
export function withoutName(labels: Labels): Labels {
  return labels.filter((name) => name !== '__name__')
}

/** Joins series that came to have the same labels; two of them at one step are a mistake of the query. */
export function joinSame(vector: Vector): Vector {
  const byKey = new Map<string, VectorSeries>()
  let same = false
  for (const series of vector) {
    const known = byKey.get(series.labels.key)
    if (known === undefined) {
      byKey.set(series.labels.key, series)
      continue
    }
    same = true
    const joined = emptySeries(series.labels, series.values.length)
    for (let i = 0; i < series.values.length; i++) {
      if (series.present[i] === 1 && known.present[i] === 1) {
        throw new QueryError('execution', 'vector cannot contain metrics with the same labelset')
      }
      const from = series.present[i] === 1 ? series : known
      joined.present[i] = from.present[i]
      joined.values[i] = from.values[i]
    }
    byKey.set(series.labels.key, joined)
  }
  return same ? [...byKey.values()] : vector
}

/** Applies `change` to every value; `undefined` takes the element away. */
export function mapValues(
  vector: Vector,
  labelsOf: (labels: Labels) => Labels,
  change: (value: number, step: number) => number | undefined,
): Vector {
  return joinSame(
    vector.map((series) => {
      const out = emptySeries(labelsOf(series.labels), series.values.length)
      for (let i = 0; i < series.values.length; i++) {
        if (series.present[i] === 0) continue
        const value = change(series.values[i], i)
        if (value === undefined) continue
        out.present[i] = 1
        out.values[i] = value
      }
      return out
    }),
  )
}

/** A vector of one element without labels. */
export function vectorOf(scalar: Scalar): Vector {
  return [{ labels: Labels.empty, values: scalar, present: new Uint8Array(scalar.length).fill(1) }]
}

/** Orders values upwards (1) or downwards (-1); NaN comes last either way. */
export function byValue(direction: 1 | -1, a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  return a === b ? 0 : direction * (a - b)
}

/** The elements of a single step in order of their values. */
export function sortByValue(vector: Vector, direction: 1 | -1): VectorSeries[] {
  return vector.filter(({ present }) => present[0] === 1).sort((a, b) => byValue(direction, a.values[0], b.values[0]))
}
