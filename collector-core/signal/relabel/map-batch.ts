import type { Labels } from '../labels.ts'
import type { MetricBatch, MetricMetadata, SeriesList } from '../metric-batch.ts'
import { mapMetadata, renamedMetrics } from './map-metadata.ts'
import type { RenamedMetrics } from './map-metadata.ts'
import { keptBelow, SeriesMapper } from './series-mapper.ts'
import type { MappedSeries } from './series-mapper.ts'

/** What a relabelling made of a batch, values left where they are: `mapped.indexes` leads to them. */
export interface BatchParts {
  readonly mapped: MappedSeries
  readonly histograms: MetricBatch['histograms']
  readonly exemplars: MetricBatch['exemplars']
  readonly metadata: MetricBatch['metadata']
  readonly droppedSamples: number
  readonly droppedHistograms: number
  readonly droppedExemplars: number
}

/** A relabelled batch with what was left out of it. */
export interface MappedBatch {
  readonly batch: MetricBatch
  readonly parts: BatchParts
  /** Returns the memory of the batch; call once its `accept` has settled. */
  release(): void
}

const nothing = (): void => undefined

/**
 * Applies a relabelling to whole batches. A series list seen before costs one lookup, plus a gather of its values when
 * some series are dropped.
 */
export class BatchMapper {
  private readonly map: (labels: Labels) => Labels | undefined
  private readonly lists: SeriesMapper
  private readonly names = new WeakMap<SeriesList, RenamedMetrics>()
  private readonly spare: Float64Array[] = []

  constructor(map: (labels: Labels) => Labels | undefined) {
    this.map = map
    this.lists = new SeriesMapper(map)
  }

  /** Whether a series list was seen before. */
  knows(list: SeriesList): boolean {
    return this.lists.knows(list)
  }

  /** Gets to know a series list in steps, so that what follows is quick. */
  *prepare(list: SeriesList): Generator<undefined, void, undefined> {
    yield* this.lists.steps(list)
  }

  /** Relabels without touching values. */
  parts(batch: MetricBatch): BatchParts {
    const mapped = this.lists.of(batch.series)
    const histograms = this.mapOwned(batch.histograms)
    const exemplars = this.mapOwned(batch.exemplars)
    return {
      mapped,
      histograms,
      exemplars,
      metadata: this.mapMetadata(batch, mapped),
      droppedSamples: mapped.dropped,
      droppedHistograms: batch.histograms.length - histograms.length,
      droppedExemplars: batch.exemplars.length - exemplars.length,
    }
  }

  apply(batch: MetricBatch): MappedBatch {
    const parts = this.parts(batch)
    const { mapped, histograms, exemplars, metadata } = parts
    const rest = { series: mapped.series, histograms, exemplars, metadata }
    const { indexes } = mapped
    if (indexes === undefined) return { parts, batch: { ...batch, ...rest }, release: nothing }
    const values = this.gather(batch.values, indexes)
    const timestamps = typeof batch.timestamps === 'number' ? batch.timestamps : this.gather(batch.timestamps, indexes)
    return {
      parts,
      batch: { ...rest, values, timestamps, staleFrom: keptBelow(mapped, batch.staleFrom) },
      release: () => {
        this.giveBack(values)
        if (typeof timestamps !== 'number') this.giveBack(timestamps)
      },
    }
  }

  private mapOwned<T extends { readonly series: Labels }>(items: readonly T[]): readonly T[] {
    if (items.length === 0) return items
    return items.flatMap((item) => {
      const series = this.map(item.series)
      if (series === undefined) return []
      return series === item.series ? item : { ...item, series }
    })
  }

  private mapMetadata(batch: MetricBatch, mapped: MappedSeries): readonly MetricMetadata[] {
    if (batch.metadata.length === 0) return batch.metadata
    let renamed = this.names.get(batch.series)
    if (renamed === undefined) {
      renamed = mapped.series === batch.series ? new Map() : renamedMetrics(batch.series, this.map)
      this.names.set(batch.series, renamed)
    }
    if (batch.histograms.length > 0) {
      const owners = batch.histograms.map(({ series }) => series)
      renamed = new Map([...renamedMetrics(owners, this.map), ...renamed])
    }
    return mapMetadata(batch.metadata, renamed)
  }

  private gather(from: Float64Array, indexes: Uint32Array): Float64Array {
    const at = this.spare.findIndex(({ length }) => length === indexes.length)
    const to = at < 0 ? new Float64Array(indexes.length) : this.spare.splice(at, 1)[0]
    for (let i = 0; i < to.length; i++) to[i] = from[indexes[i]]
    return to
  }

  private giveBack(values: Float64Array): void {
    if (this.spare.length < 4) this.spare.push(values)
    else this.spare[0] = values
  }
}
