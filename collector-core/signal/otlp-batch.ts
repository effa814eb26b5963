/** The three kinds of data OTLP carries. */
export type OtlpKind = 'traces' | 'metrics' | 'logs'

/** Values of the headers a request came with, by lower-case name. */
export type RequestMetadata = ReadonlyMap<string, readonly string[]>

/**
 * One OTLP export request as it came over the wire: `bytes` is a serialized `Export{Trace,Metrics,Logs}ServiceRequest`
 * (equally a serialized `TracesData`, `MetricsData` or `LogsData`), `items` its spans, data points or log records.
 * Concatenating the bytes of two batches of one kind is a valid batch. Valid only until the `accept` it was handed to settles.
 */
export interface OtlpBatch {
  readonly kind: OtlpKind
  readonly bytes: Uint8Array
  readonly items: number
  /** The headers of the request, where the receiver keeps them; for processors that go by them. */
  readonly metadata?: RequestMetadata
}
