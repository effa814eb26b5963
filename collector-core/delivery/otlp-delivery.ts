// What both OTLP exporters share: an outbox per kind of data in front of a sender, with the Collector's metric names.
import { join } from 'node:path'
import type { OutboxSettings } from '../outbox/outbox.ts'
import type { QueueState } from '../protocol.ts'
import { untilStopped } from '../runtime/component.ts'
import type { ComponentContext, DebugInfo, DebugStatement } from '../runtime/component.ts'
import type { RetryArguments, SendingQueueArguments } from '../schema/otelcol-fields.ts'
import { mergeAcceptances } from '../signal/fan-out.ts'
import type { OtlpBatch, OtlpKind } from '../signal/otlp-batch.ts'
import { refused } from '../signal/receiver.ts'
import type { Acceptance, Receiver } from '../signal/receiver.ts'
import { metricItemNames } from '../wire/otlp/layout.ts'
import { splitItems } from '../wire/otlp/split.ts'
import { kindDirectory } from './endpoint-identity.ts'
import type { Destination } from './endpoint-identity.ts'
import { KindQueue } from './kind-queue.ts'
import { LeftQueues } from './left-queues.ts'
import { PoisonSearch } from './poison-search.ts'
import { queueState, sumQueues } from './queue-state.ts'
import type { SendOutcome } from './poison-search.ts'

export type { SendOutcome } from './poison-search.ts'

const kinds: readonly OtlpKind[] = ['traces', 'metrics', 'logs']

/** Bytes on disk per kind of data when the config sets no bound. */
const defaultMaxBytes = 1024 * 1024 * 1024
/** What may be waiting is sent together up to this, without waiting for more: below the 4 MiB that gRPC servers take. */
const backlogBatch = { maxItems: 8192, maxSize: 1024 * 1024, maxAgeMs: 0 }
/** A batch counted in items stays below what servers take. */
const largestBatchBytes = 3 * 1024 * 1024

export interface DeliverySettings {
  /** What the Collector calls this kind of exporter in its metrics. */
  readonly exporter: 'otlp' | 'otlphttp'
  readonly sending_queue: SendingQueueArguments
  readonly retry_on_failure: RetryArguments
  /** Where a kind of data goes and as whom. */
  destination(kind: OtlpKind): Destination
  /** Why a kind of data has nowhere to go; undefined when it has. */
  nowhere?(kind: OtlpKind): string | undefined
  /** Sends one request of one kind: the pieces, put together, are an uncompressed protobuf export request. */
  send(kind: OtlpKind, pieces: readonly Uint8Array[], stop: AbortSignal): Promise<SendOutcome>
}

/** Queues batches durably and delivers them. */
export class OtlpDelivery {
  readonly input: Receiver<'otlp'>
  private readonly context: ComponentContext
  private readonly searches: Readonly<Record<OtlpKind, PoisonSearch>>
  private readonly queues: Record<OtlpKind, KindQueue>
  private readonly left: LeftQueues
  private readonly refusedItems: Readonly<Record<OtlpKind, (items: number) => void>>
  private readonly failing = new Map<OtlpKind, string>()
  private settings: DeliverySettings

  constructor(context: ComponentContext, settings: DeliverySettings) {
    this.context = context
    this.settings = settings
    this.searches = forEachKind((kind) => new PoisonSearch(kind))
    this.left = new LeftQueues(context)
    this.queues = forEachKind((kind) => this.queueOf(kind))
    this.refusedItems = forEachKind((kind) => this.counter(kind, 'enqueue_failed', 'Items the queue did not take.'))
    this.input = { signal: 'otlp', accept: (batch) => this.accept(batch) }
    this.reportQueues()
  }

  /** Takes effect at once; settles when what it replaces has come to rest. */
  async reconfigure(settings: DeliverySettings): Promise<void> {
    this.settings = settings
    const replaced: KindQueue[] = []
    for (const kind of kinds) {
      const queue = this.queues[kind]
      if (queue.directory === this.directoryOf(kind)) {
        queue.reconfigure(this.outboxSettings(kind))
      } else {
        replaced.push(queue)
        this.queues[kind] = this.queueOf(kind)
      }
    }
    await Promise.all(replaced.map((queue) => queue.retire()))
    if (replaced.length > 0 && this.running) await this.start()
  }

  async run(stop: AbortSignal): Promise<void> {
    this.running = true
    await this.start()
    await untilStopped(stop)
    await Promise.all(kinds.map((kind) => this.queues[kind].stop()))
  }

  private async start(): Promise<void> {
    const owned = kinds.map((kind) => this.queues[kind].directory)
    await this.left.claim(
      owned,
      kinds.map((kind) => (name: string) => name.startsWith(`${kind}-`)),
    )
    for (const kind of kinds) {
      this.queues[kind].start((reason) => {
        this.context.log.error('the queue could not be opened', { kind, error: reason })
        this.report(kind, reason)
      })
    }
    if (this.left.sentence !== undefined) this.reportHealth()
  }

  queue(): QueueState {
    return sumQueues(kinds.map((kind) => queueState(this.queues[kind].status)))
  }

  debugInfo(): DebugInfo {
    const queues = kinds.map((kind): DebugStatement => {
      const { queuedItems, queuedBytes, oldestAt, lastError, state } = this.queues[kind].status
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
    return [...queues, ...this.left.debugInfo()]
  }

  private async accept({ kind, bytes, items }: OtlpBatch): Promise<Acceptance> {
    const nowhere = this.settings.nowhere?.(kind)
    if (nowhere !== undefined) return refused(nowhere, false)
    const { batch } = this.settings.sending_queue
    const maxItems = batch?.sizer === 'items' && batch.max_size > 0 ? batch.max_size : Infinity
    const offer = (piece: Uint8Array, count: number): Promise<Acceptance> =>
      this.queues[kind].offer({ body: piece, items: count, size: piece.length, lanes: 0 })
    const acceptance =
      items <= maxItems
        ? await offer(bytes, items)
        : mergeAcceptances(
            await Promise.all(splitItems(kind, bytes, maxItems).map((piece) => offer(piece.bytes, piece.items))),
          )
    if (acceptance.kind === 'refused') this.refusedItems[kind](items)
    return acceptance
  }

  private directoryOf(kind: OtlpKind): string {
    return kindDirectory(kind, this.settings.destination(kind))
  }

  private queueOf(kind: OtlpKind): KindQueue {
    const { context } = this
    const directory = this.directoryOf(kind)
    const sent = this.counter(kind, 'sent', 'Items the server took.')
    const failed = this.counter(kind, 'send_failed', 'Items given up.')
    return new KindQueue(directory, {
      ...this.outboxSettings(kind),
      directory: join(context.dataDirectory, directory),
      clock: context.clock,
      random: context.random,
      log: context.log,
      onDelivered: ({ items }) => {
        sent(items)
        this.report(kind, undefined)
      },
      onDropped: (items, reason, detail) => {
        failed(items)
        context.drop(items, reason)
        context.log.error('items were not delivered and are given up', { kind, items, reason, detail })
        this.report(kind, detail)
      },
      onRetry: (_, reason) => this.report(kind, reason),
    })
  }

  private outboxSettings(kind: OtlpKind): OutboxSettings {
    const { sending_queue: queue, retry_on_failure: retry } = this.settings
    const search = this.searches[kind]
    const elapsed = retry.max_elapsed_time
    return {
      maxBytes: queue.sizer === 'bytes' && queue.queue_size !== undefined ? queue.queue_size : defaultMaxBytes,
      onFull: queue.block_on_overflow ? 'block' : 'refuse',
      batch: batchOf(queue),
      // OTLP promises no order.
      parallel: () => this.settings.sending_queue.num_consumers,
      retry: {
        minBackoffMs: retry.initial_interval,
        maxBackoffMs: retry.max_interval,
        multiplier: retry.multiplier,
        jitter: retry.randomization_factor,
        ...(elapsed !== undefined && elapsed > 0 && { maxElapsedMs: elapsed }),
        ...(!retry.enabled && { maxAttempts: 1 }),
      },
      send: async (request, stop) => {
        // Requests of a kind merge by concatenation, since all their fields are repeated.
        const pieces = request.fragments.map(({ body }) => body)
        return search.judge(request, await this.settings.send(kind, pieces, stop))
      },
      split: (request) => search.split(request),
    }
  }

  /** Unhealthy while any kind of data does not get through. */
  private report(kind: OtlpKind, problem: string | undefined): void {
    if (this.failing.get(kind) === problem && problem !== undefined) return
    if (problem !== undefined) this.failing.set(kind, problem)
    else if (!this.failing.delete(kind) && this.reported) return
    this.reportHealth()
  }

  private reportHealth(): void {
    this.reported = true
    const problems = [...this.failing].map(([failed, reason]) => `${failed}: ${reason}`)
    const { sentence = [] } = this.left
    const message = (problems.length === 0 ? ['delivering'] : problems).concat(sentence).join('; ')
    this.context.report({ state: problems.length === 0 ? 'healthy' : 'unhealthy', message })
  }

  private running = false

  private reported = false

  private get exporterLabel(): string {
    return `${this.settings.exporter}/${this.context.id}`
  }

  private counter(kind: OtlpKind, verb: string, help: string): (items: number) => void {
    const { exporterLabel: exporter } = this
    const name = `otelcol_exporter_${verb}_${metricItemNames[kind]}_total`
    const made = this.context.metrics.counter(name, help, ['exporter'])
    made.add(0, [exporter])
    return (items) => made.add(items, [exporter])
  }

  private reportQueues(): void {
    const { metrics } = this.context
    const labels = ['exporter', 'data_type']
    const size = metrics.gauge('otelcol_exporter_queue_size', 'Requests waiting to be sent.', labels)
    const room = metrics.gauge(
      'otelcol_exporter_queue_capacity',
      'Requests the queue would hold, by the bytes it may take and the size of those in it.',
      labels,
    )
    const underWay = metrics.gauge('otelcol_exporter_in_flight_requests', 'Requests under way.', labels)
    const bytes = metrics.gauge('weir_exporter_queue_bytes', 'Bytes of the queue on disk.', labels)
    const capacity = metrics.gauge('weir_exporter_queue_capacity_bytes', 'Bytes the queue may take on disk.', labels)
    metrics.beforeScrape(() => {
      for (const kind of kinds) {
        const { queuedRequests, queuedBytes, underWay: sending } = this.queues[kind].status
        const { maxBytes } = this.outboxSettings(kind)
        const of = [this.exporterLabel, kind]
        size.set(queuedRequests, of)
        room.set(requestsThatFit(maxBytes, queuedRequests, queuedBytes), of)
        underWay.set(sending, of)
        bytes.set(queuedBytes, of)
        capacity.set(maxBytes, of)
      }
    })
  }
}

function forEachKind<T>(make: (kind: OtlpKind) => T): Readonly<Record<OtlpKind, T>> {
  return { traces: make('traces'), metrics: make('metrics'), logs: make('logs') }
}

/** Without anything to go by, requests are taken to be as large as they get. */
function requestsThatFit(maxBytes: number, requests: number, bytes: number): number {
  return Math.floor(maxBytes / (requests > 0 && bytes > 0 ? bytes / requests : backlogBatch.maxSize))
}

function batchOf({ batch }: SendingQueueArguments): OutboxSettings['batch'] {
  if (batch === undefined) return backlogBatch
  const { max_size: max, min_size: min, flush_timeout: maxAgeMs, sizer } = batch
  const limit = max > 0 ? max : Infinity
  const enough = min > 0 ? Math.min(min, limit) : limit
  return sizer === 'items'
    ? { maxItems: limit, enoughItems: enough, maxSize: largestBatchBytes, maxAgeMs }
    : { maxItems: Infinity, maxSize: limit, enoughSize: enough, maxAgeMs }
}
