// The queue of one tenant of one endpoint: what it is offered, how it is sent, what became of it.
import { join } from 'node:path'
import type { FileSystem } from '../../../outbox/file-system.ts'
import { openOutbox } from '../../../outbox/outbox.ts'
import type { Outbox, OutboxRequest, OutboxSettings, OutboxStatus } from '../../../outbox/outbox.ts'
import type { ComponentContext } from '../../../runtime/component.ts'
import { accepted } from '../../../signal/receiver.ts'
import type { Acceptance } from '../../../signal/receiver.ts'
import type { EncodedPush } from '../../../wire/loki/push-encoder.ts'
import type { EndpointArguments } from './definition.ts'
import { encodeTenant } from './endpoint-identity.ts'
import { createdAt, sealPush, splitRequest } from './push-fragment.ts'
import type { SentPush } from './sender.ts'
import type { TenantMetrics } from './write-metrics.ts'

const defaultQueueBytes = 1024 ** 3
/** Tries after which a server that does not take lines is worth telling. */
const patience = 5
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
  /** Why the queue needs attention. */
  trouble: string | undefined
  private readonly owner: QueueOwner
  private readonly context: ComponentContext
  private readonly metrics: TenantMetrics
  private readonly outbox: Outbox
  private readonly stopping = new AbortController()
  private running: Promise<void> | undefined
  private lastStatus = -1
  private refusals = 0
  private searching = false

  constructor(tenant: string, owner: QueueOwner, context: ComponentContext, metrics: TenantMetrics) {
    this.tenant = tenant
    this.owner = owner
    this.context = context
    this.metrics = metrics
    this.outbox = openOutbox({
      directory: join(owner.directory, `queue-${encodeTenant(tenant)}`),
      clock: context.clock,
      random: context.random,
      log: context.log,
      ...(owner.files && { files: owner.files }),
      ...settingsOf(owner.args()),
      send: (request, stop) => this.send(request, stop),
      split: (request) => (this.searching && this.refusals > mostRefusals ? undefined : splitRequest(request)),
      onDelivered: (request) => this.delivered(request),
      onDropped: (items, reason, detail) => this.dropped(items, reason, detail),
      onRetry: (request, reason) => this.retried(request, reason),
    })
  }

  get status(): OutboxStatus {
    return this.outbox.status()
  }

  /** Drains the queue until `stop`. */
  start(): void {
    this.running ??= this.outbox.run(this.stopping.signal).catch((error: unknown) => {
      this.changeTrouble(error instanceof Error ? error.message : String(error))
      this.context.log.error('the queue could not be opened', { ...this.fields, error: this.trouble })
    })
  }

  async stop(): Promise<void> {
    this.stopping.abort()
    await this.running
  }

  reconfigure(): void {
    this.outbox.reconfigure(settingsOf(this.owner.args()))
  }

  /** Settles once every push is durable. */
  async offer(push: EncodedPush): Promise<Acceptance> {
    const answer = await this.outbox.offer(sealPush(push, this.context.clock.now()))
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

  private get fields(): Record<string, unknown> {
    return { endpoint: this.owner.name, tenant: this.tenant }
  }

  private async send(request: OutboxRequest, stop: AbortSignal): Promise<SentPush['outcome']> {
    const { outcome, status, bytes, tookMs, leftOut } = await this.owner.send(request, this.tenant, stop)
    this.lastStatus = status
    this.metrics.attempted(status, tookMs / 1000, bytes)
    if (leftOut !== undefined) this.giveUp(leftOut.count, 0, 'ingester_error', leftOut.words)
    this.searching = outcome.kind === 'rejected' && outcome.split === 'bisect'
    if (this.searching) this.refusals++
    if (outcome.kind === 'delivered') {
      this.refusals = 0
      this.metrics.delivered(request.items - (leftOut?.count ?? 0), bytes)
      this.changeTrouble(undefined)
    } else if (outcome.kind === 'rejected' && outcome.unauthorized) {
      this.changeTrouble(`the server refuses the credentials; correct them, nothing is lost (${outcome.reason})`)
    } else if (outcome.kind === 'retry' && (request.attempt >= patience || status === 404 || status === 405)) {
      this.changeTrouble(`not delivering, trying again (${outcome.reason})`)
    }
    return outcome
  }

  private delivered({ fragments }: OutboxRequest): void {
    const now = this.context.clock.now()
    for (const fragment of fragments) this.metrics.propagated(Math.max(now - createdAt(fragment), 0) / 1000)
  }

  private retried({ attempt }: OutboxRequest, reason: string): void {
    this.metrics.retried()
    const fields = { ...this.fields, attempt: attempt + 1, reason }
    // The first failures are worth a line each; a long outage is not worth thousands.
    if (attempt < patience || attempt % 100 === 0) this.context.log.warn('sending failed, retrying', fields)
    else this.context.log.debug('sending failed, retrying', fields)
  }

  private dropped(items: number, reason: string, detail: string): void {
    const sent = reason === 'rejected' || reason === 'retries_exhausted'
    this.giveUp(items, 0, sent ? (this.lastStatus === 429 ? 'rate_limited' : 'ingester_error') : reason, detail)
  }

  private changeTrouble(trouble: string | undefined): void {
    if (trouble === this.trouble) return
    this.trouble = trouble
    this.owner.onHealth()
  }
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
