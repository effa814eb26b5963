import type { MetricBatch, MetricMetadata } from '../../../signal/metric-batch.ts'
import { timestampAt } from '../../../signal/metric-batch.ts'
import { BatchMapper } from '../../../signal/relabel/map-batch.ts'
import type { MappedSeries } from '../../../signal/relabel/series-mapper.ts'
import { BatchEncoder } from '../../../wire/remote_write/batch-encoder.ts'
import type { EncodedRequest, EncodeInput } from '../../../wire/remote_write/batch-encoder.ts'
import { protobufMessages } from '../../../wire/remote_write/request-builder.ts'
import type { EndpointArguments } from './definition.ts'
import { LaneParts } from './lane-parts.ts'
import { MetadataSchedule } from './metadata-schedule.ts'
import { seriesTransform } from './series-transform.ts'

/** Items that are not sent, by kind; the reasons are those of Prometheus' dropped counters. */
export interface EncodingDrop {
  readonly kind: 'samples' | 'exemplars' | 'histograms'
  readonly reason: 'dropped_series' | 'too_old' | 'nhcb_in_rw1_not_supported'
  readonly count: number
}

/** A request and the lanes of the outbox it runs in. */
export interface LanedRequest extends EncodedRequest {
  readonly lanes: number
}

export interface EncodedBatch {
  readonly requests: readonly LanedRequest[]
  readonly drops: readonly EncodingDrop[]
  /** To be called when the requests were taken over. */
  taken(): void
}

/** Equal for endpoints that are sent the very same bytes. */
export function encodingKey(externalLabels: ReadonlyMap<string, string>, endpoint: EndpointArguments): string {
  return JSON.stringify([
    [...externalLabels].sort(),
    endpoint.write_relabel_config,
    endpoint.protobuf_message,
    endpoint.send_exemplars,
    endpoint.send_native_histograms,
    endpoint.queue_config.max_samples_per_send,
    endpoint.queue_config.sample_age_limit,
    endpoint.metadata_config,
  ])
}

/** Turns batches into the requests of one or several endpoints with equal keys. */
export class Encoding {
  readonly key: string
  private readonly mapper: BatchMapper
  private readonly encoder: BatchEncoder
  private readonly laneParts = new LaneParts()
  private readonly schedule: MetadataSchedule
  private readonly sendsMetadata: boolean
  private readonly metadataPerRequest: number
  private readonly ageLimitMs: number

  constructor(externalLabels: ReadonlyMap<string, string>, endpoint: EndpointArguments) {
    const { queue_config: queue, metadata_config: metadata } = endpoint
    this.key = encodingKey(externalLabels, endpoint)
    this.mapper = new BatchMapper(seriesTransform(externalLabels, endpoint.write_relabel_config))
    this.encoder = new BatchEncoder({
      version: protobufMessages[endpoint.protobuf_message],
      maxItems: queue.max_samples_per_send,
      sendExemplars: endpoint.send_exemplars,
      sendHistograms: endpoint.send_native_histograms,
    })
    this.schedule = new MetadataSchedule(metadata.send_interval)
    this.sendsMetadata = metadata.send
    this.metadataPerRequest = metadata.max_samples_per_send
    this.ageLimitMs = queue.sample_age_limit
  }

  /**
   * In steps. `now` is wall time in milliseconds; the requests are cut into as many groups of lanes, a power of two.
   */
  *encode(batch: MetricBatch, now: number, groups: number): Generator<undefined, EncodedBatch, undefined> {
    yield* this.mapper.prepare(batch.series)
    const parts = this.mapper.parts(batch)
    const oldest = this.ageLimitMs > 0 ? now - this.ageLimitMs : -Infinity
    const mapped = youngEnough(batch, parts.mapped, oldest)
    const histograms = parts.histograms.filter(({ timestamp }) => timestamp >= oldest)
    const exemplars = parts.exemplars.filter(({ timestamp }) => timestamp >= oldest)
    const metadata = this.sendsMetadata ? parts.metadata : []
    const input = { batch: { ...batch, metadata }, mapped, histograms, exemplars }
    yield
    const { requests, unsupportedHistograms } = yield* this.encodeParts(input, groups)
    const due: readonly MetricMetadata[] = this.schedule.due(metadata, now)
    return {
      requests: [
        ...requests,
        ...this.encoder.encodeMetadata(due, this.metadataPerRequest).map((request) => ({ ...request, lanes: 0 })),
      ],
      drops: [
        { kind: 'samples', reason: 'dropped_series', count: parts.droppedSamples } as const,
        { kind: 'histograms', reason: 'dropped_series', count: parts.droppedHistograms } as const,
        { kind: 'exemplars', reason: 'dropped_series', count: parts.droppedExemplars } as const,
        { kind: 'samples', reason: 'too_old', count: parts.mapped.series.length - mapped.series.length } as const,
        { kind: 'histograms', reason: 'too_old', count: parts.histograms.length - histograms.length } as const,
        { kind: 'exemplars', reason: 'too_old', count: parts.exemplars.length - exemplars.length } as const,
        { kind: 'histograms', reason: 'nhcb_in_rw1_not_supported', count: unsupportedHistograms } as const,
      ].filter(({ count }) => count > 0),
      taken: () => this.schedule.remember(due, now),
    }
  }

  private *encodeParts(
    input: EncodeInput,
    groups: number,
  ): Generator<undefined, { requests: LanedRequest[]; unsupportedHistograms: number }, undefined> {
    const requests: LanedRequest[] = []
    let unsupportedHistograms = 0
    for (const { lanes, content } of yield* this.laneParts.ofInput(input, groups)) {
      const encoded = yield* this.encoder.steps(content)
      for (const request of encoded.requests) requests.push({ ...request, lanes })
      unsupportedHistograms += encoded.unsupportedHistograms
    }
    return { requests, unsupportedHistograms }
  }
}

/** Leaves out samples older than `oldest`. */
function youngEnough(batch: MetricBatch, mapped: MappedSeries, oldest: number): MappedSeries {
  const { series, indexes } = mapped
  if (oldest === -Infinity) return mapped
  if (typeof batch.timestamps === 'number') {
    return batch.timestamps >= oldest ? mapped : { series: [], indexes: undefined, dropped: 0 }
  }
  const sourceOf = (i: number): number => (indexes === undefined ? i : indexes[i])
  const kept = series.map((_, i) => i).filter((i) => timestampAt(batch, sourceOf(i)) >= oldest)
  if (kept.length === series.length) return mapped
  return { series: kept.map((i) => series[i]), indexes: Uint32Array.from(kept, sourceOf), dropped: 0 }
}
