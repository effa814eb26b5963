import type { Clock } from '../../../../runtime/clock.ts'
import type { Logger } from '../../../../runtime/logger.ts'
import { fanOut } from '../../../../signal/fan-out.ts'
import type { OtlpBatch, OtlpKind, RequestMetadata } from '../../../../signal/otlp-batch.ts'
import type { Acceptance, Receiver, Refused } from '../../../../signal/receiver.ts'
import type { Counter, MetricScope } from '../../../../telemetry/metric-scope.ts'
import { countItems } from '../../../../wire/otlp/count-items.ts'
import { metricItemNames } from '../../../../wire/otlp/layout.ts'

/** Receivers by kind of data; an empty list means the kind is not taken. */
export type Output = Readonly<Record<OtlpKind, readonly Receiver<'otlp'>[]>>

/** What became of a request. */
export type Intake =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'not-taken' }
  | { readonly kind: 'refused'; readonly refusal: Refused }

export type Transport = 'grpc' | 'http'

/** How often one kind of misdirected request is told of in the log, ms. */
const noticeEveryMs = 60_000

/** Counts requests and hands them on; the same behind gRPC and HTTP. */
export class RequestIntake {
  private readonly accepted: Readonly<Record<OtlpKind, Counter>>
  private readonly refused: Readonly<Record<OtlpKind, Counter>>
  private readonly failed: Readonly<Record<OtlpKind, Counter>>
  private readonly turnedAwayRequests: Counter
  private readonly receiver: string
  private readonly context: { readonly clock: Clock; readonly log: Logger }
  private readonly noticedAt = new Map<string, number>()
  private output!: Output
  private next!: Readonly<Record<OtlpKind, Receiver<'otlp'>>>

  constructor(
    context: { readonly id: string; readonly metrics: MetricScope; readonly clock: Clock; readonly log: Logger },
    output: Output,
  ) {
    const { metrics } = context
    this.context = context
    this.receiver = `otlp/${context.id}`
    const perKind = (verb: 'accepted' | 'refused' | 'failed', help: string): Record<OtlpKind, Counter> => {
      const counter = (kind: OtlpKind): Counter =>
        metrics.counter(`otelcol_receiver_${verb}_${metricItemNames[kind]}_total`, help, ['receiver', 'transport'])
      return { traces: counter('traces'), metrics: counter('metrics'), logs: counter('logs') }
    }
    this.accepted = perKind('accepted', 'Items handed to the pipeline.')
    this.refused = perKind('refused', 'Items the pipeline did not take.')
    this.failed = perKind('failed', 'Items lost to a mistake in Weir itself.')
    for (const transport of ['grpc', 'http']) {
      for (const kind of ['traces', 'metrics', 'logs'] as const) {
        for (const counters of [this.accepted, this.refused, this.failed]) {
          counters[kind].add(0, [this.receiver, transport])
        }
      }
    }
    this.turnedAwayRequests = metrics.counter(
      'weir_otlp_refused_requests_total',
      'Requests that were not understood or not meant for this receiver.',
      ['transport', 'reason'],
    )
    this.sendTo(output)
  }

  sendTo(output: Output): void {
    this.output = output
    this.next = {
      traces: fanOut('otlp', output.traces),
      metrics: fanOut('otlp', output.metrics),
      logs: fanOut('otlp', output.logs),
    }
  }

  /** Takes one protobuf request; an empty one succeeds without going anywhere. */
  async take(
    kind: OtlpKind,
    bytes: Uint8Array,
    transport: Transport,
    metadata: RequestMetadata | undefined,
  ): Promise<Intake> {
    if (this.output[kind].length === 0) return { kind: 'not-taken' }
    const items = countItems(kind, bytes)
    if (items === undefined) return { kind: 'malformed' }
    if (items === 0) return { kind: 'accepted' }
    const acceptance = await this.handOn({ kind, bytes, items, ...(metadata && { metadata }) }, transport)
    const counter = acceptance.kind === 'accepted' ? this.accepted[kind] : this.refused[kind]
    counter.add(items, [this.receiver, transport])
    return acceptance.kind === 'accepted' ? acceptance : { kind: 'refused', refusal: acceptance }
  }

  private async handOn(batch: OtlpBatch, transport: Transport): Promise<Acceptance> {
    try {
      return await this.next[batch.kind].accept(batch)
    } catch (error) {
      this.failed[batch.kind].add(batch.items, [this.receiver, transport])
      throw error
    }
  }

  /** Counts a request that did not get as far as the pipeline; a minute's first of its kind is told in the log. */
  turnedAway(transport: Transport, reason: string, detail: string): void {
    this.turnedAwayRequests.add(1, [transport, reason])
    const now = this.context.clock.monotonic()
    const key = `${transport} ${reason}`
    if (now - (this.noticedAt.get(key) ?? -Infinity) < noticeEveryMs) return
    this.noticedAt.set(key, now)
    this.context.log.warn('a request was turned away', { transport, reason, detail })
  }
}
