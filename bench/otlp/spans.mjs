// Trace export requests as an SDK sends them: one resource, two scopes, six attributes a span, about 280 bytes a span.
import protobuf from 'protobufjs'

const { root } = protobuf.parse(
  `
  syntax = "proto3";
  message AnyValue { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; } }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message Resource { repeated KeyValue attributes = 1; }
  message Scope { string name = 1; string version = 2; }
  message Status { string message = 2; int32 code = 3; }
  message Span {
    bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; bytes parent_span_id = 4; string name = 5; int32 kind = 6;
    fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8; repeated KeyValue attributes = 9;
    Status status = 15;
  }
  message ScopeSpans { Scope scope = 1; repeated Span spans = 2; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
  message Request { repeated ResourceSpans resource_spans = 1; }
  message Response { }
`,
  { keepCase: true },
)

export const Request = root.lookupType('Request')
export const exportPath = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'

const text = (key, value) => ({ key, value: { string_value: value } })
const int = (key, value) => ({ key, value: { int_value: value } })
const nanos = (ms) => protobuf.util.Long.fromNumber(ms).multiply(1_000_000)

/** Several encoded requests of `count` spans each that differ in their ids. */
export function requestsOf(count, variants) {
  return Array.from({ length: variants }, (_, variant) => {
    const spans = Array.from({ length: count }, (_, i) => span(variant, i))
    const half = count >> 1
    const resource = {
      attributes: [text('service.name', 'checkout'), text('service.version', '1.14.2'), text('host.name', 'desk-7')],
    }
    const scope_spans = [
      { scope: { name: '@opentelemetry/instrumentation-http', version: '0.57.0' }, spans: spans.slice(0, half) },
      { scope: { name: '@opentelemetry/instrumentation-pg', version: '0.51.0' }, spans: spans.slice(half) },
    ]
    return Buffer.from(Request.encode(Request.create({ resource_spans: [{ resource, scope_spans }] })).finish())
  })
}

function span(variant, i) {
  const id = Buffer.alloc(24)
  for (let at = 0; at < 24; at += 4)
    id.writeUInt32BE(Math.imul(variant * 65_537 + i + 1, 0x9e3779b1 + at * 7919) >>> 0, at)
  return {
    trace_id: id.subarray(0, 16),
    span_id: id.subarray(16, 24),
    parent_span_id: id.subarray(4, 12),
    name: `GET /api/v1/orders/${i % 100}`,
    kind: 2,
    start_time_unix_nano: nanos(1_767_225_600_000 + i),
    end_time_unix_nano: nanos(1_767_225_600_012 + i),
    attributes: [
      text('http.request.method', 'GET'),
      text('http.route', '/api/v1/orders/:id'),
      int('http.response.status_code', 200),
      text('server.address', 'orders.shop.internal'),
      text('user_agent.original', 'axios/1.7.2'),
      int('net.peer.port', 40_000 + (i % 1000)),
    ],
    status: { code: 1 },
  }
}

/** Spans in a request, counted without decoding it: `1: {2: {2: span}}`. */
export function countSpans(bytes) {
  let count = 0
  const walk = (from, to, depth) => {
    let at = from
    while (at < to) {
      const field = bytes[at++] >> 3
      let length = 0
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++]
        length |= (byte & 127) << shift
        if (byte < 128) break
      }
      if (field === (depth === 0 ? 1 : 2)) {
        if (depth === 2) count++
        else walk(at, at + length, depth + 1)
      }
      at += length
    }
  }
  walk(0, bytes.length, 0)
  return count
}
