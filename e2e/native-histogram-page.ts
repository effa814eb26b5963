import { codecOf } from './protocol/codec.ts'
import type { Page } from './page-server.ts'

const family = codecOf('metric-family.proto', 'exposition.MetricFamily')

/** A protobuf page with a native histogram that also has classic buckets, a classic one, a counter and a summary. */
export function nativeHistogramPage(turn: number): Page {
  const traceId = turn.toString(16).padStart(32, '0')
  const exemplar = {
    label: [{ name: 'trace_id', value: traceId }],
    value: 0.5,
    timestamp: { seconds: String(Math.floor(Date.now() / 1000) - 60 + turn), nanos: 0 },
  }
  const classic = [
    { cumulative_count: String(3 * turn), upper_bound: 0.1 },
    { cumulative_count: String(6 * turn), upper_bound: 1, exemplar },
  ]
  const families = [
    {
      name: 'native_seconds',
      help: 'A native histogram',
      type: 4,
      metric: [
        {
          label: [{ name: 'path', value: '/' }],
          histogram: {
            sample_count: String(10 * turn),
            sample_sum: 4.5 * turn,
            schema: 3,
            zero_threshold: 2.938735877055719e-39,
            zero_count: String(turn),
            positive_span: [
              { offset: -3, length: 2 },
              { offset: 4, length: 1 },
            ],
            positive_delta: [String(2 * turn), String(turn), String(-turn)],
            negative_span: [{ offset: 0, length: 1 }],
            negative_delta: [String(2 * turn)],
            bucket: classic,
          },
        },
      ],
    },
    {
      name: 'classic_seconds',
      type: 4,
      metric: [{ histogram: { sample_count: String(8 * turn), sample_sum: 2.25 * turn, bucket: classic } }],
    },
    {
      name: 'requests_total',
      type: 0,
      metric: [{ label: [{ name: 'code', value: '200' }], counter: { value: 17 * turn, exemplar } }],
    },
    {
      name: 'sizes',
      type: 2,
      metric: [
        {
          summary: {
            sample_count: '4',
            sample_sum: 10 * turn,
            quantile: [
              { quantile: 0.5, value: 2 },
              { quantile: 1, value: 4 },
            ],
          },
        },
      ],
    },
    {
      name: 'temperature',
      type: 1,
      metric: [{ gauge: { value: -3.5 * turn }, timestamp_ms: String(Date.now() - 3000) }],
    },
  ]
  const delimited = families.map((one) => {
    const bytes = family.encode(one)
    return Buffer.concat([varint(bytes.length), bytes])
  })
  return {
    contentType: 'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited',
    body: Buffer.concat(delimited),
  }
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Buffer.from([...bytes, rest])
    bytes.push((rest & 0x7f) | 0x80)
  }
}
