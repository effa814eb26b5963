import fc from 'fast-check'
import protobuf from 'protobufjs'
import { describe, expect, test } from 'vitest'
import { Labels } from '../../signal/labels.ts'
import { metricBatch } from '../../signal/metric-batch.ts'
import type { ExemplarSample, HistogramSample, MetricBatch, MetricMetadata } from '../../signal/metric-batch.ts'
import type { NativeHistogram } from '../../signal/native-histogram.ts'
import { uncompress } from '../snappy/uncompress.ts'
import { BatchEncoder } from './batch-encoder.ts'
import type { BatchEncoderOptions } from './batch-encoder.ts'
import { BuilderV1 } from './builder-v1.ts'
import { BuilderV2 } from './builder-v2.ts'
import { compressTemplate, patchCompressed } from './compressed-template.ts'
import { decodeRequest } from './decode-request.ts'
import type { DecodedRequest } from './decode-request.ts'
import { itemsOf, open } from './envelope.ts'
import { joinBlocks } from '../snappy/join-blocks.ts'
import type { RemoteWriteVersion, RequestBuilder } from './request-builder.ts'
import { buildTemplate, patchTemplate } from './sample-template.ts'
import { splitRequest } from './split-request.ts'

// The messages as published by the Prometheus project, by field number.
const { root } = protobuf.parse(`syntax = "proto3";
  message Label { string name = 1; string value = 2; }
  message Sample { double value = 1; int64 timestamp = 2; }
  message Exemplar { repeated Label labels = 1; double value = 2; int64 timestamp = 3; }
  message BucketSpan { sint32 offset = 1; uint32 length = 2; }
  message Histogram {
    oneof count { uint64 count_int = 1; double count_float = 2; }
    double sum = 3; sint32 schema = 4; double zero_threshold = 5;
    oneof zero_count { uint64 zero_count_int = 6; double zero_count_float = 7; }
    repeated BucketSpan negative_spans = 8; repeated sint64 negative_deltas = 9; repeated double negative_counts = 10;
    repeated BucketSpan positive_spans = 11; repeated sint64 positive_deltas = 12; repeated double positive_counts = 13;
    int32 reset_hint = 14; int64 timestamp = 15; repeated double custom_values = 16;
  }
  message TimeSeries { repeated Label labels = 1; repeated Sample samples = 2; repeated Exemplar exemplars = 3; repeated Histogram histograms = 4; }
  message MetricMetadata { int32 type = 1; string metric_family_name = 2; string help = 4; string unit = 5; }
  message WriteRequest { repeated TimeSeries timeseries = 1; repeated MetricMetadata metadata = 3; }
  message Exemplar2 { repeated uint32 labels_refs = 1; double value = 2; int64 timestamp = 3; }
  message Metadata2 { int32 type = 1; uint32 help_ref = 3; uint32 unit_ref = 4; }
  message TimeSeries2 { repeated uint32 labels_refs = 1; repeated Sample samples = 2; repeated Histogram histograms = 3; repeated Exemplar2 exemplars = 4; Metadata2 metadata = 5; }
  message Request { repeated string symbols = 4; repeated TimeSeries2 timeseries = 5; }`)
const oracle = { 1: root.lookupType('WriteRequest'), 2: root.lookupType('Request') }

function oracleDecode(version: RemoteWriteVersion, bytes: Uint8Array): Record<string, unknown[] | undefined> {
  return oracle[version].toObject(oracle[version].decode(bytes), { longs: Number, defaults: true })
}

const labelText = fc.oneof(fc.string({ minLength: 1, maxLength: 12 }), fc.string({ unit: 'grapheme', minLength: 1 }))
const anyLabels = fc
  .dictionary(labelText, labelText, { minKeys: 1, maxKeys: 6 })
  .map((object) => Labels.from({ __name__: 'metric', ...object }))
const timestampNow = fc.integer({ min: 2 ** 35, max: 2 ** 42 - 1 })
const whole = fc.integer({ min: 0, max: 2 ** 40 })
const spans = fc.array(fc.record({ offset: fc.integer(), length: fc.nat(1000) }), { maxLength: 3 })
const anyHistogram: fc.Arbitrary<NativeHistogram> = fc.boolean().chain((float) => {
  const count = float ? fc.double({ noNaN: true }) : whole
  const buckets = fc.array(float ? fc.double({ noNaN: true }) : fc.integer(), { maxLength: 5 })
  return fc.record({
    float: fc.constant(float),
    schema: fc.integer({ min: -4, max: 8 }),
    zeroThreshold: fc.double({ noNaN: true }),
    zeroCount: count,
    count,
    sum: fc.double({ noNaN: true }),
    positiveSpans: spans,
    positiveBuckets: buckets,
    negativeSpans: spans,
    negativeBuckets: buckets,
    customValues: fc.constant([]),
    resetHint: fc.constantFrom('unknown', 'yes', 'no', 'gauge'),
    stale: fc.constant(false),
  })
})
const anyMetadata: fc.Arbitrary<MetricMetadata> = fc.record({
  family: fc.constantFrom('metric', 'other'),
  type: fc.constantFrom('counter', 'gauge', 'stateset', 'unknown'),
  help: fc.string({ unit: 'grapheme' }),
  unit: fc.constantFrom('', 'seconds'),
})

interface Content {
  readonly batch: MetricBatch
  readonly histograms: readonly HistogramSample[]
  readonly exemplars: readonly ExemplarSample[]
}

const anyContent: fc.Arbitrary<Content> = fc
  .tuple(
    fc.array(fc.tuple(anyLabels, fc.double(), fc.integer({ min: -1e14, max: 1e14 })), { maxLength: 20 }),
    fc.nat(20),
    fc.array(fc.record({ series: anyLabels, histogram: anyHistogram, timestamp: timestampNow }), { maxLength: 3 }),
    fc.array(fc.record({ series: anyLabels, labels: anyLabels, value: fc.double(), timestamp: timestampNow }), {
      maxLength: 3,
    }),
    fc.uniqueArray(anyMetadata, { selector: ({ family }) => family }),
  )
  .map(([samples, staleFrom, histograms, exemplars, metadata]) => ({
    batch: metricBatch(
      samples.map(([labels]) => labels),
      Float64Array.from(samples, ([, value]) => value),
      Float64Array.from(samples, ([, , timestamp]) => timestamp),
      { staleFrom: Math.min(staleFrom, samples.length), histograms, exemplars, metadata },
    ),
    histograms,
    exemplars,
  }))

const builderOf = (version: RemoteWriteVersion): RequestBuilder =>
  version === 1 ? new BuilderV1() : new BuilderV2(() => undefined)

function encode(options: Partial<BatchEncoderOptions>, content: Content): Uint8Array[] {
  const encoder = new BatchEncoder({
    version: 1,
    maxItems: 2000,
    sendExemplars: true,
    sendHistograms: true,
    ...options,
  })
  const { batch } = content
  const mapped = { series: batch.series, indexes: undefined, dropped: 0 }
  const { requests } = encoder.encode({ ...content, mapped })
  return [...requests, ...encoder.encodeMetadata(batch.metadata, 2000)].map(({ body }) => plain(body))
}

function plain(body: Uint8Array): Uint8Array {
  const bytes = uncompress(open(body)!.block, 2 ** 25)
  if ('kind' in bytes) throw new Error(bytes.message)
  return bytes
}

function decoded(bytes: Uint8Array, version: RemoteWriteVersion): DecodedRequest {
  const request = decodeRequest(bytes, version)
  if ('malformed' in request) throw new Error(request.malformed)
  return request
}

const everything = (requests: DecodedRequest[]): DecodedRequest => ({
  series: requests.flatMap(({ series }) => series),
  metadata: requests.flatMap(({ metadata }) => metadata),
})

describe.each([1, 2] as const)('version %d', (version) => {
  test('decoding gives back what was encoded, whatever the request size', () => {
    fc.assert(
      fc.property(anyContent, fc.integer({ min: 1, max: 30 }), (content, maxItems) => {
        const { series, metadata } = everything(
          encode({ version, maxItems }, content).map((bytes) => decoded(bytes, version)),
        )
        const { batch, histograms, exemplars } = content
        const count = batch.series.length
        expect(series.map(({ labels }) => labels.key)).toEqual(
          [...batch.series, ...histograms.map((h) => h.series), ...exemplars.map((e) => e.series)].map((l) => l.key),
        )
        expect(series.slice(0, count).map(({ samples: [sample] }) => [sample.timestamp, sample.stale])).toEqual(
          [...(batch.timestamps as Float64Array)].map((timestamp, i) => [timestamp + 0, i >= batch.staleFrom]),
        )
        expect(series.slice(0, batch.staleFrom).map(({ samples }) => samples[0].value)).toEqual([
          ...batch.values.subarray(0, batch.staleFrom),
        ])
        expect(series.flatMap((s) => s.histograms)).toEqual(
          histograms.map(({ histogram, timestamp }) => ({ histogram, timestamp })),
        )
        expect(series.flatMap((s) => s.exemplars).map((e) => [e.labels.key, e.value, e.timestamp])).toEqual(
          exemplars.map((e) => [e.labels.key, e.value, e.timestamp]),
        )
        if (version === 1) expect(metadata).toEqual(batch.metadata)
        else {
          const known = batch.metadata.find(({ family }) => family === 'metric')
          const { type, help, unit } = known ?? { type: 'unknown', help: '', unit: '' }
          for (const { metadata: inline } of series) expect(inline).toEqual({ type, help, unit })
        }
      }),
    )
  })

  test('protobufjs reads the same', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        for (const bytes of encode({ version }, content)) {
          const ours = decoded(bytes, version)
          const theirs = oracleDecode(version, bytes)
          const symbols = (theirs.symbols ?? []) as string[]
          if (version === 2) expect(symbols[0]).toBe('')
          expect(new Set(symbols).size).toBe(symbols.length)
          const labelsOf = (entry: Record<string, unknown>): Labels =>
            version === 1
              ? Labels.of((entry.labels as { name: string; value: string }[]).map(({ name, value }) => [name, value]))
              : Labels.of(pairs(entry.labelsRefs as number[]).map(([a, b]) => [symbols[a], symbols[b]]))
          const theirSeries = theirs.timeseries as Record<string, Record<string, unknown>[]>[]
          expect(theirSeries.map((entry) => labelsOf(entry).key)).toEqual(ours.series.map(({ labels }) => labels.key))
          expect(theirSeries.map(({ samples }) => samples)).toEqual(
            ours.series.map(({ samples }) => samples.map(({ value, timestamp }) => ({ value, timestamp }))),
          )
          expect(
            theirSeries.map(({ exemplars }) => exemplars.map((e) => [labelsOf(e).key, e.value, e.timestamp])),
          ).toEqual(ours.series.map(({ exemplars }) => exemplars.map((e) => [e.labels.key, e.value, e.timestamp])))
          expect(theirSeries.flatMap(({ histograms }) => histograms)).toEqual(
            ours.series.flatMap(({ histograms }) => histograms.map(asOracle)),
          )
          if (version === 1) {
            expect((theirs.metadata as { metricFamilyName: string }[]).map((m) => m.metricFamilyName)).toEqual(
              ours.metadata.map(({ family }) => family),
            )
          }
        }
      }),
    )
  })

  test('a patched template equals a fresh encode, plain and compressed', () => {
    const anySeries = fc.array(anyLabels, { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(
        anySeries,
        timestampNow,
        fc.infiniteStream(fc.double()),
        fc.nat(12),
        (series, timestamp, doubles, stale) => {
          const values = Float64Array.from(series, () => doubles.next().value as number)
          const builder = builderOf(version)
          const template = buildTemplate(builder, series, 0, series.length)
          const compressed = compressTemplate(template)!
          const columns = { values, timestamps: timestamp, staleFrom: stale, indexes: undefined }
          patchTemplate(template, columns, 0)
          series.forEach((labels, i) => builder.addSample(labels, values[i], timestamp, i >= stale))
          const fresh = Buffer.from(builder.finish().bytes)
          expect(Buffer.compare(Buffer.from(template.bytes), fresh)).toBe(0)
          patchCompressed(compressed, columns, 0)
          const back = uncompress(compressed.block, fresh.length)
          expect(Buffer.compare(Buffer.from(back as Uint8Array), fresh)).toBe(0)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('splitting keeps every series, in order, with right counts', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        for (const bytes of encode({ version }, content)) {
          const parts = splitRequest(bytes, version)
          const before = decoded(bytes, version)
          if (before.series.length + before.metadata.length < 2) {
            expect(parts).toBeUndefined()
            continue
          }
          const halves = parts!.map((part) => decoded(part.bytes, version))
          expect(everything(halves)).toEqual(before)
          expect(parts!.map(({ counts }) => itemsOf(counts))).toEqual(
            halves.map(({ series, metadata }) => series.length + metadata.length),
          )
        }
      }),
    )
  })

  test('arbitrary bytes are refused or decoded, never thrown at', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        decodeRequest(bytes, version)
        splitRequest(bytes, version)
      }),
    )
  })
})

function pairs(refs: readonly number[]): [number, number][] {
  return Array.from({ length: refs.length / 2 }, (_, i) => [refs[2 * i], refs[2 * i + 1]])
}

function asOracle({ histogram: h, timestamp }: { histogram: NativeHistogram; timestamp: number }): unknown {
  return {
    ...(h.float
      ? { countFloat: h.count, zeroCountFloat: h.zeroCount }
      : { countInt: h.count, zeroCountInt: h.zeroCount }),
    sum: h.sum,
    schema: h.schema,
    zeroThreshold: h.zeroThreshold,
    negativeSpans: h.negativeSpans,
    positiveSpans: h.positiveSpans,
    negativeDeltas: h.float ? [] : h.negativeBuckets,
    positiveDeltas: h.float ? [] : h.positiveBuckets,
    negativeCounts: h.float ? h.negativeBuckets : [],
    positiveCounts: h.float ? h.positiveBuckets : [],
    resetHint: ['unknown', 'yes', 'no', 'gauge'].indexOf(h.resetHint),
    timestamp,
    customValues: [],
  }
}

describe('joinBlocks', () => {
  test('several blocks become one whose content is theirs, for v1 a valid request', () => {
    fc.assert(
      fc.property(fc.array(anyContent, { minLength: 1, maxLength: 4 }), (contents) => {
        const encoder = new BatchEncoder({ version: 1, maxItems: 7, sendExemplars: true, sendHistograms: true })
        const bodies = contents.flatMap((content) => {
          const mapped = { series: content.batch.series, indexes: undefined, dropped: 0 }
          return encoder.encode({ ...content, mapped }).requests.map(({ body }) => body)
        })
        if (bodies.length === 0) return
        const joined = Buffer.concat(joinBlocks(bodies.map((body) => open(body)!.block))!)
        const bytes = uncompress(joined, 2 ** 25) as Uint8Array
        expect(decoded(bytes, 1)).toEqual(everything(bodies.map((body) => decoded(plain(body), 1))))
      }),
    )
  })
})

describe('BatchEncoder', () => {
  const series = Array.from({ length: 5000 }, (_, i) =>
    Labels.from({ __name__: 'http_requests_total', instance: 'localhost:8080', path: `/api/v1/item/${i * 7919}` }),
  )
  const values = Float64Array.from(series, (_, i) => i / 3)
  const encoderOf = (options: Partial<BatchEncoderOptions> = {}): BatchEncoder =>
    new BatchEncoder({ version: 1, maxItems: 2000, sendExemplars: true, sendHistograms: true, ...options })
  const everySample = (requests: readonly { body: Uint8Array }[], version: RemoteWriteVersion = 1) =>
    requests
      .flatMap(({ body }) => decoded(plain(body), version).series)
      .map(({ labels, samples: [sample] }) => [
        labels.get('path'),
        sample.stale ? 'stale' : sample.value,
        sample.timestamp,
      ])

  test.each([
    ['one timestamp', 1_700_000_000_123],
    ['a timestamp each', Float64Array.from(series, (_, i) => 1_700_000_000_000 + i)],
    ['timestamps no template can say', Float64Array.from(series, (_, i) => i - 2500)],
  ])('says the same the first, second and third time, with %s', (_, timestamps) => {
    const encoder = encoderOf()
    const indexes = Uint32Array.from(series, (_series, i) => series.length - 1 - i)
    const batch = metricBatch(series, values, timestamps, { staleFrom: 4990 })
    const mapped = { series, indexes, dropped: 0 }
    const rounds = [1, 2, 3].map(() => encoder.encode({ batch, mapped, histograms: [], exemplars: [] }).requests)
    const expected = series.map((labels, i) => {
      const from = indexes[i]
      return [
        labels.get('path'),
        from >= 4990 ? 'stale' : values[from],
        typeof timestamps === 'number' ? timestamps : timestamps[from],
      ]
    })
    for (const requests of rounds) {
      expect(requests.map(({ items }) => items)).toEqual([2000, 2000, 1000])
      expect(everySample(requests)).toEqual(expected)
    }
  })

  test('a compressed template stays within a third of what the general encoder makes', () => {
    const encoder = encoderOf()
    const batch = metricBatch(series, values, 1_700_000_000_123)
    const mapped = { series, indexes: undefined, dropped: 0 }
    const [first, second] = [1, 2].map(() =>
      encoder
        .encode({ batch, mapped, histograms: [], exemplars: [] })
        .requests.reduce((sum, { body }) => sum + body.length, 0),
    )
    expect(second).toBeLessThan(first * 1.33)
  })

  test('v2 writes new metadata into templates that stood', () => {
    const encoder = encoderOf({ version: 2 })
    const mapped = { series, indexes: undefined, dropped: 0 }
    const send = (metadata: readonly MetricMetadata[]) => {
      const batch = metricBatch(series, values, 1_700_000_000_123, { metadata })
      const { requests } = encoder.encode({ batch, mapped, histograms: [], exemplars: [] })
      return decoded(plain(requests[0].body), 2).series[0].metadata?.type
    }
    const counter: MetricMetadata = { family: 'http_requests', type: 'counter', help: '', unit: '' }
    expect([send([]), send([]), send([counter]), send([]), send([counter])]).toEqual([
      'unknown',
      'unknown',
      'counter',
      'counter',
      'counter',
    ])
  })

  test('v1 leaves out histograms with custom buckets and says how many; v2 carries them', () => {
    const histogram: NativeHistogram = {
      float: false,
      schema: -53,
      zeroThreshold: 0,
      zeroCount: 0,
      count: 3,
      sum: 3,
      positiveSpans: [{ offset: 0, length: 2 }],
      positiveBuckets: [1, 1],
      negativeSpans: [],
      negativeBuckets: [],
      customValues: [0.5, 1],
      resetHint: 'unknown',
      stale: false,
    }
    const batch = metricBatch([], new Float64Array(0), 0)
    const input = {
      batch,
      mapped: { series: [], indexes: undefined, dropped: 0 },
      histograms: [{ series: series[0], histogram, timestamp: 5 }],
      exemplars: [],
    }
    expect(encoderOf().encode(input)).toEqual({ requests: [], unsupportedHistograms: 1 })
    const { requests, unsupportedHistograms } = encoderOf({ version: 2 }).encode(input)
    expect(unsupportedHistograms).toBe(0)
    expect(decoded(plain(requests[0].body), 2).series[0].histograms[0].histogram).toEqual(histogram)
    expect(encoderOf({ sendHistograms: false }).encode(input)).toEqual({ requests: [], unsupportedHistograms: 0 })
  })

  test('writes the staleness bits verbatim, in samples and histograms', () => {
    const { requests } = encoderOf().encode({
      batch: metricBatch([series[0]], Float64Array.of(1), 1_700_000_000_123, { staleFrom: 0 }),
      mapped: { series: [series[0]], indexes: undefined, dropped: 0 },
      histograms: [],
      exemplars: [],
    })
    const bytes = Buffer.from(plain(requests[0].body))
    expect(bytes.includes(Buffer.from([0x09, 0x02, 0, 0, 0, 0, 0, 0xf0, 0x7f]))).toBe(true)
  })
})
