// An application with OpenTelemetry SDKs: makes spans, log records and metrics, and exports exactly those over any of the
// three official transports.
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { SeverityNumber } from '@opentelemetry/api-logs'
import { OTLPLogExporter as LogsOverGrpc } from '@opentelemetry/exporter-logs-otlp-grpc'
import { OTLPLogExporter as LogsAsJson } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPLogExporter as LogsAsProtobuf } from '@opentelemetry/exporter-logs-otlp-proto'
import { OTLPMetricExporter as MetricsOverGrpc } from '@opentelemetry/exporter-metrics-otlp-grpc'
import { OTLPMetricExporter as MetricsAsJson } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPMetricExporter as MetricsAsProtobuf } from '@opentelemetry/exporter-metrics-otlp-proto'
import { OTLPTraceExporter as TracesOverGrpc } from '@opentelemetry/exporter-trace-otlp-grpc'
import { OTLPTraceExporter as TracesAsJson } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as TracesAsProtobuf } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import {
  AggregationTemporality,
  AggregationType,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'

// The SDKs read this when an exporter is made.
process.env.OTEL_EXPORTER_OTLP_COMPRESSION = 'gzip'

const resource = resourceFromAttributes({
  'service.name': 'checkout',
  'service.instance.id': 'instance-1',
  'process.pid': 4242,
  regions: ['eu', 'us'],
})

/** Spans in parent-child pairs, with every kind of attribute, events, links and error states, each with its number. */
export function makeSpans(count: number, first = 0): ReadableSpan[] {
  const memory = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ resource, spanProcessors: [new SimpleSpanProcessor(memory)] })
  const tracer = provider.getTracer('e2e', '1.2.3', { schemaUrl: 'https://example.org/schema' })
  for (let number = first; number < first + count; number += 2) {
    const parent = tracer.startSpan(`request ${number}`, {
      kind: SpanKind.SERVER,
      attributes: {
        number: String(number),
        path: '/pay/ümläut',
        ok: true,
        size: 9007199254740991,
        ratio: 0.25,
        tags: ['a', 'b'],
      },
    })
    if (number + 1 < first + count) {
      const child = tracer.startSpan(
        `query ${number + 1}`,
        {
          kind: SpanKind.CLIENT,
          attributes: { number: String(number + 1) },
          links: [{ context: parent.spanContext(), attributes: { why: 'retry' } }],
        },
        trace.setSpan(ROOT_CONTEXT, parent),
      )
      child.addEvent('cache miss', { key: 'k1', tries: 3 })
      child.setStatus({ code: SpanStatusCode.ERROR, message: 'timed out' })
      child.end()
    }
    parent.end()
  }
  return memory.getFinishedSpans()
}

/** Log records with bodies of several kinds, each with its number. */
export function makeLogRecords(count: number, first = 0): ReadableLogRecord[] {
  const memory = new InMemoryLogRecordExporter()
  const provider = new LoggerProvider({ resource, processors: [new SimpleLogRecordProcessor({ exporter: memory })] })
  const logger = provider.getLogger('e2e', '1.2.3')
  for (let number = first; number < first + count; number++) {
    logger.emit({
      severityNumber: number % 2 === 0 ? SeverityNumber.INFO : SeverityNumber.ERROR,
      severityText: number % 2 === 0 ? 'INFO' : 'ERROR',
      body: number % 3 === 0 ? { text: `record ${number}`, parts: [1, 2.5, 'x', true] } : `record ${number} – done`,
      attributes: { number: String(number), nested: { deep: { value: 1 } } },
      timestamp: Date.now(),
    })
  }
  return memory.getFinishedLogRecords()
}

/** One collection of every kind of instrument; each export of it is the same. */
export async function makeMetrics(): Promise<ResourceMetrics> {
  const memory = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter: memory, exportIntervalMillis: 3_600_000 })
  const provider = new MeterProvider({
    resource,
    readers: [reader],
    views: [{ instrumentName: 'sizes', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }],
  })
  const meter = provider.getMeter('e2e', '1.2.3')
  const orders = meter.createCounter('orders', { unit: '1', description: 'Orders taken' })
  const queue = meter.createUpDownCounter('queue', { unit: '{items}' })
  const latency = meter.createHistogram('latency', { unit: 's', advice: { explicitBucketBoundaries: [0.1, 1, 10] } })
  const sizes = meter.createHistogram('sizes', { unit: 'By' })
  meter.createObservableGauge('temperature').addCallback((result) => result.observe(21.5, { room: 'a' }))
  for (let number = 0; number < 50; number++) {
    orders.add(1, { shop: `shop-${number % 5}` })
    queue.add(number % 2 === 0 ? 2 : -1)
    latency.record(number / 10, { shop: `shop-${number % 5}` })
    sizes.record(1.7 ** (number % 13))
  }
  await reader.forceFlush()
  const [collected] = memory.getMetrics()
  return collected
}

/** A way from the SDK to an OTLP server. */
export interface Transport {
  readonly name: 'grpc' | 'http/protobuf' | 'http/json'
  spans(spans: ReadableSpan[]): Promise<void>
  logRecords(records: ReadableLogRecord[]): Promise<void>
  metrics(metrics: ResourceMetrics): Promise<void>
}

interface Exporter<T> {
  export(items: T, done: (result: { readonly code: number; readonly error?: Error }) => void): void
  shutdown(): Promise<void>
}

export function overGrpc(endpoint: string): Transport {
  const url = `http://${endpoint}`
  return {
    name: 'grpc',
    spans: (spans) => exported(new TracesOverGrpc({ url }), spans),
    logRecords: (records) => exported(new LogsOverGrpc({ url }), records),
    metrics: (metrics) => exported(new MetricsOverGrpc({ url }), metrics),
  }
}

export function asProtobuf(endpoint: string): Transport {
  const url = (kind: string): string => `http://${endpoint}/v1/${kind}`
  return {
    name: 'http/protobuf',
    spans: (spans) => exported(new TracesAsProtobuf({ url: url('traces') }), spans),
    logRecords: (records) => exported(new LogsAsProtobuf({ url: url('logs') }), records),
    metrics: (metrics) => exported(new MetricsAsProtobuf({ url: url('metrics') }), metrics),
  }
}

export function asJson(endpoint: string): Transport {
  const url = (kind: string): string => `http://${endpoint}/v1/${kind}`
  return {
    name: 'http/json',
    spans: (spans) => exported(new TracesAsJson({ url: url('traces') }), spans),
    logRecords: (records) => exported(new LogsAsJson({ url: url('logs') }), records),
    metrics: (metrics) => exported(new MetricsAsJson({ url: url('metrics') }), metrics),
  }
}

/** Resolves once the server said it took the items; rejects with what it said otherwise. */
async function exported<T>(exporter: Exporter<T>, items: T): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      exporter.export(items, ({ code, error }) =>
        code === 0 ? resolve() : reject(error ?? new Error('export failed')),
      )
    })
  } finally {
    await exporter.shutdown()
  }
}
