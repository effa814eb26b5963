// The OTLP messages (opentelemetry-proto 1.x) as tables: JSON name → field number and type. Used to translate between
// OTLP/JSON and protobuf and to print batches; the data path itself never decodes.
import type { OtlpKind } from '../../signal/otlp-batch.ts'

/** How a field is written; `id` is bytes that OTLP/JSON spells in hex instead of base64. */
export type ScalarType =
  | 'string'
  | 'bool'
  | 'double'
  | 'uint32'
  | 'int32'
  | 'sint32'
  | 'fixed32'
  | 'enum'
  | 'int64'
  | 'uint64'
  | 'fixed64'
  | 'sfixed64'
  | 'bytes'
  | 'id'

/** One field of a message; `packed` says how repeated scalars are written. */
export interface FieldSchema {
  readonly number: number
  readonly type: ScalarType | (() => MessageSchema)
  readonly repeated: boolean
}

/** A message: its fields by JSON name. */
export interface MessageSchema {
  readonly name: string
  readonly fields: ReadonlyMap<string, FieldSchema>
}

type Entry = readonly [number: number, type: FieldSchema['type'], repeated?: 'repeated']

function message(name: string, fields: Readonly<Record<string, Entry>>): MessageSchema {
  return {
    name,
    fields: new Map(
      Object.entries(fields).map(([jsonName, [number, type, repeated]]) => [
        jsonName,
        { number, type, repeated: repeated === 'repeated' },
      ]),
    ),
  }
}

const anyValue: MessageSchema = message('AnyValue', {
  stringValue: [1, 'string'],
  boolValue: [2, 'bool'],
  intValue: [3, 'int64'],
  doubleValue: [4, 'double'],
  arrayValue: [5, () => arrayValue],
  kvlistValue: [6, () => keyValueList],
  bytesValue: [7, 'bytes'],
})
const arrayValue = message('ArrayValue', { values: [1, () => anyValue, 'repeated'] })
const keyValue = message('KeyValue', { key: [1, 'string'], value: [2, () => anyValue] })
const keyValueList = message('KeyValueList', { values: [1, () => keyValue, 'repeated'] })

const entityRef = message('EntityRef', {
  schemaUrl: [1, 'string'],
  type: [2, 'string'],
  idKeys: [3, 'string', 'repeated'],
  descriptionKeys: [4, 'string', 'repeated'],
})
const resource = message('Resource', {
  attributes: [1, () => keyValue, 'repeated'],
  droppedAttributesCount: [2, 'uint32'],
  entityRefs: [3, () => entityRef, 'repeated'],
})
const scope = message('InstrumentationScope', {
  name: [1, 'string'],
  version: [2, 'string'],
  attributes: [3, () => keyValue, 'repeated'],
  droppedAttributesCount: [4, 'uint32'],
})

const status = message('Status', { message: [2, 'string'], code: [3, 'enum'] })
const spanEvent = message('Span.Event', {
  timeUnixNano: [1, 'fixed64'],
  name: [2, 'string'],
  attributes: [3, () => keyValue, 'repeated'],
  droppedAttributesCount: [4, 'uint32'],
})
const spanLink = message('Span.Link', {
  traceId: [1, 'id'],
  spanId: [2, 'id'],
  traceState: [3, 'string'],
  attributes: [4, () => keyValue, 'repeated'],
  droppedAttributesCount: [5, 'uint32'],
  flags: [6, 'fixed32'],
})

/** `Span`. */
export const span = message('Span', {
  traceId: [1, 'id'],
  spanId: [2, 'id'],
  traceState: [3, 'string'],
  parentSpanId: [4, 'id'],
  name: [5, 'string'],
  kind: [6, 'enum'],
  startTimeUnixNano: [7, 'fixed64'],
  endTimeUnixNano: [8, 'fixed64'],
  attributes: [9, () => keyValue, 'repeated'],
  droppedAttributesCount: [10, 'uint32'],
  events: [11, () => spanEvent, 'repeated'],
  droppedEventsCount: [12, 'uint32'],
  links: [13, () => spanLink, 'repeated'],
  droppedLinksCount: [14, 'uint32'],
  status: [15, () => status],
  flags: [16, 'fixed32'],
})
const scopeSpans = message('ScopeSpans', {
  scope: [1, () => scope],
  spans: [2, () => span, 'repeated'],
  schemaUrl: [3, 'string'],
})
const resourceSpans = message('ResourceSpans', {
  resource: [1, () => resource],
  scopeSpans: [2, () => scopeSpans, 'repeated'],
  schemaUrl: [3, 'string'],
})

const exemplar = message('Exemplar', {
  timeUnixNano: [2, 'fixed64'],
  asDouble: [3, 'double'],
  spanId: [4, 'id'],
  traceId: [5, 'id'],
  asInt: [6, 'sfixed64'],
  filteredAttributes: [7, () => keyValue, 'repeated'],
})
const numberDataPoint = message('NumberDataPoint', {
  startTimeUnixNano: [2, 'fixed64'],
  timeUnixNano: [3, 'fixed64'],
  asDouble: [4, 'double'],
  exemplars: [5, () => exemplar, 'repeated'],
  asInt: [6, 'sfixed64'],
  attributes: [7, () => keyValue, 'repeated'],
  flags: [8, 'uint32'],
})
const histogramDataPoint = message('HistogramDataPoint', {
  startTimeUnixNano: [2, 'fixed64'],
  timeUnixNano: [3, 'fixed64'],
  count: [4, 'fixed64'],
  sum: [5, 'double'],
  bucketCounts: [6, 'fixed64', 'repeated'],
  explicitBounds: [7, 'double', 'repeated'],
  exemplars: [8, () => exemplar, 'repeated'],
  attributes: [9, () => keyValue, 'repeated'],
  flags: [10, 'uint32'],
  min: [11, 'double'],
  max: [12, 'double'],
})
const buckets = message('ExponentialHistogramDataPoint.Buckets', {
  offset: [1, 'sint32'],
  bucketCounts: [2, 'uint64', 'repeated'],
})
const exponentialHistogramDataPoint = message('ExponentialHistogramDataPoint', {
  attributes: [1, () => keyValue, 'repeated'],
  startTimeUnixNano: [2, 'fixed64'],
  timeUnixNano: [3, 'fixed64'],
  count: [4, 'fixed64'],
  sum: [5, 'double'],
  scale: [6, 'sint32'],
  zeroCount: [7, 'fixed64'],
  positive: [8, () => buckets],
  negative: [9, () => buckets],
  flags: [10, 'uint32'],
  exemplars: [11, () => exemplar, 'repeated'],
  min: [12, 'double'],
  max: [13, 'double'],
  zeroThreshold: [14, 'double'],
})
const quantileValue = message('SummaryDataPoint.ValueAtQuantile', { quantile: [1, 'double'], value: [2, 'double'] })
const summaryDataPoint = message('SummaryDataPoint', {
  startTimeUnixNano: [2, 'fixed64'],
  timeUnixNano: [3, 'fixed64'],
  count: [4, 'fixed64'],
  sum: [5, 'double'],
  quantileValues: [6, () => quantileValue, 'repeated'],
  attributes: [7, () => keyValue, 'repeated'],
  flags: [8, 'uint32'],
})
const gauge = message('Gauge', { dataPoints: [1, () => numberDataPoint, 'repeated'] })
const sum = message('Sum', {
  dataPoints: [1, () => numberDataPoint, 'repeated'],
  aggregationTemporality: [2, 'enum'],
  isMonotonic: [3, 'bool'],
})
const histogram = message('Histogram', {
  dataPoints: [1, () => histogramDataPoint, 'repeated'],
  aggregationTemporality: [2, 'enum'],
})
const exponentialHistogram = message('ExponentialHistogram', {
  dataPoints: [1, () => exponentialHistogramDataPoint, 'repeated'],
  aggregationTemporality: [2, 'enum'],
})
const summary = message('Summary', { dataPoints: [1, () => summaryDataPoint, 'repeated'] })
const metric = message('Metric', {
  name: [1, 'string'],
  description: [2, 'string'],
  unit: [3, 'string'],
  gauge: [5, () => gauge],
  sum: [7, () => sum],
  histogram: [9, () => histogram],
  exponentialHistogram: [10, () => exponentialHistogram],
  summary: [11, () => summary],
  metadata: [12, () => keyValue, 'repeated'],
})
const scopeMetrics = message('ScopeMetrics', {
  scope: [1, () => scope],
  metrics: [2, () => metric, 'repeated'],
  schemaUrl: [3, 'string'],
})
const resourceMetrics = message('ResourceMetrics', {
  resource: [1, () => resource],
  scopeMetrics: [2, () => scopeMetrics, 'repeated'],
  schemaUrl: [3, 'string'],
})

/** `LogRecord`. */
export const logRecord = message('LogRecord', {
  timeUnixNano: [1, 'fixed64'],
  severityNumber: [2, 'enum'],
  severityText: [3, 'string'],
  body: [5, () => anyValue],
  attributes: [6, () => keyValue, 'repeated'],
  droppedAttributesCount: [7, 'uint32'],
  flags: [8, 'fixed32'],
  traceId: [9, 'id'],
  spanId: [10, 'id'],
  observedTimeUnixNano: [11, 'fixed64'],
  eventName: [12, 'string'],
})
const scopeLogs = message('ScopeLogs', {
  scope: [1, () => scope],
  logRecords: [2, () => logRecord, 'repeated'],
  schemaUrl: [3, 'string'],
})
const resourceLogs = message('ResourceLogs', {
  resource: [1, () => resource],
  scopeLogs: [2, () => scopeLogs, 'repeated'],
  schemaUrl: [3, 'string'],
})

/** The export request of each kind of data. */
export const requestSchemas: Readonly<Record<OtlpKind, MessageSchema>> = {
  traces: message('ExportTraceServiceRequest', { resourceSpans: [1, () => resourceSpans, 'repeated'] }),
  metrics: message('ExportMetricsServiceRequest', { resourceMetrics: [1, () => resourceMetrics, 'repeated'] }),
  logs: message('ExportLogsServiceRequest', { resourceLogs: [1, () => resourceLogs, 'repeated'] }),
}
