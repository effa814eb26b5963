// One endpoint: its queue on disk, its sender, its metrics and its health.
import { join } from 'node:path'
import type { EndpointIdentity } from '../../../delivery/endpoint-identity.ts'
import { EndpointQueue } from '../../../delivery/endpoint-queue.ts'
import type { ExporterWorld } from '../../../delivery/exporter-world.ts'
import { laneCount } from '../../../delivery/lanes.ts'
import { LossLog } from '../../../delivery/loss-log.ts'
import { RefusedParts } from '../../../delivery/refused-parts.ts'
import type { Outcome } from '../../../net/http-outcome.ts'
import { redactUrl } from '../../../language/redact-url.ts'
import type { OutboxRequest, OutboxSettings } from '../../../outbox/outbox.ts'
import type { QueueState } from '../../../protocol.ts'
import type { ComponentContext, DebugStatement } from '../../../runtime/component.ts'
import type { Acceptance } from '../../../signal/receiver.ts'
import { mergeAcceptances } from '../../../signal/fan-out.ts'
import { addCounts, noCounts } from '../../../wire/remote_write/envelope.ts'
import { protobufMessages } from '../../../wire/remote_write/request-builder.ts'
import type { EndpointArguments } from './definition.ts'
import type { EncodedBatch } from './encoding.ts'
import { PendingKinds } from './pending-kinds.ts'
import type { EndpointMetrics, QueueMetrics } from './queue-metrics.ts'
import { blockBytes, countsOf, Sender, splitOutboxRequest } from './sender.ts'
import { ShardCount } from './shard-count.ts'
import type { ShardBounds } from './shard-count.ts'

/** Bytes a queue may take on disk; then the oldest requests make room. */
export const queueBytes = 1024 ** 3
const largestRequest = 4 * 1024 * 1024
/** Time in the queue, beyond that for filling a request, from which on there is a backlog. */
const backlogAfterMs = 5_000

export class Endpoint {
  readonly identity: EndpointIdentity
  private args: EndpointArguments
  private readonly context: ComponentContext
  private readonly world: ExporterWorld
  private readonly queueMetrics: QueueMetrics
  private metrics: EndpointMetrics
  private sender: Sender
  private readonly queue: EndpointQueue
  private readonly refusedParts = new RefusedParts()
  private readonly losses: LossLog
  private readonly kinds = new PendingKinds()
  private highestQueued = -Infinity
  private readonly shards: ShardCount

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
    this.losses = new LossLog(context.log, context.clock, { endpoint: identity.name })
    this.shards = new ShardCount(shardBounds(args), context.clock.monotonic())
    this.queue = new EndpointQueue({
      context,
      directory: join(context.dataDirectory, identity.directory),
      fields: { endpoint: identity.name },
      ...(world.files && { files: world.files }),
      maxBytes: queueBytes,
      onFull: 'drop_oldest',
      ...settingsOf(args),
      parallel: () => this.shards.current,
      readAheadItems: () => this.args.queue_config.capacity * this.shards.current,
      send: (request, stop) => this.send(request, stop),
      split: (request) => (this.refusedParts.isHopeless(request) ? undefined : splitOutboxRequest(request)),
      onDelivered: (request, tookMs) => this.delivered(request, tookMs),
      onDropped: (items, reason, detail, request) => this.dropped(items, reason, detail, request),
      onRetry: (request) => this.retried(request),
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
    this.losses.flush()
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
    this.shards.bound(shardBounds(args))
    this.queue.reconfigure(settingsOf(args))
    before.retire()
  }

  /** Groups of lanes to cut what is offered into. */
  get groups(): number {
    const { oldestAt } = this.queue.status
    const waited = oldestAt === undefined ? 0 : this.context.clock.now() - oldestAt
    return this.shards.groups(waited > this.args.queue_config.batch_send_deadline + backlogAfterMs)
  }

  async offer({ requests, drops }: EncodedBatch): Promise<Acceptance> {
    for (const drop of drops) this.metrics.dropped(drop)
    const offers = requests.map(({ body, items, size, lanes }) => this.queue.offer({ body, items, size, lanes }))
    const acceptance = mergeAcceptances(await Promise.all(offers))
    if (acceptance.kind === 'refused') this.metrics.notQueued()
    else {
      this.kinds.taken(requests.reduce((sum, { counts }) => addCounts(sum, counts), noCounts))
      for (const { counts, items } of requests) {
        this.highestQueued = Math.max(this.highestQueued, counts.highestTimestamp)
        this.shards.noteTaken(items)
      }
      this.shards.review(this.context.clock.monotonic(), this.queue.status.queuedItems)
      if (this.highestQueued > -Infinity) this.metrics.queued(this.highestQueued)
    }
    return acceptance
  }

  reportState(): void {
    const { queue_config: queue } = this.args
    this.metrics.state({
      pending: this.kinds.of(this.queue.status.queuedItems),
      capacity: queue.capacity,
      maxSamplesPerSend: queue.max_samples_per_send,
      shards: this.shards.current,
      shardsDesired: this.shards.desired,
      ...shardBounds(this.args),
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
      body: [
        { kind: 'attribute', name: 'url', value: this.shownUrl },
        { kind: 'attribute', name: 'shards', value: this.shards.current },
        ...this.queue.debugInfo('queued_items'),
      ],
    }
  }

  private get shownUrl(): string {
    return redactUrl(this.args.url)
  }

  private senderOf(args: EndpointArguments): Sender {
    return new Sender(args, this.world.createClient(args), this.context.clock)
  }

  private async send(request: OutboxRequest, stop: AbortSignal): Promise<Outcome> {
    this.metrics.attempted(countsOf(request))
    const outcome = await this.sender.send(request, stop)
    this.refusedParts.note(request, outcome)
    return outcome
  }

  private delivered(request: OutboxRequest, tookMs: number): void {
    const counts = countsOf(request)
    this.kinds.done(counts)
    this.metrics.delivered(counts, blockBytes(request), tookMs)
    const now = this.context.clock.monotonic()
    this.shards.noteSent(request.items, tookMs, now)
    this.shards.review(now, this.queue.status.queuedItems)
  }

  private retried(request: OutboxRequest): void {
    this.metrics.retried(countsOf(request))
    this.shards.noteFailed(this.context.clock.monotonic())
  }

  private dropped(items: number, reason: string, detail: string, request?: OutboxRequest): void {
    const counts = request && countsOf(request)
    if (counts !== undefined) this.kinds.done(counts)
    if (reason === 'rejected' && counts !== undefined) this.metrics.failed(counts)
    else if (counts !== undefined) this.metrics.droppedAll(counts, reason)
    else this.metrics.dropped({ kind: 'samples', reason, count: items })
    if (reason === 'corrupted') this.metrics.corrupted()
    this.context.drop(items, reason)
    this.losses.note(items, reason, detail)
  }
}

function shardBounds({ queue_config: { min_shards: min, max_shards: max } }: EndpointArguments): ShardBounds {
  const most = Math.min(max, laneCount)
  return { min: Math.min(min, most), max: most }
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
