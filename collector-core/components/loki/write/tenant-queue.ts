// The queue of one tenant of one endpoint: what it is offered, how it is sent, what became of it.
import { join } from 'node:path'
import { EndpointQueue } from '../../../delivery/endpoint-queue.ts'
import type { FileSystem } from '../../../outbox/file-system.ts'
import type { OutboxRequest, OutboxSettings, OutboxStatus } from '../../../outbox/outbox.ts'
import type { QueueState } from '../../../protocol.ts'
import type { ComponentContext, DebugStatement } from '../../../runtime/component.ts'
import { accepted } from '../../../signal/receiver.ts'
import type { Acceptance } from '../../../signal/receiver.ts'
import type { EncodedPush } from '../../../wire/loki/push-encoder.ts'
import type { EndpointArguments } from './definition.ts'
import { createdAt, sealPush, splitRequest } from './push-fragment.ts'
import type { SentPush } from './sender.ts'
import { encodeTenant } from './tenant-file-name.ts'
import type { TenantMetrics } from './write-metrics.ts'

const defaultQueueBytes = 1024 ** 3
/** Refusals on end after which a bad line is no longer searched for: a server that takes none has no end of them. */
const mostRefusals = 40
const kept = Number.MAX_SAFE_INTEGER

/** What a tenant's queue needs from its endpoint. */
export interface QueueOwner {
  readonly name: string
  readonly directory: string
  readonly files: FileSystem | undefined
  readonly args: () => EndpointArguments
  send(request: OutboxRequest, tenant: string, stop: AbortSignal): Promise<SentPush>
  onHealth(): void
}

export class TenantQueue {
  readonly tenant: string
  private readonly owner: QueueOwner
  private readonly context: ComponentContext
  private readonly metrics: TenantMetrics
  private readonly queue: EndpointQueue
  private refusals = 0
  /** What the server said last to requests it did not take. */
  private readonly answers = new WeakMap<OutboxRequest['fragments'], SentPush>()

  constructor(tenant: string, owner: QueueOwner, context: ComponentContext, metrics: TenantMetrics) {
    this.tenant = tenant
    this.owner = owner
    this.context = context
    this.metrics = metrics
    this.queue = new EndpointQueue({
      context,
      directory: join(owner.directory, `queue-${encodeTenant(tenant)}`),
      fields: this.fields,
      ...(owner.files && { files: owner.files }),
      ...settingsOf(owner.args()),
      parallel: () => owner.args().queue_config.min_shards,
      send: (request, stop) => this.send(request, stop),
      split: (request) => this.split(request),
      onDelivered: (request) => this.delivered(request),
      onDropped: (items, reason, detail, request) => this.dropped(items, reason, detail, request),
      onRetry: () => metrics.retried(),
      onHealth: () => owner.onHealth(),
    })
  }

  get status(): OutboxStatus {
    return this.queue.status
  }

  /** Why the queue needs attention. */
  get trouble(): string | undefined {
    return this.queue.trouble
  }

  /** Drains the queue until `stop`. */
  start(): void {
    this.queue.start()
  }

  stop(): Promise<void> {
    return this.queue.stop()
  }

  reconfigure(): void {
    this.queue.reconfigure(settingsOf(this.owner.args()))
  }

  /** Settles once the push is durable; `lanes` as an outbox wants them. */
  async offer(push: EncodedPush, lanes: number): Promise<Acceptance> {
    const answer = await this.queue.offer({ ...sealPush(push, this.context.clock.now()), lanes })
    if (answer.kind === 'accepted' || this.owner.args().queue_config.block_on_overflow || !answer.retryable)
      return answer
    this.giveUp(push.entries, push.size, 'queue_is_full', answer.reason)
    return accepted
  }

  /** Counts lines that will not be sent. */
  giveUp(entries: number, bytes: number, reason: string, detail: string): void {
    this.metrics.dropped(entries, bytes, reason)
    this.context.drop(entries, reason)
    this.context.log.warn('lines are given up', { ...this.fields, lines: entries, reason, detail })
  }

  get queueState(): QueueState {
    return this.queue.queue
  }

  debugInfo(): DebugStatement {
    return { kind: 'block', name: 'queue', label: this.tenant, body: this.queue.debugInfo('queued_lines') }
  }

  private get fields(): Record<string, unknown> {
    return { endpoint: this.owner.name, tenant: this.tenant }
  }

  private async send(request: OutboxRequest, stop: AbortSignal): Promise<SentPush['outcome']> {
    const answer = await this.owner.send(request, this.tenant, stop)
    const { outcome, status, bytes, tookMs, leftOut } = answer
    this.answers.set(request.fragments, answer)
    this.metrics.attempted(status, tookMs / 1000, bytes)
    if (leftOut !== undefined) this.giveUp(leftOut.count, 0, 'ingester_error', leftOut.words)
    if (isSearched(answer)) this.refusals++
    if (outcome.kind === 'delivered') {
      this.refusals = 0
      this.metrics.delivered(request.items - (leftOut?.count ?? 0), bytes)
    }
    return outcome
  }

  private delivered({ fragments }: OutboxRequest): void {
    const now = this.context.clock.now()
    for (const fragment of fragments) this.metrics.propagated(Math.max(now - createdAt(fragment), 0) / 1000)
  }

  private split(request: OutboxRequest): readonly [OutboxRequest, OutboxRequest] | undefined {
    const answer = this.answers.get(request.fragments)
    const hopeless = answer !== undefined && isSearched(answer) && this.refusals > mostRefusals
    return hopeless ? undefined : splitRequest(request)
  }

  private dropped(items: number, reason: string, detail: string, request?: OutboxRequest): void {
    const status = request && this.answers.get(request.fragments)?.status
    const sent = reason === 'rejected' || reason === 'retries_exhausted'
    this.giveUp(items, 0, sent ? (status === 429 ? 'rate_limited' : 'ingester_error') : reason, detail)
  }
}

/** Whether a bad line is being searched for. */
function isSearched({ outcome }: SentPush): boolean {
  return outcome.kind === 'rejected' && outcome.split === 'bisect'
}

function settingsOf(args: EndpointArguments): Pick<OutboxSettings, 'batch' | 'retry' | 'maxBytes' | 'onFull'> {
  const { queue_config: queue, max_backoff_retries: tries } = args
  return {
    maxBytes: queue.capacity ?? defaultQueueBytes,
    onFull: queue.block_on_overflow ? 'block' : 'refuse',
    batch: { maxItems: kept, maxSize: args.batch_size, maxAgeMs: args.batch_wait },
    retry: {
      minBackoffMs: args.min_backoff_period,
      maxBackoffMs: args.max_backoff_period,
      jitter: 'up',
      ...(tries !== undefined && tries > 0 && { maxAttempts: tries }),
    },
  }
}
