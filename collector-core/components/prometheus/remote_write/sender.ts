// One outbox request over HTTP, and what its answer means.
import { fragmentHalves, requestOf } from '../../../delivery/fragment-halves.ts'
import { RetiringClient } from '../../../delivery/retiring-client.ts'
import { redactUrl } from '../../../language/redact-url.ts'
import type { HttpClient } from '../../../net/http-arguments.ts'
import { outcomeOf, remoteWriteRules } from '../../../net/http-outcome.ts'
import type { Outcome, OutcomeRules } from '../../../net/http-outcome.ts'
import type { ResponseHeaders } from '../../../net/http-message.ts'
import type { Revealable } from '../../../net/revealable.ts'
import type { OutboxRequest } from '../../../outbox/outbox-options.ts'
import type { Clock } from '../../../runtime/clock.ts'
import { compress } from '../../../wire/snappy/compress.ts'
import { uncompress } from '../../../wire/snappy/uncompress.ts'
import { addCounts, itemsOf, noCounts, open, seal } from '../../../wire/remote_write/envelope.ts'
import type { Envelope, RequestCounts } from '../../../wire/remote_write/envelope.ts'
import { joinBlocks } from '../../../wire/snappy/join-blocks.ts'
import type { RemoteWriteVersion } from '../../../wire/remote_write/request-builder.ts'
import { splitRequest } from '../../../wire/remote_write/split-request.ts'
import type { EndpointArguments } from './definition.ts'

/** Bytes of an error answer that are read; Prometheus shows as many. */
const answerBytes = 4096
const largestRequest = 64 * 1024 * 1024

const contentTypes: Record<RemoteWriteVersion, string> = {
  1: 'application/x-protobuf',
  2: 'application/x-protobuf;proto=io.prometheus.write.v2.Request',
}
const protocolVersions: Record<RemoteWriteVersion, string> = { 1: '0.1.0', 2: '2.0.0' }

/** Sends requests to one endpoint under one set of arguments. */
export class Sender {
  private readonly endpoint: EndpointArguments
  private readonly client: RetiringClient
  private readonly clock: Clock
  private readonly rules: OutcomeRules

  constructor(endpoint: EndpointArguments, client: HttpClient, clock: Clock) {
    this.endpoint = endpoint
    this.client = new RetiringClient(client)
    this.clock = clock
    this.rules = remoteWriteRules(endpoint.queue_config.retry_on_http_429)
  }

  async send(request: OutboxRequest, stop: AbortSignal): Promise<Outcome> {
    const envelopes = openAll(request)
    const body = envelopes && joinBlocks(envelopes.map(({ block }) => block))
    if (envelopes === undefined || body === undefined) {
      return { kind: 'rejected', reason: 'the queue holds a request this version of Weir cannot read' }
    }
    const [{ version }] = envelopes
    // Requests of v2 have a symbol table each and cannot be joined; the configured message may have changed since.
    if (envelopes.length > 1 && envelopes.some((one) => one.version === 2)) {
      return { kind: 'rejected', reason: 'requests of remote write 2.0 go one by one', split: 'half' }
    }
    const result = await this.client.send({
      method: 'POST',
      url: this.endpoint.url,
      headers: requestHeaders(version, request.attempt, this.endpoint.headers),
      body,
      timeoutMs: this.endpoint.remote_timeout,
      limits: { bodyBytes: answerBytes, excess: 'truncate' },
      signal: stop,
      // A receiver takes an exact repeat of a request without complaint.
      idempotent: true,
    })
    // Without an answer nothing speaks against the data itself, so it is never given up.
    if (result.kind === 'failure') return { kind: 'retry', reason: `${result.message}. ${result.nextStep}` }
    const outcome = atRightAddress(outcomeOf(result, this.rules, this.clock.now()), this.endpoint.url)
    if (outcome.kind !== 'delivered' || version === 1) return outcome
    return checkWritten(result.headers, countsOf(request)) ?? outcome
  }

  /** Closes the connections once no request is under way. */
  retire(): void {
    this.client.retire()
  }
}

/** An address that takes no metrics is tried again: it says nothing against the data, and a corrected url can take it all. */
function atRightAddress(outcome: Outcome, url: string): Outcome {
  if (outcome.kind !== 'rejected' || outcome.status === undefined) return outcome
  const { status, reason } = outcome
  if (status >= 300 && status < 400) return { kind: 'retry', status, reason }
  if (status !== 404 && status !== 405) return outcome
  const advice = /\/api\/v1\/(push|write)\/?(\?.*)?$/.test(url)
    ? 'check host, port and what stands in front of /api/v1, and whether the server takes remote write at all'
    : 'the url of Mimir usually ends in /api/v1/push, that of Prometheus in /api/v1/write'
  return { kind: 'retry', status, reason: `${reason}; nothing takes metrics at ${redactUrl(url)}: ${advice}` }
}

/** What a request holds, over all its fragments. */
export function countsOf(request: OutboxRequest): RequestCounts {
  return (openAll(request) ?? []).reduce((sum, { counts }) => addCounts(sum, counts), noCounts)
}

/** Compressed bytes of a request. */
export function blockBytes(request: OutboxRequest): number {
  return (openAll(request) ?? []).reduce((sum, { block }) => sum + block.length, 0)
}

/** Cuts a request in two: between fragments while there are several, then inside the one that is left. */
export function splitOutboxRequest(request: OutboxRequest): readonly [OutboxRequest, OutboxRequest] | undefined {
  const halves = fragmentHalves(request)
  if (halves !== undefined) return halves
  const envelope = open(request.fragments[0].body)
  if (envelope === undefined) return undefined
  const bytes = uncompress(envelope.block, largestRequest)
  const parts = 'kind' in bytes ? undefined : splitRequest(bytes, envelope.version)
  if (parts === undefined) return undefined
  const [first, second] = parts.map((part) => {
    const body = seal(envelope.version, part.counts, part.bytes.length, compress(part.bytes))
    return requestOf([{ body, items: itemsOf(part.counts), size: part.bytes.length }])
  })
  return [first, second]
}

function openAll(request: OutboxRequest): readonly Envelope[] | undefined {
  const envelopes: Envelope[] = []
  for (const { body } of request.fragments) {
    const envelope = open(body)
    if (envelope === undefined) return undefined
    envelopes.push(envelope)
  }
  return envelopes
}

function requestHeaders(
  version: RemoteWriteVersion,
  attempt: number,
  configured: ReadonlyMap<string, Revealable>,
): Map<string, string> {
  const headers = new Map([
    ['Content-Encoding', 'snappy'],
    ['Content-Type', contentTypes[version]],
    ['X-Prometheus-Remote-Write-Version', protocolVersions[version]],
  ])
  if (attempt > 0) headers.set('Retry-Attempt', String(attempt))
  for (const [name, value] of configured) {
    for (const other of headers.keys()) if (other.toLowerCase() === name.toLowerCase()) headers.delete(other)
    headers.set(name, value.reveal())
  }
  return headers
}

const writtenHeaders = ['samples', 'histograms', 'exemplars'].map((kind) => `x-prometheus-remote-write-${kind}-written`)

/** Remote write 2.0 demands that a server says how much it wrote; one that wrote nothing did not understand us. */
function checkWritten(headers: ResponseHeaders, counts: RequestCounts): Outcome | undefined {
  const sent = counts.samples + counts.exemplars + counts.histograms
  const written = writtenHeaders.reduce((sum, name) => sum + (Number(headers.get(name)) || 0), 0)
  if (sent === 0 || written > 0) return undefined
  return {
    kind: 'rejected',
    reason: `the server accepted ${sent} items but does not say that it wrote any; it may not speak remote write 2.0: set protobuf_message = "prometheus.WriteRequest"`,
  }
}
