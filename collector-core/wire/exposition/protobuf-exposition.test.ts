import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProtobufWriter } from '../protobuf/writer.ts'
import { plainResult, seriesAsText } from './testing/plain-exposition.ts'
import { ProtobufExpositionReader } from './protobuf-exposition.ts'

type Write = (writer: ProtobufWriter) => void

const nested =
  (field: number, ...writes: Write[]): Write =>
  (writer) => {
    const at = writer.begin(field)
    for (const write of writes) write(writer)
    writer.end(at)
  }
const text =
  (field: number, value: string): Write =>
  (writer) =>
    writer.string(field, value)
const uint =
  (field: number, value: number): Write =>
  (writer) =>
    writer.uint(field, value)
const sint =
  (field: number, value: number): Write =>
  (writer) =>
    writer.sint(field, value)
const double =
  (field: number, value: number): Write =>
  (writer) =>
    writer.double(field, value)
const packedZigzag = (field: number, ...values: number[]): Write =>
  nested(field, (writer) => values.forEach((value) => writer.zigzag(value)))
const packedDouble = (field: number, ...values: number[]): Write =>
  nested(field, (writer) => values.forEach((value) => writer.rawDouble(value)))

const label = (name: string, value: string): Write => nested(1, text(1, name), text(2, value))
const exemplar = (field: number, id: string, value: number, seconds?: number): Write =>
  nested(
    field,
    label('trace_id', id),
    double(2, value),
    ...(seconds === undefined ? [] : [nested(3, uint(1, seconds), uint(2, 500_000_000))]),
  )
const span = (field: number, offset: number, length: number): Write => nested(field, sint(1, offset), uint(2, length))
const bucket = (bound: number, count: number, ...more: Write[]): Write =>
  nested(3, uint(1, count), double(2, bound), ...more)
const metric = (...writes: Write[]): Write => nested(4, ...writes)

function family(name: string, type: number, ...writes: Write[]): Uint8Array {
  const inner = new ProtobufWriter()
  for (const write of [text(1, name), text(2, 'Help.'), uint(3, type), ...writes]) write(inner)
  const outer = new ProtobufWriter()
  outer.varint(inner.length)
  return Buffer.concat([outer.finish(), inner.finish()])
}

const [counter, gauge, summary, untyped, histogram, gaugeHistogram] = [0, 1, 2, 3, 4, 5]
const options = { native: false, classic: false }

function read(body: Uint8Array, given = options) {
  const result = plainResult(new ProtobufExpositionReader(seriesAsText, given).read(body))
  if ('error' in result) return result.error.reason
  const samples = result.samples.map(({ series, value, timestamp }) => [
    series.replace(/ of .*/, ''),
    value,
    ...(timestamp === undefined ? [] : [timestamp]),
  ])
  return { ...result, samples }
}

describe('simple types', () => {
  it('reads counters, gauges and untyped metrics', () => {
    const body = Buffer.concat([
      family('c_total', counter, metric(label('a', 'x'), nested(3, double(1, 5), exemplar(2, 't', 0.5, 10)))),
      family('g', gauge, metric(nested(2, double(1, -2.5)), uint(6, 1234)), metric(label('b', ''), nested(2))),
      family('u', untyped, metric(nested(5, double(1, NaN)))),
      family('empty', untyped),
    ])
    expect(read(body)).toMatchObject({
      samples: [
        ['c_total{a="x"}', 5],
        ['g{}', -2.5, 1234],
        ['g{b=""}', 0],
        ['u{}', NaN],
      ],
      exemplars: [{ index: 0, labels: { trace_id: 't' }, value: 0.5, timestamp: 10_500 }],
    })
  })

  it('reads summaries: count, sum, quantiles', () => {
    const body = family(
      's',
      summary,
      metric(
        nested(4, uint(1, 2 ** 40), double(2, 7.5), nested(3, double(1, 0.5), double(2, 3)), nested(3, double(1, 1))),
      ),
      metric(label('x', '1'), nested(4, uint(1, 1))),
    )
    expect(read(body)).toMatchObject({
      samples: [
        ['s_count{}', 2 ** 40],
        ['s_sum{}', 7.5],
        ['s{quantile="0.5"}', 3],
        ['s{quantile="1.0"}', 0],
        ['s_count{x="1"}', 1],
        ['s_sum{x="1"}', 0],
      ],
    })
  })

  it('never lets a staleness marker through', () => {
    const stale: Write = (writer) => writer.fixed64(1, 0x7ff00000, 2)
    const result = new ProtobufExpositionReader(seriesAsText, options).read(
      family('g', gauge, metric(nested(2, stale))),
    )
    const values = result.ok ? result.exposition.values : new Float64Array(1)
    expect(new DataView(values.buffer).getUint32(4, true)).toBe(0x7ff80000)
  })
})

describe('histograms', () => {
  const nativeParts = [
    uint(1, 7),
    double(2, 12.5),
    sint(5, 3),
    double(6, 0.001),
    uint(7, 1),
    span(9, -2, 1),
    packedZigzag(10, 1),
    span(12, 0, 2),
    span(12, 3, 2),
    packedZigzag(13, 1, 1, -2, 2),
  ]
  const classicParts = [bucket(0.1, 3, exemplar(3, 'old', 0.05)), bucket(1, 6, exemplar(3, 'new', 0.5, 20))]
  const both = family('h', histogram, metric(label('a', 'x'), nested(7, ...nativeParts, ...classicParts)))
  const classicSamples = [
    ['h_count{a="x"}', 7],
    ['h_sum{a="x"}', 12.5],
    ['h_bucket{a="x",le="0.1"}', 3],
    ['h_bucket{a="x",le="1.0"}', 6],
    ['h_bucket{a="x",le="+Inf"}', 7],
  ]
  const nativeHistogram = {
    before: 0,
    series: 'h{a="x"} of histogram',
    timestamp: undefined,
    histogram: {
      float: false,
      schema: 3,
      zeroThreshold: 0.001,
      zeroCount: 1,
      count: 7,
      sum: 12.5,
      // The third bucket is empty and left out.
      positiveSpans: [
        { offset: 0, length: 2 },
        { offset: 4, length: 1 },
      ],
      positiveBuckets: [1, 1, 0],
      negativeSpans: [{ offset: -2, length: 1 }],
      negativeBuckets: [1],
      customValues: [],
      resetHint: 'unknown',
      stale: false,
    },
    exemplars: [{ labels: { trace_id: 'new' }, value: 0.5, timestamp: 20_500 }],
  }

  it('reads only the classic view unless native is wanted', () => {
    expect(read(both)).toMatchObject({
      samples: classicSamples,
      exemplars: [
        { index: 2, labels: { trace_id: 'old' }, timestamp: undefined },
        { index: 3, labels: { trace_id: 'new' }, timestamp: 20_500 },
      ],
      histograms: [],
    })
  })

  it('reads the native view alone', () => {
    expect(read(both, { native: true, classic: false })).toMatchObject({ samples: [], histograms: [nativeHistogram] })
  })

  it('reads native, then classic', () => {
    expect(read(both, { native: true, classic: true })).toMatchObject({
      samples: classicSamples,
      histograms: [nativeHistogram],
    })
  })

  it('prefers the exemplars of the native view', () => {
    const body = family(
      'h',
      histogram,
      metric(nested(7, ...nativeParts, ...classicParts, exemplar(16, 'own', 1, 30), exemplar(16, 'timeless', 1))),
    )
    expect(read(body, { native: true, classic: false })).toMatchObject({
      histograms: [{ exemplars: [{ labels: { trace_id: 'own' } }] }],
    })
  })

  it('knows an empty native histogram by its span of nothing', () => {
    const body = family('h', histogram, metric(nested(7, span(12, 0, 0))))
    expect(read(body, { native: true, classic: true })).toMatchObject({
      samples: [],
      histograms: [{ histogram: { count: 0, positiveSpans: [], positiveBuckets: [] } }],
    })
    expect(read(body)).toMatchObject({
      samples: [
        ['h_count{}', 0],
        ['h_sum{}', 0],
        ['h_bucket{le="+Inf"}', 0],
      ],
    })
  })

  it('reads float and gauge histograms', () => {
    const body = family(
      'h',
      gaugeHistogram,
      metric(
        nested(7, double(4, 2.5), double(8, 0.5), sint(5, 0), uint(7, 0), span(12, 1, 2), packedDouble(14, 1.5, 0.5)),
      ),
    )
    expect(read(body, { native: true, classic: false })).toMatchObject({
      histograms: [
        { histogram: { float: true, count: 2.5, zeroCount: 0.5, positiveBuckets: [1.5, 0.5], resetHint: 'gauge' } },
      ],
    })
    expect(read(body)).toMatchObject({
      samples: [
        ['h_count{}', 2.5],
        ['h_sum{}', 0],
        ['h_bucket{le="+Inf"}', 2.5],
      ],
    })
  })

  it.each([
    ['spans that describe another number', [uint(1, 1), span(12, 0, 3), packedZigzag(13, 1)], /spans describe another/],
    ['a giant span', [uint(1, 1), span(12, 0, 2 ** 31), packedZigzag(13, 1)], /spans describe another/],
    ['a count that is not the sum', [uint(1, 5), span(12, 0, 1), packedZigzag(13, 1)], /counts 5 observations/],
    ['negative buckets', [uint(1, 1), span(12, 0, 1), packedZigzag(13, -1)], /below zero/],
    ['an unknown schema', [sint(5, -9), span(12, 0, 0)], /unknown schema -9/],
  ])('refuses %s', (_, parts, expected) => {
    expect(read(family('h', histogram, metric(nested(7, ...parts))), { native: true, classic: false })).toMatch(
      expected,
    )
  })
})

describe('hostile input', () => {
  it.each([
    ['a cut-off family', Uint8Array.of(50, 10), /cut off/],
    ['an unknown type', family('x', 9, metric()), /unknown type 9/],
    ['no name', family('', counter, metric()), /has no name/],
    [
      'a label that is not text',
      family(
        'x',
        gauge,
        metric(
          nested(
            1,
            text(1, 'a'),
            nested(2, uint(31, 5), (w) => w.uint(2 ** 28, 1)),
          ),
        ),
      ),
      /not valid UTF-8|malformed/,
    ],
    ['a foreign unit', family('x', gauge, text(5, 'seconds'), metric()), /unit "seconds"/],
  ])('refuses %s', (_, body, expected) => {
    expect(read(body)).toMatch(expected)
  })

  it('survives damage anywhere', () => {
    const page = Buffer.concat([
      family(
        'h',
        histogram,
        metric(label('a', 'x'), nested(7, uint(1, 1), span(12, 0, 1), packedZigzag(13, 1), bucket(1, 1))),
      ),
      family('s', summary, metric(nested(4, uint(1, 1), nested(3, double(1, 1))))),
    ])
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(page.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (damage) => {
          const body = Uint8Array.from(page)
          for (const [at, byte] of damage) body[at] = byte
          expect(typeof new ProtobufExpositionReader(seriesAsText, { native: true, classic: true }).read(body).ok).toBe(
            'boolean',
          )
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (body) => {
        expect(typeof new ProtobufExpositionReader(seriesAsText, options).read(body).ok).toBe('boolean')
      }),
    )
  })
})

describe('from answer to answer', () => {
  const page = (value: number, ...names: string[]): Uint8Array =>
    Buffer.concat([
      family('g', gauge, ...names.map((name) => metric(label('n', name), nested(2, double(1, value))))),
      family('h', histogram, metric(nested(7, uint(1, value), bucket(1, value)))),
    ])

  it('hands out the same array while the series stay, and says the same as a fresh reader when they change', () => {
    const reader = new ProtobufExpositionReader(seriesAsText, options)
    const first = reader.read(page(1, 'a', 'b'))
    const second = reader.read(page(2, 'a', 'b'))
    if (!first.ok || !second.ok) throw new Error('the page is valid')
    expect(second.exposition.series).toBe(first.exposition.series)
    for (const names of [['b', 'a'], ['a'], ['a', 'c', 'b'], [], ['c', 'c']]) {
      const body = page(3, ...names)
      expect(plainResult(reader.read(body))).toEqual(
        plainResult(new ProtobufExpositionReader(seriesAsText, options).read(body)),
      )
    }
  })

  it('takes labels behind the value for what they are', () => {
    const body = family('g', gauge, metric(label('a', '1'), nested(2, double(1, 4)), label('b', '2')))
    expect(read(body)).toMatchObject({ samples: [['g{a="1",b="2"}', 4]] })
  })
})
