// One endpoint: its queue on disk, its sender, its metrics and its health.
import { join } from 'node:path'
import type { EndpointIdentity } from '../../../delivery/endpoint-identity.ts'
import { EndpointQueue } from '../../../delivery/endpoint-queue.ts'
import type { ExporterWorld } from '../../../delivery/exporter-world.ts'
import type { Outcome } from '../../../net/http-outcome.ts'
import { redactUrl } from '../../../net/redact-url.ts'
import type { OutboxRequest, OutboxSettings } from '../../../outbox/outbox.ts'
import type { QueueState } from '../../../protocol.ts'
import type { ComponentContext, DebugStatement } from '../../../runtime/component.ts'
import type { Acceptance } from '../../../signal/receiver.ts'
import { mergeAcceptances } from '../../../signal/fan-out.ts'
import type { EncodedRequest } from '../../../wire/remote_write/batch-encoder.ts'
import { noCounts } from '../../../wire/remote_write/envelope.ts'
import type { RequestCounts } from '../../../wire/remote_write/envelope.ts'
import { protobufMessages } from '../../../wire/remote_write/request-builder.ts'
import type { EndpointArguments } from './definition.ts'
import type { EncodedBatch } from './encoding.ts'
import type { EndpointMetrics, QueueMetrics } from './queue-metrics.ts'
import { blockBytes, countsOf, Sender, splitOutboxRequest } from './sender.ts'

/** Bytes a queue may take on disk; then the oldest requests make room. */
export const queueBytes = 1024 ** 3
const largestRequest = 4 * 1024 * 1024

export class Endpoint {
  readonly identity: EndpointIdentity
  private args: EndpointArguments
  private readonly context: ComponentContext
  private readonly world: ExporterWorld
  private readonly queueMetrics: QueueMetrics
  private metrics: EndpointMetrics
  private sender: Sender
  private readonly queue: EndpointQueue
  private lastSent: { readonly items: number; readonly counts: RequestCounts } | undefined
  private highestQueued = -Infinity

  constructor(
    identity: EndpointIdentity,
    args: EndpointArguments,
    context: ComponentContext,
    world: ExporterWorld,
    queueMetrics: QueueMetrics,
    onHealth: () => void,
  ) {
    this.identity = identity
    this.args = args
    this.context = context
    this.world = world
    this.queueMetrics = queueMetrics
    this.metrics = queueMetrics.of(identity.name, this.shownUrl)
    this.sender = this.senderOf(args)
    this.queue = new EndpointQueue({
      context,
      directory: join(context.dataDirectory, identity.directory),
      fields: { endpoint: identity.name },
      ...(world.files && { files: world.files }),
      maxBytes: queueBytes,
      onFull: 'drop_oldest',
      ...settingsOf(args),
      send: (request, stop) => this.send(request, stop),
      split: splitOutboxRequest,
      onDelivered: (request, tookMs) => this.delivered(request, tookMs),
      onDropped: (items, reason, detail) => this.dropped(items, reason, detail),
      onRetry: (request) => this.metrics.retried(countsOf(request)),
      onHealth,
    })
  }

  /** Why the endpoint needs attention. */
  get problem(): string | undefined {
    const { trouble, status } = this.queue
    const { state, lastError } = status
    if (trouble !== undefined) return `${this.shownUrl}: ${trouble}`
    return state === 'failed' ? `the queue of ${this.shownUrl}: ${lastError ?? 'the disk cannot be used'}` : undefined
  }

  /** Drains the queue until `stop`. */
  start(): void {
    this.queue.start()
  }

  /** Sends what it can in a short time and releases the directory; what is left stays there. */
  async stop(): Promise<void> {
    await this.queue.stop()
    this.sender.retire()
    this.metrics.forget()
  }

  /** Applies arguments of the same identity; the queue goes on. */
  update(args: EndpointArguments): void {
    const before = this.sender
    const shownBefore = this.shownUrl
    this.args = args
    this.sender = this.senderOf(args)
    if (this.shownUrl !== shownBefore) {
      this.metrics.forget()
      this.metrics = this.queueMetrics.of(this.identity.name, this.shownUrl)
    }
    this.queue.reconfigure(settingsOf(args))
    before.retire()
  }

  async offer({ requests, drops }: EncodedBatch): Promise<Acceptance> {
    for (const drop of drops) this.metrics.dropped(drop)
    const offers = requests.map(({ body, items, size }: EncodedRequest) => this.queue.offer({ body, items, size }))
    const acceptance = mergeAcceptances(await Promise.all(offers))
    if (acceptance.kind === 'accepted') {
      for (const { counts } of requests) this.highestQueued = Math.max(this.highestQueued, counts.highestTimestamp)
      if (this.highestQueued > -Infinity) this.metrics.queued(this.highestQueued)
    }
    return acceptance
  }

  reportState(): void {
    const { queue_config: queue } = this.args
    this.metrics.state({
      pendingItems: this.queue.status.queuedItems,
      capacity: queue.capacity,
      maxSamplesPerSend: queue.max_samples_per_send,
    })
  }

  queueState(): QueueState {
    return this.queue.queue
  }

  debugInfo(): DebugStatement {
    return {
      kind: 'block',
      name: 'endpoint',
      label: this.identity.name,
      body: [{ kind: 'attribute', name: 'url', value: this.shownUrl }, ...this.queue.debugInfo('queued_items')],
    }
  }

  private get shownUrl(): string {
    return redactUrl(this.args.url)
  }

  private senderOf(args: EndpointArguments): Sender {
    return new Sender(args, this.world.createClient(args), this.context.clock)
  }

  private send(request: OutboxRequest, stop: AbortSignal): Promise<Outcome> {
    const counts = countsOf(request)
    this.lastSent = { items: request.items, counts }
    this.metrics.attempted(counts)
    return this.sender.send(request, stop)
  }

  private delivered(request: OutboxRequest, tookMs: number): void {
    this.metrics.delivered(countsOf(request), blockBytes(request), tookMs)
  }

  private dropped(items: number, reason: string, detail: string): void {
    const known = this.lastSent?.items === items ? this.lastSent.counts : { ...noCounts, samples: items }
    if (reason === 'rejected') this.metrics.failed(known)
    else this.metrics.dropped({ kind: 'samples', reason, count: items })
    this.context.drop(items, reason)
    this.context.log.error('items were not delivered and are given up', {
      endpoint: this.identity.name,
      items,
      reason,
      detail,
    })
  }
}

function settingsOf(args: EndpointArguments): Pick<OutboxSettings, 'batch' | 'retry'> {
  const { queue_config: queue, protobuf_message: message } = args
  const alone = protobufMessages[message] === 2
  return {
    batch: {
      // Requests of v2 have a symbol table each and cannot be joined.
      maxItems: alone ? 1 : queue.max_samples_per_send,
      maxSize: largestRequest,
      maxAgeMs: alone ? 0 : queue.batch_send_deadline,
    },
    retry: {
      minBackoffMs: queue.min_backoff,
      maxBackoffMs: queue.max_backoff,
      jitter: 'none',
      ...(queue.sample_age_limit > 0 && { maxAgeMs: queue.sample_age_limit }),
    },
  }
}
