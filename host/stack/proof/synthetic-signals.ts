import { compress } from '../../../collector-core/wire/snappy/compress.ts'
import { BuilderV1 } from '../../../collector-core/wire/remote_write/builder-v1.ts'
import { Labels } from '../../../collector-core/signal/labels.ts'

/** The service all synthetic signals belong to. */
export const proofService = 'weir-proof'
export const proofMetric = 'weir_proof_total'

/** What is sent: ids are random, so that nothing older can be taken for it. */
export interface Synthetic {
  readonly traceId: string
  readonly spanId: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

const nanos = (ms: number): string => `${ms}000000`
const resource = { attributes: [{ key: 'service.name', value: { stringValue: proofService } }] }
const scope = { name: 'weir' }

/** OTLP/JSON of one span of 5 ms. */
export function otlpTrace({ traceId, spanId, at }: Synthetic): string {
  const span = {
    traceId,
    spanId,
    name: 'proof',
    kind: 2,
    startTimeUnixNano: nanos(at),
    endTimeUnixNano: nanos(at + 5),
    status: { code: 1 },
    // Samplers by chance let it pass.
    attributes: [{ key: 'sampling.priority', value: { intValue: '1' } }],
  }
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope, spans: [span] }] }] })
}

/** OTLP/JSON of one record that belongs to the span; its line holds the trace id as well. */
export function otlpLog({ traceId, spanId, at }: Synthetic): string {
  const record = {
    timeUnixNano: nanos(at),
    observedTimeUnixNano: nanos(at),
    severityNumber: 9,
    severityText: 'INFO',
    body: { stringValue: proofLine(traceId) },
    traceId,
    spanId,
  }
  return JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords: [record] }] }] })
}

/** OTLP/JSON of a counter whose exemplar names the trace. */
export function otlpMetric({ traceId, spanId, at }: Synthetic): string {
  const point = {
    attributes: [],
    startTimeUnixNano: nanos(at - 1000),
    timeUnixNano: nanos(at),
    asDouble: 1,
    exemplars: [{ timeUnixNano: nanos(at), asDouble: 1, traceId, spanId }],
  }
  const metric = {
    name: proofMetric,
    description: 'Synthetic signal that proves the way from Weir to the backends.',
    sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints: [point] },
  }
  return JSON.stringify({ resourceMetrics: [{ resource, scopeMetrics: [{ scope, metrics: [metric] }] }] })
}

/** Loki's JSON push of the same line. */
export function lokiPush({ traceId, spanId, at }: Synthetic): string {
  const values = [[nanos(at), proofLine(traceId), { trace_id: traceId, span_id: spanId }]]
  return JSON.stringify({ streams: [{ stream: { service_name: proofService }, values }] })
}

/** Remote write 1.0 of the same counter, compressed. */
export function remoteWrite({ traceId, at }: Synthetic): Uint8Array {
  const builder = new BuilderV1()
  const series = Labels.from({ __name__: proofMetric, job: proofService })
  builder.addSample(series, 1, at, false)
  builder.addExemplar({ series, labels: Labels.from({ trace_id: traceId }), value: 1, timestamp: at })
  return compress(builder.finish().bytes)
}

const proofLine = (traceId: string): string => `weir proof trace_id=${traceId}`
