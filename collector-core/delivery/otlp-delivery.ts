// What both OTLP exporters share: an outbox per kind of data in front of a sender, with the Collector's metric names.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Outcome } from '../net/http-outcome.ts'
import { openOutbox } from '../outbox/outbox.ts'
import type { Outbox, OutboxRequest, OutboxSettings } from '../outbox/outbox.ts'
import type { ComponentContext, DebugInfo } from '../runtime/component.ts'
import type { RetryArguments, SendingQueueArguments } from '../schema/otelcol-fields.ts'
import type { OtlpBatch, OtlpKind } from '../signal/otlp-batch.ts'
import type { Acceptance, Receiver } from '../signal/receiver.ts'
import { metricItemNames } from '../wire/otlp/layout.ts'
import { splitItems } from '../wire/otlp/split.ts'

const kinds: readonly OtlpKind[] = ['traces', 'metrics', 'logs']

/** Bytes on disk per kind of data when the config sets no bound. */
const defaultMaxBytes = 1024 * 1024 * 1024

export interface DeliverySettings {
  readonly sending_queue: SendingQueueArguments
  readonly retry_on_failure: RetryArguments
  /** Sends one request of one kind; the bytes are an uncompressed protobuf export request. */
  send(kind: OtlpKind, request: Uint8Array, stop: AbortSignal): Promise<Outcome>
}

/** Queues batches durably and delivers them. */
export class OtlpDelivery {
  readonly input: Receiver<'otlp'>
  private readonly context: ComponentContext
  private readonly outboxes: Readonly<Record<OtlpKind, Outbox>>
  private settings: DeliverySettings

  constructor(context: ComponentContext, settings: DeliverySettings) {
    this.context = context
    this.settings = settings
    this.outboxes = { traces: this.open('traces'), metrics: this.open('metrics'), logs: this.open('logs') }
    this.input = { signal: 'otlp', accept: (batch) => this.accept(batch) }
    this.reportQueues()
  }

  reconfigure(settings: DeliverySettings): void {
    this.settings = settings
    for (const kind of kinds) this.outboxes[kind].reconfigure(outboxSettings(settings, kind))
  }

  async run(stop: AbortSignal): Promise<void> {
    await Promise.all(kinds.map((kind) => this.outboxes[kind].run(stop)))
  }

  debugInfo(): DebugInfo {
    return kinds.map((kind) => {
      const { queuedItems, queuedBytes, oldestAt, lastError, state } = this.outboxes[kind].status()
      const shown = { state, queued_items: queuedItems, queued_bytes: queuedBytes, last_error: lastError ?? '' }
      return {
        kind: 'block',
        name: 'queue',
        label: kind,
        body: [
          ...Object.entries(shown).map(([name, value]) => ({ kind: 'attribute', name, value }) as const),
          { kind: 'attribute', name: 'oldest', value: oldestAt === undefined ? null : new Date(oldestAt) },
        ],
      }
    })
  }

  private accept({ kind, bytes, items }: OtlpBatch): Promise<Acceptance> {
    return this.outboxes[kind].offer({ body: bytes, items, size: bytes.length })
  }

  private open(kind: OtlpKind): Outbox {
    const { context } = this
    const exporter = `otlp/${context.id}`
    const counter = (verb: string, help: string) => {
      const name = `otelcol_exporter_${verb}_${metricItemNames[kind]}_total`
      const made = context.metrics.counter(name, help, ['exporter'])
      made.add(0, [exporter])
      return (items: number): void => made.add(items, [exporter])
    }
    const sent = counter('sent', 'Items the server took.')
    const failed = counter('send_failed', 'Items given up.')
    const directory = join(context.dataDirectory, kind)
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    return openOutbox({
      ...outboxSettings(this.settings, kind),
      directory,
      clock: context.clock,
      random: context.random,
      log: context.log,
      onDelivered: ({ items }) => {
        sent(items)
        context.report({ state: 'healthy', message: 'delivering' })
      },
      onDropped: (items, reason, detail) => {
        failed(items)
        context.drop(items, reason)
        context.log.error('items were given up', { kind, items, reason, detail })
      },
      onRetry: (_, reason) => context.report({ state: 'unhealthy', message: reason }),
    })
  }

  private reportQueues(): void {
    const { metrics, id } = this.context
    const labels = ['exporter', 'data_type']
    const size = metrics.gauge('otelcol_exporter_queue_size', 'Requests waiting to be sent.', labels)
    const bytes = metrics.gauge('weir_exporter_queue_bytes', 'Bytes of the queue on disk.', labels)
    metrics.beforeScrape(() => {
      for (const kind of kinds) {
        const { queuedRequests, queuedBytes } = this.outboxes[kind].status()
        size.set(queuedRequests, [`otlp/${id}`, kind])
        bytes.set(queuedBytes, [`otlp/${id}`, kind])
      }
    })
  }
}

function outboxSettings(
  { sending_queue: queue, retry_on_failure: retry, send }: DeliverySettings,
  kind: OtlpKind,
): OutboxSettings {
  const { batch } = queue
  const elapsed = retry.max_elapsed_time
  return {
    maxBytes: queue.sizer === 'bytes' && queue.queue_size !== undefined ? queue.queue_size : defaultMaxBytes,
    onFull: queue.block_on_overflow ? 'block' : 'refuse',
    batch: {
      maxItems: batch?.sizer === 'items' && batch.max_size > 0 ? batch.max_size : batch ? Infinity : 1,
      maxSize: batch?.sizer === 'bytes' && batch.max_size > 0 ? batch.max_size : batch ? 8 * 1024 * 1024 : 1,
      maxAgeMs: batch?.flush_timeout ?? 0,
    },
    retry: {
      minBackoffMs: retry.initial_interval,
      maxBackoffMs: retry.max_interval,
      multiplier: retry.multiplier,
      jitter: retry.randomization_factor > 0 ? 'both' : 'none',
      ...(elapsed !== undefined && elapsed > 0 && { maxElapsedMs: elapsed }),
      ...(!retry.enabled && { maxAttempts: 1 }),
    },
    send: ({ fragments }, stop) => send(kind, merged(fragments), stop),
    split: (request) => halves(kind, request),
  }
}

/** Requests of one kind merge by concatenation, since all their fields are repeated. */
function merged(fragments: OutboxRequest['fragments']): Uint8Array {
  return fragments.length === 1 ? fragments[0].body : Buffer.concat(fragments.map(({ body }) => body))
}

function halves(kind: OtlpKind, request: OutboxRequest): readonly [OutboxRequest, OutboxRequest] | undefined {
  const { fragments, items, attempt } = request
  const part = (pieces: readonly OtlpBatch[]): OutboxRequest => ({
    fragments: pieces.map((piece) => ({ body: piece.bytes, items: piece.items, size: piece.bytes.length })),
    items: pieces.reduce((sum, piece) => sum + piece.items, 0),
    attempt,
  })
  const pieces = splitItems(kind, merged(fragments), Math.max(1, Math.ceil(items / 2)))
  if (pieces.length < 2) return undefined
  return [part(pieces.slice(0, 1)), part(pieces.slice(1))]
}
