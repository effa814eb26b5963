import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TapItem } from '../../protocol.ts'
import { Labels } from '../../signal/labels.ts'
import type { LogBatch } from '../../signal/log-batch.ts'
import { metricBatch } from '../../signal/metric-batch.ts'
import type { OtlpKind } from '../../signal/otlp-batch.ts'
import type { NativeHistogram } from '../../signal/native-histogram.ts'
import { accepted } from '../../signal/receiver.ts'
import type { Signal, SignalBatches } from '../../signal/receiver.ts'
import { FakeClock } from '../../testing/fake-clock.ts'
import { requestFromJson } from '../../wire/otlp/from-json.ts'
import { Edge } from '../edge.ts'
import { longestItem } from './item-text.ts'
import { TapSession } from './tap-session.ts'

const clock = new FakeClock()
const edge = <S extends Signal>(signal: S, from = 'a', to = 'b', time = clock): Edge<S> =>
  new Edge<S>({ from, to }, { signal, accept: async () => accepted }, time, () => undefined)

/** What a tap with room for everything shows of one batch. */
async function shown<S extends Signal>(signal: S, batch: SignalBatches[S]): Promise<readonly TapItem[]> {
  const tapped = edge(signal)
  const session = new TapSession({}, 200, clock, () => [tapped])
  await tapped.accept(batch)
  return session.frame().items
}

function lines(...texts: string[]): LogBatch {
  const parts = texts.map((text) => Buffer.from(text))
  const ends = parts.map((_, i) => parts.slice(0, i + 1).reduce((sum, part) => sum + part.length, 0))
  return {
    streams: [
      {
        labels: Labels.from({ service_name: 'cart' }),
        lines: {
          length: texts.length,
          bytes: Buffer.concat(parts),
          starts: Uint32Array.from(ends, (end, i) => end - parts[i].length),
          ends: Uint32Array.from(ends),
          seconds: Float64Array.from(texts, () => 1700000000),
          nanos: Uint32Array.from(texts, () => 120_000_000),
          metadata: texts.map(() => [['trace_id', 'abc']] as const),
        },
      },
    ],
  }
}

function request(kind: OtlpKind, json: unknown, items: number): SignalBatches['otlp'] {
  const encoded = requestFromJson(kind, JSON.stringify(json))
  if ('problem' in encoded) throw new Error(encoded.problem)
  return { kind, bytes: encoded.bytes, items }
}

const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'cart' } }] }
const attributes = [
  { key: 'http.route', value: { stringValue: '/x' } },
  { key: 'n', value: { intValue: '7' } },
  { key: 'l', value: { arrayValue: { values: [{ boolValue: true }] } } },
]
const attributesShown = { 'http.route': '/x', n: '7', l: '{"values":[{"boolValue":true}]}' }

const samples = (count: number, time = 1_000) =>
  metricBatch(
    Array.from({ length: count }, (_, i) => Labels.from({ __name__: 'up', i: String(i) })),
    Float64Array.from({ length: count }, (_, i) => i),
    time,
  )

describe('what a tap shows', () => {
  it('of metrics: samples, staleness markers, histograms and exemplars', async () => {
    const series = Labels.from({ __name__: 'x', job: 'j' })
    const histogram: NativeHistogram = {
      ...{ float: false, schema: 3, zeroThreshold: 0, zeroCount: 1, count: 12, sum: 3.5, positiveSpans: [] },
      ...{ positiveBuckets: [1, 2], negativeSpans: [], negativeBuckets: [], customValues: [] },
      resetHint: 'no',
      stale: false,
    }
    const items = await shown(
      'metrics',
      metricBatch([series, series], Float64Array.of(1.5, 0), 1000, {
        staleFrom: 1,
        histograms: [{ series, timestamp: 2000, histogram }],
        exemplars: [{ series, labels: Labels.from({ trace_id: 'abc' }), value: 0.085, timestamp: 3000 }],
      }),
    )
    expect(items.map(({ kind, timestamp, text, attributes }) => [kind, timestamp, text, attributes])).toEqual([
      ['sample', 1000, '1.5', {}],
      ['sample', 1000, 'stale', {}],
      ['histogram', 2000, 'count 12, sum 3.5, zero 1, 2 buckets of schema 3', {}],
      ['exemplar', 3000, '0.085', { trace_id: 'abc' }],
    ])
    expect(items[0]).toMatchObject({ sequence: 0, from: 'a', to: 'b', port: 'metrics', truncated: false })
    expect(items[0].labels).toEqual({ __name__: 'x', job: 'j' })
  })

  it('of logs: the line, its stream and its structured metadata', async () => {
    const items = await shown('logs', lines('first', '', '한국어'))
    expect(items.map(({ text }) => text)).toEqual(['first', '', '한국어'])
    expect(items[0]).toMatchObject({
      kind: 'line',
      timestamp: 1700000000120,
      labels: { service_name: 'cart' },
      attributes: { trace_id: 'abc' },
    })
  })

  it('of spans: kind, duration and status, attributes and ids', async () => {
    const span = {
      ...{ traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), name: 'GET /x', kind: 2, attributes },
      ...{ startTimeUnixNano: '1700000000000000000', endTimeUnixNano: '1700000000012400000' },
      status: { code: 2, message: 'boom' },
    }
    const json = { resourceSpans: [{ resource, scopeSpans: [{ spans: [span, { name: 'bare' }] }] }] }
    const items = await shown('otlp', request('traces', json, 2))
    expect(items[0]).toMatchObject({
      kind: 'span',
      timestamp: 1700000000000,
      labels: { name: 'GET /x', service: 'cart', trace_id: 'ab'.repeat(16), span_id: 'cd'.repeat(8) },
      attributes: attributesShown,
      text: 'server, 12.4 ms, error: boom',
    })
    expect(items[1]).toMatchObject({ labels: { name: 'bare' }, text: 'unspecified', timestamp: undefined })
  })

  it('of OTLP metrics: every point of a metric', async () => {
    const points = [{ asDouble: 1.5, attributes }, { asInt: '8' }]
    const histogram = { dataPoints: [{ count: '3', sum: 1.25, min: 0.5 }] }
    const metrics = [
      { name: 'm', unit: 'By', sum: { dataPoints: points } },
      { name: 'h', histogram },
    ]
    const items = await shown(
      'otlp',
      request('metrics', { resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] }, 3),
    )
    expect(items.map(({ text, labels, sequence }) => [sequence, labels.name, text])).toEqual([
      [0, 'm', '1.5'],
      [1, 'm', '8'],
      [2, 'h', 'count 3, sum 1.25, min 0.5'],
    ])
    expect(items[0]).toMatchObject({
      kind: 'point',
      labels: { unit: 'By', service: 'cart' },
      attributes: attributesShown,
    })
  })

  it('of log records: severity and body', async () => {
    const record = { timeUnixNano: '5000000', severityText: 'WARN', body: { stringValue: 'low' }, attributes }
    const items = await shown(
      'otlp',
      request('logs', { resourceLogs: [{ resource, scopeLogs: [{ logRecords: [record] }] }] }, 1),
    )
    expect(items[0]).toMatchObject({
      kind: 'record',
      timestamp: 5,
      labels: { service: 'cart', severity: 'WARN' },
      attributes: attributesShown,
      text: 'low',
    })
  })

  it('says so when an item cannot be read', async () => {
    const bytes = new Uint8Array([0x0a, 5, 0x12, 3, 0x12, 1, 0xff])
    expect(await shown('otlp', { kind: 'traces', bytes, items: 1 })).toMatchObject([{ text: 'not readable' }])
  })

  it('never more than 4 KiB of an item, whole characters, and says that it cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 0, maxLength: 3000 }),
        fc.nat(5000),
        async (text, pad) => {
          const [item] = await shown('logs', lines('x'.repeat(pad) + text))
          const whole = 'x'.repeat(pad) + text
          expect(item.text.length).toBeLessThanOrEqual(longestItem)
          expect(Buffer.from(item.text).toString()).toBe(item.text)
          expect(item.truncated).toBe(item.text !== whole)
          expect(whole.startsWith(item.text)).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
    const series = Labels.from(Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`l${i}`, 'v'.repeat(100)])))
    const [item] = await shown('metrics', metricBatch([series], Float64Array.of(1), 1))
    expect(JSON.stringify(item.labels).length).toBeLessThan(longestItem)
    expect(item).toMatchObject({ text: '1', truncated: true })
  })
})

describe('how much a tap keeps', () => {
  const session = (edges: Edge[], perSecond: number, time: FakeClock, selection = {}) =>
    new TapSession(selection, perSecond, time, () => edges)

  it('is its share a second, evenly from a batch, the same for the same size, while everything is counted', async () => {
    const time = new FakeClock()
    const [before, after] = [edge('metrics', 'a', 'r', time), edge('metrics', 'r', 'b', time)] as unknown as Edge[]
    const tap = session([before, after], 50, time, { from: 'r', to: 'r' })
    for (let i = 0; i < 3; i++) {
      await before.accept(samples(1000))
      await after.accept(samples(1000))
    }
    const { items, seen, kept } = tap.frame()
    expect([items.length, seen, kept]).toEqual([50, 6000, 50])
    const sequences = (from: string) => items.filter((item) => item.from === from).map(({ sequence }) => sequence)
    expect(sequences('a')).toEqual(Array.from({ length: 25 }, (_, i) => i * 40))
    expect(sequences('r')).toEqual(sequences('a'))
    await time.advance(1000)
    await before.accept(samples(10))
    expect(tap.frame().items.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 10 }, (_, i) => 3000 + i))
  })

  it('stays bounded however many edges there are and however long nobody asks', async () => {
    const time = new FakeClock()
    const edges = Array.from({ length: 30 }, (_, i) => edge('metrics', `a${i}`, 'b', time)) as unknown as Edge[]
    const tap = session(edges, 10, time)
    for (const each of edges) await each.accept(samples(5))
    expect(tap.frame()).toMatchObject({ seen: 150, kept: 10 })
    const busy = session(edges, 200, time)
    for (let i = 0; i < 10; i++) {
      for (const each of edges) await each.accept(samples(100))
      await time.advance(1000)
    }
    const { items, seen } = busy.frame()
    expect(items).toHaveLength(1000)
    expect(items.at(-1)!.sequence).toBeGreaterThanOrEqual(900)
    expect(seen).toBe(30_000)
  })

  it('follows the edges of a reload and lets go when it is closed', async () => {
    const edges = [edge('metrics', 'a', 'b'), edge('metrics', 'a', 'c')] as unknown as Edge[]
    const tap = session(edges, 50, clock, { to: 'c' })
    const gone = edges[1]
    edges[1] = edge('metrics', 'n', 'c')
    await gone.accept(samples(1))
    expect(tap.frame().items.map(({ from }) => from)).toEqual(['a'])
    await gone.accept(samples(1))
    await edges[1].accept(samples(2))
    expect(tap.frame().items.map(({ from }) => from)).toEqual(['n', 'n'])
    tap.close()
    await edges[1].accept(samples(1))
    expect(edges.map(({ isTapped }) => isTapped)).toEqual([false, false])
    expect(tap.frame()).toEqual({ items: [], seen: 0, kept: 0 })
  })
})
