import { describe, expect, test } from 'vitest'
import type { DefinitionExports } from '../../../schema/definition.ts'
import { Labels } from '../../../signal/labels.ts'
import { metricBatch } from '../../../signal/metric-batch.ts'
import type { HistogramSample, MetricBatch } from '../../../signal/metric-batch.ts'
import { accepted, refused } from '../../../signal/receiver.ts'
import type { NativeHistogram } from '../../../signal/native-histogram.ts'
import type { RelabelRule } from '../../../signal/relabel-rule.ts'
import { recordingContext } from '../../../testing/component-context.ts'
import { RecordingMetrics } from '../../../testing/recording-receiver.ts'
import { relabelRule as rule } from '../../../testing/relabel-rule.ts'
import { prometheusRelabel } from './component.ts'
import { definition } from './definition.ts'
import type { RelabelArguments } from './relabel-lane.ts'

const keepHttp = rule({ action: 'keep', source_labels: ['__name__'], regex: 'http_.*' })
const addTeam = rule({ target_label: 'team', replacement: 'web' })

function start(...rules: RelabelRule[]) {
  const context = recordingContext<typeof definition>()
  const sink = new RecordingMetrics()
  const args: RelabelArguments = { forward_to: [sink], max_cache_size: 100_000, cache_ttl: 0, rule: rules }
  const component = prometheusRelabel.build(args, context)
  const { receiver } = context.published[0] as DefinitionExports<typeof definition>
  const stop = new AbortController()
  const done = component.run(stop.signal)
  return { context, sink, args, component, receiver, stop, done }
}

const series = [
  Labels.from({ __name__: 'http_requests_total', code: '200' }),
  Labels.from({ __name__: 'go_goroutines' }),
  Labels.from({ __name__: 'http_inflight' }),
]
const batchOf = (overrides: Partial<MetricBatch> = {}): MetricBatch =>
  metricBatch(series, Float64Array.of(1, 2, 3), Float64Array.of(10, 20, 30), overrides)

const histogram: NativeHistogram = {
  float: false,
  schema: 0,
  zeroThreshold: 0,
  zeroCount: 0,
  count: 1,
  sum: 1,
  positiveSpans: [],
  positiveBuckets: [],
  negativeSpans: [],
  negativeBuckets: [],
  customValues: [],
  resetHint: 'unknown',
  stale: false,
}

describe('prometheus.relabel', () => {
  test('relabels and drops samples, keeping values, times and order', async () => {
    const { sink, receiver, context } = start(keepHttp, addTeam)
    expect(await receiver.accept(batchOf())).toEqual(accepted)
    expect(sink.samples).toEqual([
      { labels: { __name__: 'http_requests_total', code: '200', team: 'web' }, value: 1, timestamp: 10 },
      { labels: { __name__: 'http_inflight', team: 'web' }, value: 3, timestamp: 30 },
    ])
    expect(context.drops).toEqual([{ count: 1, reason: 'relabel_rule' }])
    expect(context.values.get('alloy_prometheus_relabel_metrics_processed')).toBe(3)
    expect(context.values.get('alloy_prometheus_relabel_metrics_written')).toBe(2)
  })

  test('the same list in gives the same list out', async () => {
    const { sink, receiver } = start(keepHttp, addTeam)
    await receiver.accept(batchOf())
    await receiver.accept(batchOf())
    expect(sink.batches[1].series).toBe(sink.batches[0].series)
  })

  test('staleness markers are relabelled, forwarded, and free their place', async () => {
    const { sink, receiver, context, component, args } = start(keepHttp, addTeam)
    await receiver.accept(batchOf())
    await receiver.accept(batchOf({ staleFrom: 1 }))
    expect(sink.samples.slice(2)).toEqual([
      { labels: { __name__: 'http_requests_total', code: '200', team: 'web' }, value: 1, timestamp: 10 },
      { labels: { __name__: 'http_inflight', team: 'web' }, value: 'stale', timestamp: 30 },
    ])
    await component.update(args)
    expect(context.values.get('alloy_prometheus_relabel_cache_deletes')).toBe(2)
    expect(context.values.get('alloy_prometheus_relabel_cache_misses')).toBe(3)
    expect(context.values.get('alloy_prometheus_relabel_cache_hits')).toBe(3)
  })

  test('histograms, exemplars and metadata follow the rules', async () => {
    const { sink, receiver, context } = start(
      keepHttp,
      rule({ source_labels: ['__name__'], regex: 'http_(.*)', target_label: '__name__', replacement: 'web_$1' }),
    )
    const ofSeries = (name: string): HistogramSample => ({
      series: Labels.from({ __name__: name }),
      timestamp: 5,
      histogram,
    })
    await receiver.accept(
      batchOf({
        histograms: [ofSeries('http_seconds'), ofSeries('go_seconds')],
        exemplars: [
          { series: series[0], labels: Labels.from({ trace_id: 'a' }), value: 1, timestamp: 5 },
          { series: series[1], labels: Labels.from({ trace_id: 'b' }), value: 1, timestamp: 5 },
        ],
        metadata: ['http_requests', 'go_goroutines', 'http_seconds', 'elsewhere'].map((family) => ({
          family,
          type: 'counter' as const,
          help: '',
          unit: '',
        })),
      }),
    )
    const [{ histograms, exemplars, metadata }] = sink.batches
    expect(histograms.map((sample) => sample.series.get('__name__'))).toEqual(['web_seconds'])
    expect(exemplars.map((sample) => sample.series.get('__name__'))).toEqual(['web_requests_total'])
    expect(metadata.map(({ family }) => family)).toEqual(['web_requests', 'web_seconds', 'elsewhere'])
    expect(context.drops).toEqual([{ count: 3, reason: 'relabel_rule' }])
  })

  test('forwards nothing when everything is dropped, and the refusal when the next one refuses', async () => {
    const dropping = start(rule({ action: 'drop' }))
    expect(await dropping.receiver.accept(batchOf())).toEqual(accepted)
    expect(dropping.sink.batches).toHaveLength(0)
    const refusing = start(addTeam)
    refusing.sink.answer = () => refused('full')
    expect(await refusing.receiver.accept(batchOf())).toEqual(refused('full'))
  })

  test('samples count as forwarded when any receiver takes them, and the time that takes is measured', async () => {
    const { sink, receiver, component, args, context } = start(keepHttp)
    const other = new RecordingMetrics()
    await component.update({ ...args, forward_to: [sink, other] })
    other.answer = () => refused('full')
    expect(await receiver.accept(batchOf())).toEqual(refused('full'))
    expect(context.values.get('prometheus_forwarded_samples_total')).toBe(2)
    sink.answer = () => refused('full')
    await receiver.accept(batchOf())
    expect(context.values.get('prometheus_forwarded_samples_total')).toBe(2)
    expect(context.values.get('prometheus_fanout_latency_count')).toBe(2)
  })

  test('an update changes the rules for the next batch and keeps the receiver', async () => {
    const { sink, receiver, component, args, context } = start(keepHttp)
    await receiver.accept(batchOf())
    await component.update({ ...args, rule: [addTeam] })
    await receiver.accept(batchOf())
    expect(sink.samples.slice(2).map(({ labels }) => labels.team)).toEqual(['web', 'web', 'web'])
    expect((context.published[1] as DefinitionExports<typeof definition>).receiver).toBe(receiver)
  })

  test('cache_ttl forgets label sets that are not used', async () => {
    const { receiver, component, args, context, stop, done } = start(addTeam)
    await component.update({ ...args, max_cache_size: 0, cache_ttl: 60_000 })
    await receiver.accept(batchOf())
    await context.clock.advance(95_000)
    await component.update(args)
    expect(context.values.get('alloy_prometheus_relabel_cache_ttl_evictions')).toBe(3)
    stop.abort()
    await done
    expect(await receiver.accept(batchOf())).toMatchObject({ kind: 'refused' })
  })

  test('the check demands exactly one cache bound', () => {
    const args = { forward_to: [], max_cache_size: 100_000, cache_ttl: 0, rule: [] }
    const pathsOf = (changes: Partial<RelabelArguments>) =>
      definition.check?.({ ...args, ...changes }).map(({ path }) => path.join('.'))
    expect(pathsOf({})).toEqual([])
    expect(pathsOf({ cache_ttl: 60_000 })).toEqual(['cache_ttl'])
    expect(pathsOf({ max_cache_size: 0 })).toEqual(['max_cache_size'])
    expect(pathsOf({ max_cache_size: 0, cache_ttl: 1000 })).toEqual(['cache_ttl'])
    expect(pathsOf({ max_cache_size: 0, cache_ttl: 60_000 })).toEqual([])
    expect(pathsOf({ rule: [rule({})] })).toEqual(['rule.0.target_label'])
  })
})
