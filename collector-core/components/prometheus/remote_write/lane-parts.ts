import { groupOf, lanesOfGroup } from '../../../delivery/lanes.ts'
import { allLanes } from '../../../outbox/fragment.ts'
import type { Labels } from '../../../signal/labels.ts'
import type { SeriesList } from '../../../signal/metric-batch.ts'
import type { MappedSeries } from '../../../signal/relabel/series-mapper.ts'
import type { EncodeInput } from '../../../wire/remote_write/batch-encoder.ts'

/** What of a batch runs in some lanes of an outbox. */
export interface LanePart {
  readonly lanes: number
  readonly content: EncodeInput
}

/** Series cut in one step. */
const stepSeries = 1_000

/** Cuts batches into groups of lanes by series, in steps; a series list once per number of groups. */
export class LaneParts {
  private readonly known = new WeakMap<SeriesList, readonly MappedSeries[]>();

  /** The parts that are not empty. All that is of one series is in one part. */
  *ofInput(input: EncodeInput, groups: number): Generator<undefined, readonly LanePart[], undefined> {
    if (groups === 1) return [{ lanes: allLanes, content: input }]
    const series = yield* this.ofSeries(input.mapped, groups)
    const histograms = byGroup(input.histograms, groups)
    const exemplars = byGroup(input.exemplars, groups)
    const parts = series.map((mapped, group) => ({
      lanes: lanesOfGroup(group, groups),
      content: { batch: input.batch, mapped, histograms: histograms[group], exemplars: exemplars[group] },
    }))
    return parts.filter(
      ({ content: { mapped, histograms: own, exemplars: marks } }) =>
        mapped.series.length + own.length + marks.length > 0,
    )
  }

  private *ofSeries(mapped: MappedSeries, groups: number): Generator<undefined, readonly MappedSeries[], undefined> {
    const known = this.known.get(mapped.series)
    if (known?.length === groups) return known
    const parts = yield* cut(mapped, groups)
    this.known.set(mapped.series, parts)
    return parts
  }
}

function byGroup<T extends { readonly series: Labels }>(samples: readonly T[], groups: number): readonly T[][] {
  const parts = Array.from({ length: groups }, (): T[] => [])
  for (const sample of samples) parts[groupOfSeries(sample.series, groups)].push(sample)
  return parts
}

function* cut(
  { series, indexes }: MappedSeries,
  groups: number,
): Generator<undefined, readonly MappedSeries[], undefined> {
  const lists = Array.from({ length: groups }, (): Labels[] => [])
  const origins = Array.from({ length: groups }, (): number[] => [])
  for (let i = 0; i < series.length; i++) {
    if (i % stepSeries === 0 && i > 0) yield
    const group = groupOfSeries(series[i], groups)
    lists[group].push(series[i])
    origins[group].push(indexes === undefined ? i : indexes[i])
  }
  return lists.map((list, group) => ({ series: list, indexes: Uint32Array.from(origins[group]), dropped: 0 }))
}

function groupOfSeries({ names, values }: Labels, groups: number): number {
  return groupOf([...names, ...values], groups)
}
