// What the tests of this folder share: expositions as plain data.
import type { Exposition, ExpositionResult, SeriesMaker } from '../exposition.ts'

/** A series as text, in exposed order, with the family it was listed under. */
export const seriesAsText: SeriesMaker<string> = {
  series: (name, labels, family) =>
    `${name}{${labels.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(',')}} of ${family.type}`,
}

/** Everything an exposition holds, comparable with `toEqual`; NaN timestamps read undefined. */
export function plainExposition<T>(exposition: Exposition<T>) {
  return {
    samples: exposition.series.map((series, i) => ({
      series,
      value: exposition.values[i],
      timestamp: Number.isNaN(exposition.timestamps?.[i] ?? NaN) ? undefined : exposition.timestamps?.[i],
    })),
    count: exposition.count,
    exemplars: exposition.exemplars.map(({ index, exemplar }) => ({
      index,
      ...exemplar,
      labels: exemplar.labels.toJSON(),
    })),
    histograms: exposition.histograms.map((histogram) => ({
      ...histogram,
      exemplars: histogram.exemplars.map((exemplar) => ({ ...exemplar, labels: exemplar.labels.toJSON() })),
    })),
  }
}

export function plainResult<T>(result: ExpositionResult<T>) {
  return result.ok ? plainExposition(result.exposition) : { error: result.error }
}
