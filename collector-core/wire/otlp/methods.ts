import type { OtlpKind } from '../../signal/otlp-batch.ts'

/** The unary export method of each kind of data. */
export const exportMethods: Readonly<Record<OtlpKind, string>> = {
  traces: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
  metrics: '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
  logs: '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
}

/** The kind of data a method exports. */
export function kindOfMethod(method: string): OtlpKind | undefined {
  return (Object.keys(exportMethods) as OtlpKind[]).find((kind) => exportMethods[kind] === method)
}
