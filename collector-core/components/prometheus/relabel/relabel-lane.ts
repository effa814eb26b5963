import { inTurns } from '../../../delivery/in-turns.ts'
import type { ArgumentsOf } from '../../../schema/field.ts'
import { metricItems } from '../../../signal/metric-batch.ts'
import type { MetricBatch } from '../../../signal/metric-batch.ts'
import { accepted } from '../../../signal/receiver.ts'
import type { Acceptance, Receiver } from '../../../signal/receiver.ts'
import { BatchMapper } from '../../../signal/relabel/map-batch.ts'
import { RelabelCache } from '../../../signal/relabel/relabel-cache.ts'
import { compileRelabel } from '../../../signal/relabel/relabel.ts'
import type { definition } from './definition.ts'

export type RelabelArguments = ArgumentsOf<(typeof definition)['arguments']>

/** What a batch went through, for counting. */
export interface LaneReport {
  readonly processed: number
  readonly written: number
  readonly dropped: number
}

/** The path of a batch under one set of arguments: relabel, count, forward. Its caches live and die with the arguments. */
export class RelabelLane {
  readonly cache: RelabelCache
  /** Label sets found without running a rule because their whole list was known. */
  listHits = 0
  private readonly mapper: BatchMapper
  private readonly next: Receiver<'metrics'>
  private readonly monotonic: () => number
  private readonly onBatch: (report: LaneReport) => void

  /** `next` stands in front of the receivers the arguments name. */
  constructor(
    args: RelabelArguments,
    next: Receiver<'metrics'>,
    monotonic: () => number,
    onBatch: (report: LaneReport) => void,
  ) {
    const { max_cache_size: maxEntries, cache_ttl: ttlMs } = args
    const bounds = maxEntries > 0 ? { maxEntries } : { ttlMs }
    const cache = new RelabelCache(compileRelabel(args.rule), bounds, monotonic)
    this.cache = cache
    this.monotonic = monotonic
    this.mapper = new BatchMapper((labels) => cache.get(labels))
    this.next = next
    this.onBatch = onBatch
  }

  async accept(input: MetricBatch): Promise<Acceptance> {
    if (this.mapper.knows(input.series)) this.listHits += input.series.length
    else await inTurns(this.mapper.prepare(input.series), this.monotonic)
    const mapped = this.mapper.apply(input)
    const { batch, parts, release } = mapped
    this.onBatch({
      processed: metricItems(input) + input.metadata.length,
      written: batch.series.length,
      dropped: parts.droppedSamples + parts.droppedHistograms + parts.droppedExemplars,
    })
    // An ended series does not come back: free its place.
    for (let i = input.staleFrom; i < input.series.length; i++) this.cache.forget(input.series[i])
    if (metricItems(batch) + batch.metadata.length === 0) return accepted
    const acceptance = await this.next.accept(batch)
    release()
    return acceptance
  }
}
