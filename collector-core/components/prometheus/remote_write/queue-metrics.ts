import type { Counter, Gauge, MetricScope } from '../../../telemetry/metric-scope.ts'
import { defaultBuckets } from '../../../telemetry/metric-scope.ts'
import type { RequestCounts } from '../../../wire/remote_write/envelope.ts'
import type { EncodingDrop } from './encoding.ts'
import type { Pending } from './pending-kinds.ts'

const prefix = 'prometheus_remote_storage_'
const queueLabels = ['remote_name', 'url']
const kinds = ['samples', 'exemplars', 'histograms', 'metadata'] as const
const droppedKinds = ['samples', 'exemplars', 'histograms'] as const

type Kind = (typeof kinds)[number]
type ByKind = Readonly<Record<Kind, Counter>>

/** What the queue of an endpoint looks like at a moment. */
export interface QueueState {
  readonly pending: Pending
  readonly capacity: number
  readonly maxSamplesPerSend: number
  /** Requests that may be under way at once, as many as would be right, and the bounds. */
  readonly shards: number
  readonly shardsDesired: number
  readonly min: number
  readonly max: number
}

/** The metrics of all queues of a component, under Prometheus' names. */
export class QueueMetrics {
  private readonly metrics: MetricScope
  private readonly attempted: ByKind
  private readonly failed: ByKind
  private readonly retried: ByKind
  private readonly dropped: Readonly<Record<EncodingDrop['kind'], Counter>>
  private readonly notQueued: Counter
  private readonly corruptions: Counter
  private readonly bytes: Counter
  private readonly metadataBytes: Counter
  private readonly duration: ReturnType<MetricScope['histogram']>
  private readonly highest: Gauge
  private readonly highestSent: Gauge
  private readonly states: Readonly<Record<string, Gauge>>

  constructor(metrics: MetricScope) {
    this.metrics = metrics
    this.attempted = this.byKind('total', 'sent, tries again included')
    this.failed = this.byKind('failed_total', 'given up because the server refused them')
    this.retried = this.byKind('retried_total', 'sent again')
    const dropped = (kind: string): Counter =>
      metrics.counter(`${prefix}${kind}_dropped_total`, `Number of ${kind} left out before sending.`, [
        ...queueLabels,
        'reason',
      ])
    this.dropped = {
      samples: dropped('samples'),
      exemplars: dropped('exemplars'),
      histograms: dropped('histograms'),
    }
    this.notQueued = metrics.counter(
      `${prefix}enqueue_retries_total`,
      'Times the queue took nothing because the disk is full or fails, or because too much waits for it.',
      queueLabels,
    )
    this.corruptions = metrics.counter(
      'prometheus_remote_write_wal_corruptions_total',
      'Stretches of a queue on disk that could not be read.',
    )
    this.bytes = metrics.counter(`${prefix}bytes_total`, 'Compressed bytes of data delivered.', queueLabels)
    this.metadataBytes = metrics.counter(
      `${prefix}metadata_bytes_total`,
      'Compressed bytes of metadata delivered.',
      queueLabels,
    )
    this.duration = metrics.histogram(
      `${prefix}sent_batch_duration_seconds`,
      'How long delivering a request took.',
      [...defaultBuckets, 25, 60, 120, 300],
      queueLabels,
    )
    this.highest = this.gauge('queue_highest_timestamp_seconds', 'Newest timestamp that was queued.')
    this.highestSent = this.gauge('queue_highest_sent_timestamp_seconds', 'Newest timestamp that was delivered.')
    this.states = {
      samples_pending: this.gauge('samples_pending', 'Samples and metadata waiting on disk.'),
      exemplars_pending: this.gauge('exemplars_pending', 'Exemplars waiting on disk, of those this run took in.'),
      histograms_pending: this.gauge('histograms_pending', 'Histograms waiting on disk, of those this run took in.'),
      shard_capacity: this.gauge('shard_capacity', 'Items a shard reads ahead.'),
      shards: this.gauge('shards', 'Requests that may be under way at once.'),
      shards_max: this.gauge('shards_max', 'Most requests under way at once.'),
      shards_min: this.gauge('shards_min', 'Fewest requests under way at once.'),
      shards_desired: this.gauge('shards_desired', 'Requests under way at once that would keep up, without bounds.'),
      max_samples_per_send: this.gauge('max_samples_per_send', 'Most items in one request.'),
    }
  }

  /** The metrics of one endpoint. */
  of(name: string, url: string): EndpointMetrics {
    const labels = [name, url]
    this.notQueued.add(0, labels)
    const addTo = (counters: ByKind, counts: RequestCounts): void => {
      for (const kind of kinds) if (counts[kind] > 0) counters[kind].add(counts[kind], labels)
    }
    return {
      queued: (highestMs) => this.highest.set(highestMs / 1000, labels),
      attempted: (counts) => addTo(this.attempted, counts),
      failed: (counts) => addTo(this.failed, counts),
      retried: (counts) => addTo(this.retried, counts),
      corrupted: () => this.corruptions.add(1),
      notQueued: () => this.notQueued.add(1, labels),
      dropped: ({ kind, reason, count }) => this.dropped[kind].add(count, [...labels, reason]),
      droppedAll: (counts, reason) => {
        for (const kind of droppedKinds) if (counts[kind] > 0) this.dropped[kind].add(counts[kind], [...labels, reason])
      },
      delivered: (counts, bytes, tookMs) => {
        const onlyMetadata = counts.samples + counts.exemplars + counts.histograms === 0
        ;(onlyMetadata ? this.metadataBytes : this.bytes).add(bytes, labels)
        this.duration.observe(tookMs / 1000, labels)
        if (!onlyMetadata) this.highestSent.set(counts.highestTimestamp / 1000, labels)
      },
      state: (state) => {
        const values: Record<string, number> = {
          samples_pending: state.pending.samples,
          exemplars_pending: state.pending.exemplars,
          histograms_pending: state.pending.histograms,
          shard_capacity: state.capacity,
          shards: state.shards,
          shards_max: state.max,
          shards_min: state.min,
          shards_desired: state.shardsDesired,
          max_samples_per_send: state.maxSamplesPerSend,
        }
        for (const [gauge, value] of Object.entries(values)) this.states[gauge].set(value, labels)
      },
      forget: () => {
        for (const gauge of [this.highest, this.highestSent, ...Object.values(this.states)]) gauge.remove(labels)
      },
    }
  }

  private byKind(suffix: string, what: string): ByKind {
    const counter = (kind: Kind): Counter =>
      this.metrics.counter(`${prefix}${kind}_${suffix}`, `Number of ${kind} ${what}.`, queueLabels)
    return {
      samples: counter('samples'),
      exemplars: counter('exemplars'),
      histograms: counter('histograms'),
      metadata: counter('metadata'),
    }
  }

  private gauge(name: string, help: string): Gauge {
    return this.metrics.gauge(prefix + name, help, queueLabels)
  }
}

/** Counts for one endpoint. */
export interface EndpointMetrics {
  queued(highestMs: number): void
  attempted(counts: RequestCounts): void
  failed(counts: RequestCounts): void
  retried(counts: RequestCounts): void
  /** Something was offered to the queue in vain. */
  notQueued(): void
  corrupted(): void
  dropped(drop: { readonly kind: EncodingDrop['kind']; readonly reason: string; readonly count: number }): void
  droppedAll(counts: RequestCounts, reason: string): void
  delivered(counts: RequestCounts, bytes: number, tookMs: number): void
  state(state: QueueState): void
  /** Takes the gauges away. */
  forget(): void
}
