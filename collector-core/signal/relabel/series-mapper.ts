import type { Labels } from '../labels.ts'
import type { SeriesList } from '../metric-batch.ts'

/** What became of a series list. */
export interface MappedSeries {
  /** The kept series, relabelled, in order; the input list itself when nothing changed. */
  readonly series: SeriesList
  /** For each kept series its index in the input; undefined when all were kept. */
  readonly indexes: Uint32Array | undefined
  readonly dropped: number
}

/**
 * Applies a function to every series of a list once per list object: the same list gives the same `MappedSeries`, for as
 * long as somebody holds the list. A new mapper starts empty, so a change of rules is a new mapper.
 */
export function seriesMapper(map: (labels: Labels) => Labels | undefined): (list: SeriesList) => MappedSeries {
  const known = new WeakMap<SeriesList, MappedSeries>()
  return (list) => {
    const mapped = known.get(list)
    if (mapped !== undefined) return mapped
    const fresh = mapSeries(list, map)
    known.set(list, fresh)
    return fresh
  }
}

function mapSeries(list: SeriesList, map: (labels: Labels) => Labels | undefined): MappedSeries {
  const series: Labels[] = []
  const indexes = new Uint32Array(list.length)
  let same = true
  for (let i = 0; i < list.length; i++) {
    const result = map(list[i])
    if (result === undefined) continue
    if (result !== list[i]) same = false
    indexes[series.length] = i
    series.push(result)
  }
  const dropped = list.length - series.length
  if (dropped === 0) return { series: same ? list : series, indexes: undefined, dropped }
  return { series, indexes: indexes.slice(0, series.length), dropped }
}

/** How many of the ascending `indexes` lie below `bound`; with all kept, `bound` itself. */
export function keptBelow(mapped: MappedSeries, bound: number): number {
  const { indexes } = mapped
  if (indexes === undefined) return bound
  let low = 0
  let high = indexes.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (indexes[middle] < bound) low = middle + 1
    else high = middle
  }
  return low
}
