// One endpoint: its queue on disk, its sender, its metrics and its health.
import { join } from 'node:path'
import type { HttpClient } from '../../../net/http-arguments.ts'
import type { Outcome } from '../../../net/http-outcome.ts'
import { redactUrl } from '../../../net/redact-url.ts'
import type { FileSystem } from '../../../outbox/file-system.ts'
import { openOutbox } from '../../../outbox/outbox.ts'
import type { Outbox, OutboxRequest, OutboxSettings } from '../../../outbox/outbox.ts'
import type { ComponentContext, DebugStatement } from '../../../runtime/component.ts'
import type { Acceptance } from '../../../signal/receiver.ts'
import { mergeAcceptances } from '../../../signal/fan-out.ts'
import type { EncodedRequest } from '../../../wire/remote_write/batch-encoder.ts'
import { noCounts } from '../../../wire/remote_write/envelope.ts'
import type { RequestCounts } from '../../../wire/remote_write/envelope.ts'
import { protobufMessages } from '../../../wire/remote_write/request-builder.ts'
import type { EndpointArguments } from './definition.ts'
import type { EncodedBatch } from './encoding.ts'
import type { EndpointIdentity } from './endpoint-identity.ts'
import type { EndpointMetrics, QueueMetrics } from './queue-metrics.ts'
import { blockBytes, countsOf, Sender, splitOutboxRequest } from './sender.ts'

/** Bytes a queue may take on disk; then the oldest requests make room. */
export const queueBytes = 1024 ** 3
const largestRequest = 4 * 1024 * 1024
/** Tries after which a server that does not answer is worth telling. */
const patience = 5

/** What endpoints need from outside; tests put their own in. */
export interface EndpointWorld {
  readonly createClient: (args: EndpointArguments) => HttpClient
  readonly files?: FileSystem
}

export class Endpoint {
  readonly identity: EndpointIdentity
  private args: EndpointArguments
  private readonly context: ComponentContext
  private readonly world: EndpointWorld
  private readonly onHealth: () => void
  private readonly queueMetrics: QueueMetrics
  private metrics: EndpointMetrics
  private sender: Sender
  private readonly outbox: Outbox
  private readonly stopping = new AbortController()
  private running: Promise<void> | undefined
  private lastSent: { readonly items: number; readonly counts: RequestCounts } | undefined
  private trouble: string | undefined
  private highestQueued = -Infinity

  constructor(
    identity: EndpointIdentity,
    args: EndpointArguments,
    context: ComponentContext,
    world: EndpointWorld,
    queueMetrics: QueueMetrics,
    onHealth: () => void,
  ) {
    this.identity = identity
    this.args = args
    this.context = context
    this.world = world
    this.queueMetrics = queueMetrics
    this.onHealth = onHealth
    this.metrics = queueMetrics.of(identity.name, this.shownUrl)
    this.sender = this.senderOf(args)
    this.outbox = openOutbox({
      directory: join(context.dataDirectory, identity.directory),
      clock: context.clock,
      random: context.random,
      log: context.log,
      ...(world.files && { files: world.files }),
      maxBytes: queueBytes,
      onFull: 'drop_oldest',
      ...settingsOf(args),
      send: (request, stop) => this.send(request, stop),
      split: splitOutboxRequest,
      onDelivered: (request, tookMs) => this.delivered(request, tookMs),
      onDropped: (items, reason, detail) => this.dropped(items, reason, detail),
      onRetry: (request, reason) => this.retried(request, reason),
    })
  }

  /** Why the endpoint needs attention. */
  get problem(): string | undefined {
    const { state, lastError } = this.outbox.status()
    if (this.trouble !== undefined) return `${this.shownUrl}: ${this.trouble}`
    return state === 'failed' ? `the queue of ${this.shownUrl}: ${lastError ?? 'the disk cannot be used'}` : undefined
  }

  /** Drains the queue until `stop`; a queue that cannot be opened is a problem of this endpoint alone. */
  start(): void {
    this.running ??= this.outbox.run(this.stopping.signal).catch((error: unknown) => {
      this.trouble = error instanceof Error ? error.message : String(error)
      this.context.log.error('the queue could not be opened', { endpoint: this.identity.name, error: this.trouble })
      this.onHealth()
    })
  }

  /** Sends what it can in a short time and releases the directory; what is left stays there. */
  async stop(): Promise<void> {
    this.stopping.abort()
    await this.running
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
    this.outbox.reconfigure({ ...settingsOf(args), send: (request, stop) => this.send(request, stop) })
    before.retire()
  }

  async offer({ requests, drops }: EncodedBatch): Promise<Acceptance> {
    for (const drop of drops) this.metrics.dropped(drop)
    const offers = requests.map(({ body, items, size }: EncodedRequest) => this.outbox.offer({ body, items, size }))
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
      pendingItems: this.outbox.status().queuedItems,
      capacity: queue.capacity,
      maxSamplesPerSend: queue.max_samples_per_send,
    })
  }

  debugInfo(): DebugStatement {
    const status = this.outbox.status()
    const { oldestAt } = status
    const values: Record<string, unknown> = {
      url: this.shownUrl,
      state: status.state,
      queued_items: status.queuedItems,
      queued_bytes: status.queuedBytes,
      oldest_queued_at: oldestAt === undefined ? undefined : new Date(oldestAt).toISOString(),
      last_error: this.trouble ?? status.lastError,
    }
    return {
      kind: 'block',
      name: 'endpoint',
      label: this.identity.name,
      body: Object.entries(values)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => ({ kind: 'attribute', name, value })),
    }
  }

  private get shownUrl(): string {
    return redactUrl(this.args.url)
  }

  private senderOf(args: EndpointArguments): Sender {
    return new Sender(args, this.world.createClient(args), this.context.clock)
  }

  private async send(request: OutboxRequest, stop: AbortSignal): Promise<Outcome> {
    const counts = countsOf(request)
    this.lastSent = { items: request.items, counts }
    this.metrics.attempted(counts)
    const outcome = await this.sender.send(request, stop)
    if (outcome.kind === 'delivered') this.changeTrouble(undefined)
    else if (outcome.kind === 'rejected' && outcome.unauthorized) {
      this.changeTrouble(`the server refuses the credentials; correct them, nothing is lost (${outcome.reason})`)
    } else if (outcome.kind === 'retry' && request.attempt >= patience) {
      this.changeTrouble(`not delivering, trying again (${outcome.reason})`)
    }
    return outcome
  }

  private delivered(request: OutboxRequest, tookMs: number): void {
    this.metrics.delivered(countsOf(request), blockBytes(request), tookMs)
  }

  private retried(request: OutboxRequest, reason: string): void {
    this.metrics.retried(countsOf(request))
    const fields = { endpoint: this.identity.name, attempt: request.attempt + 1, reason }
    // The first failures are worth a line each; a long outage is not worth thousands.
    if (request.attempt < patience || request.attempt % 100 === 0)
      this.context.log.warn('sending failed, retrying', fields)
    else this.context.log.debug('sending failed, retrying', fields)
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

  private changeTrouble(trouble: string | undefined): void {
    if (trouble === this.trouble) return
    this.trouble = trouble
    this.onHealth()
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
