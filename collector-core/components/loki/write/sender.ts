import { RetiringClient } from '../../../delivery/retiring-client.ts'
import type { HttpClient } from '../../../net/http-arguments.ts'
import type { Outcome } from '../../../net/http-outcome.ts'
import type { OutboxRequest } from '../../../outbox/outbox.ts'
import type { Clock } from '../../../runtime/clock.ts'
import type { EndpointArguments } from './definition.ts'
import { requestBody } from './push-fragment.ts'
import { pushOutcome } from './push-outcome.ts'
import type { PushOutcome } from './push-outcome.ts'

/** Bytes of an error answer that are read. */
const answerBytes = 16 * 1024

/** A push that was tried; `status` is -1 when there was no answer. */
export interface SentPush extends PushOutcome {
  readonly status: number
  readonly bytes: number
  readonly tookMs: number
}

/** Sends pushes to one endpoint under one set of arguments. */
export class Sender {
  private readonly endpoint: EndpointArguments
  private readonly client: RetiringClient
  private readonly clock: Clock

  constructor(endpoint: EndpointArguments, client: HttpClient, clock: Clock) {
    this.endpoint = endpoint
    this.client = new RetiringClient(client)
    this.clock = clock
  }

  async send(request: OutboxRequest, tenant: string, stop: AbortSignal): Promise<SentPush> {
    const { url, remote_timeout: timeoutMs, retry_on_http_429: retryOn429 } = this.endpoint
    const body = requestBody(request)
    if (body === undefined) {
      const outcome: Outcome = { kind: 'rejected', reason: 'the queue holds lines this version of Weir cannot read' }
      return { outcome, status: -1, bytes: 0, tookMs: 0 }
    }
    const bytes = body.reduce((sum, part) => sum + part.length, 0)
    const startedAt = this.clock.monotonic()
    const result = await this.client.send({
      method: 'POST',
      url,
      headers: this.headers(tenant),
      body,
      timeoutMs,
      limits: { bodyBytes: answerBytes, excess: 'truncate' },
      signal: stop,
      // Loki ignores lines it already has.
      idempotent: true,
    })
    const tookMs = this.clock.monotonic() - startedAt
    const status = result.kind === 'failure' ? -1 : result.status
    return {
      ...pushOutcome(result, { url, items: request.items, retryOn429, now: this.clock.now() }),
      status,
      bytes,
      tookMs,
    }
  }

  /** Closes the connections once no request is under way. */
  retire(): void {
    this.client.retire()
  }

  private headers(tenant: string): Map<string, string> {
    const headers = new Map([
      ['Content-Type', 'application/x-protobuf'],
      ['Content-Encoding', 'snappy'],
    ])
    if (tenant !== '') headers.set('X-Scope-OrgID', tenant)
    const taken = new Set([...headers.keys(), 'User-Agent'].map((name) => name.toLowerCase()))
    for (const [name, value] of this.endpoint.headers)
      if (!taken.has(name.toLowerCase())) headers.set(name, value.reveal())
    return headers
  }
}
