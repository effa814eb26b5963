import { defaultBuckets } from '../../../telemetry/metric-scope.ts'
import type { MetricScope } from '../../../telemetry/metric-scope.ts'

const kib = 1024
const sizeBuckets = [1, 4, 16, 64, 256, 512, kib, 2 * kib, 4 * kib, 8 * kib, 16 * kib, 20 * kib].map((n) => n * kib)
const propagationBuckets = [0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600]

/** Why lines were not delivered; each is exposed from the start. */
export const dropReasons = [
  'ingester_error',
  'rate_limited',
  'stream_limited',
  'line_too_long',
  'queue_is_full',
  'empty_labels',
  'too_many_tenants',
] as const

/** The metrics of loki.write, per host and tenant. */
export class WriteMetrics {
  private readonly metrics: MetricScope

  constructor(metrics: MetricScope) {
    this.metrics = metrics
  }

  /** The metrics of one tenant of one endpoint; everything that counts starts at zero. */
  of(host: string, tenant: string) {
    const { metrics } = this
    const names = ['host', 'tenant']
    const labels = [host, tenant]
    const total = (name: string, help: string) => metrics.counter(`loki_write_${name}_total`, help, names)
    const byReason = (name: string, help: string) =>
      metrics.counter(`loki_write_${name}_total`, help, [...names, 'reason'])
    const sentBytes = total('sent_bytes', 'Compressed bytes that were delivered.')
    const sentEntries = total('sent_entries', 'Lines that were delivered.')
    const retries = total('batch_retries', 'Tries after the first one.')
    const droppedBytes = byReason('dropped_bytes', 'Bytes of lines that were given up.')
    const droppedEntries = byReason('dropped_entries', 'Lines that were given up.')
    const duration = metrics.histogram(
      'loki_write_request_duration_seconds',
      'How long requests took.',
      defaultBuckets,
      ['status_code', ...names],
    )
    const requestSize = metrics.histogram(
      'loki_write_request_size_bytes',
      'Compressed size of requests.',
      sizeBuckets,
      names,
    )
    const propagation = metrics.histogram(
      'loki_write_entry_propagation_latency_seconds',
      'Time from taking lines until they were delivered, per queued piece.',
      propagationBuckets,
      names,
    )
    for (const counter of [sentBytes, sentEntries, retries]) counter.add(0, labels)
    for (const reason of dropReasons) {
      droppedBytes.add(0, [...labels, reason])
      droppedEntries.add(0, [...labels, reason])
    }
    return {
      attempted: (status: number, seconds: number, bytes: number) => {
        duration.observe(seconds, [String(status), ...labels])
        requestSize.observe(bytes, labels)
      },
      delivered: (entries: number, bytes: number) => {
        sentEntries.add(entries, labels)
        sentBytes.add(bytes, labels)
      },
      propagated: (seconds: number) => propagation.observe(seconds, labels),
      retried: () => retries.add(1, labels),
      dropped: (entries: number, bytes: number, reason: string) => {
        droppedEntries.add(entries, [...labels, reason])
        droppedBytes.add(bytes, [...labels, reason])
      },
    }
  }
}

export type TenantMetrics = ReturnType<WriteMetrics['of']>
