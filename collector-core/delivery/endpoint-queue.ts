// A queue on disk in front of an endpoint, with what people want to know of it: whether it gets rid of what it holds, and
// why not. A queue that cannot be opened is a problem of its endpoint alone.
import type { Outcome } from '../net/http-outcome.ts'
import { openOutbox } from '../outbox/outbox.ts'
import type { Fragment, Outbox, OutboxOptions, OutboxRequest, OutboxSettings, OutboxStatus } from '../outbox/outbox.ts'
import type { ComponentContext, DebugStatement } from '../runtime/component.ts'
import type { QueueState } from '../protocol.ts'
import type { Acceptance } from '../signal/receiver.ts'
import { queueState } from './queue-state.ts'

/** Tries after which a server that does not take what it is sent is worth telling. */
const patience = 5

export interface EndpointQueueOptions
  extends OutboxSettings, Pick<OutboxOptions, 'directory' | 'files' | 'onDelivered' | 'onDropped'> {
  readonly context: ComponentContext
  /** Says in each log line whose queue it is. */
  readonly fields: Readonly<Record<string, unknown>>
  onRetry(request: OutboxRequest): void
  /** The trouble changed. */
  onHealth(): void
}

export class EndpointQueue {
  private readonly options: EndpointQueueOptions
  private readonly outbox: Outbox
  private readonly stopping = new AbortController()
  private running: Promise<void> | undefined
  private current: string | undefined
  /** Requests given up on end because the server refused them. */
  private refused = 0

  constructor(options: EndpointQueueOptions) {
    this.options = options
    const { clock, random, log } = options.context
    this.outbox = openOutbox({
      ...options,
      clock,
      random,
      log,
      send: (request, stop) => this.send(request, stop),
      onDropped: (items, reason, detail, request) => {
        options.onDropped(items, reason, detail, request)
        if (reason === 'rejected' && ++this.refused >= patience)
          this.changeTrouble(`the server refuses what it is sent, which is given up (${detail})`)
      },
      onRetry: (request, reason) => {
        options.onRetry(request)
        this.logRetry(request, reason)
      },
    })
  }

  get status(): OutboxStatus {
    return this.outbox.status()
  }

  get queue(): QueueState {
    return queueState(this.status)
  }

  /** Why sending needs attention. */
  get trouble(): string | undefined {
    return this.current
  }

  /** Drains the queue until `stop`. */
  start(): void {
    this.running ??= this.outbox.run(this.stopping.signal).catch((error: unknown) => {
      const { context, fields } = this.options
      this.changeTrouble(error instanceof Error ? error.message : String(error))
      context.log.error('the queue could not be opened', { ...fields, error: this.current })
    })
  }

  /** Sends what it can in a short time and releases the directory; what is left stays there. */
  async stop(): Promise<void> {
    this.stopping.abort()
    await this.running
  }

  reconfigure(changes: Partial<Omit<OutboxSettings, 'send'>>): void {
    this.outbox.reconfigure(changes)
  }

  /** Settles once the fragment is durable. */
  offer(fragment: Fragment): Promise<Acceptance> {
    return this.outbox.offer(fragment)
  }

  /** The queue as debug info; `items` names what is counted. */
  debugInfo(items: string): DebugStatement[] {
    const { state, queuedItems, queuedBytes, oldestAt, lastError } = this.status
    const values: Record<string, unknown> = {
      state,
      [items]: queuedItems,
      queued_bytes: queuedBytes,
      oldest_queued_at: oldestAt === undefined ? undefined : new Date(oldestAt).toISOString(),
      last_error: this.current ?? lastError,
    }
    return Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => ({ kind: 'attribute', name, value }))
  }

  private async send(request: OutboxRequest, stop: AbortSignal): Promise<Outcome> {
    const outcome = await this.options.send(request, stop)
    if (outcome.kind === 'delivered') {
      this.refused = 0
      this.changeTrouble(undefined)
    } else if (outcome.kind === 'rejected' && outcome.unauthorized) {
      this.changeTrouble(`the server refuses the credentials; correct them, nothing is lost (${outcome.reason})`)
    } else if (outcome.kind === 'retry' && (request.attempt >= patience || isWrongAddress(outcome.status))) {
      this.changeTrouble(`not delivering, trying again (${outcome.reason})`)
    }
    return outcome
  }

  private logRetry({ attempt }: OutboxRequest, reason: string): void {
    const { context, fields } = this.options
    // The first failures are worth a line each; a long outage is not worth thousands.
    const level = attempt < patience || attempt % 100 === 0 ? 'warn' : 'debug'
    context.log[level]('sending failed, retrying', { ...fields, attempt: attempt + 1, reason })
  }

  private changeTrouble(trouble: string | undefined): void {
    if (trouble === this.current) return
    this.current = trouble
    this.options.onHealth()
  }
}

/** Waiting alone does not mend a wrong address. */
function isWrongAddress(status: number | undefined): boolean {
  return status === 404 || status === 405
}
