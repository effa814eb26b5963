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

/** Series mapped in one step. */
const stepSeries = 1_000

/**
 * Applies a function to every series of a list once per list object: the same list gives the same `MappedSeries`, for as
 * long as somebody holds the list. A new mapper starts empty, so a change of rules is a new mapper.
 */
export class SeriesMapper {
  private readonly map: (labels: Labels) => Labels | undefined
  private readonly known = new WeakMap<SeriesList, MappedSeries>()

  constructor(map: (labels: Labels) => Labels | undefined) {
    this.map = map
  }

  /** Whether `of` would only look it up. */
  knows(list: SeriesList): boolean {
    return this.known.has(list)
  }

  of(list: SeriesList): MappedSeries {
    const steps = this.steps(list)
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
    }
  }

  /** The same in steps, for a list that may be long and new. */
  *steps(list: SeriesList): Generator<undefined, MappedSeries, undefined> {
    const known = this.known.get(list)
    if (known !== undefined) return known
    const mapped = yield* mapSeries(list, this.map)
    this.known.set(list, mapped)
    return mapped
  }
}

function* mapSeries(
  list: SeriesList,
  map: (labels: Labels) => Labels | undefined,
): Generator<undefined, MappedSeries, undefined> {
  const series: Labels[] = []
  const indexes = new Uint32Array(list.length)
  let same = true
  for (let i = 0; i < list.length; i++) {
    if (i % stepSeries === 0 && i > 0) yield
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
