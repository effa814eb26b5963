import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Labels } from '../../../signal/labels.ts'
import { metricBatch } from '../../../signal/metric-batch.ts'
import type { MetricBatch } from '../../../signal/metric-batch.ts'
import type { NativeHistogram } from '../../../signal/native-histogram.ts'
import { accepted } from '../../../signal/receiver.ts'
import type { Acceptance } from '../../../signal/receiver.ts'
import { argumentsFrom } from '../../../testing/arguments-from.ts'
import { recordingContext } from '../../../testing/component-context.ts'
import { CrashFileSystem } from '../../../testing/crash-file-system.ts'
import { RemoteWriteBackend } from '../../../testing/remote-write-backend.ts'
import { exporterStart, startExporter } from '../../../testing/started-exporter.ts'
import { buildRemoteWrite } from './component.ts'
import { definition } from './definition.ts'

const now = exporterStart
const quick = 'queue_config { batch_send_deadline = "100ms" }'
const endpointTo = (host: string, more = quick): string =>
  `endpoint {\n url = "http://${host}:9009/api/v1/push"\n name = "${host}"\n ${more}\n}\n`

/** A component on a disk in memory that sends to scripted backends, one per host name. */
function start(config: string, files?: CrashFileSystem) {
  const backends = new Map<string, RemoteWriteBackend>()
  const backend = (host = 'mimir'): RemoteWriteBackend => {
    const known = backends.get(host) ?? new RemoteWriteBackend()
    backends.set(host, known)
    return known
  }
  const { exported, soon, ...started } = startExporter(
    { definition, build: buildRemoteWrite, createClient: ({ url }) => backend(new URL(url).hostname) },
    config,
    files,
  )
  const { receiver } = exported
  const send = (batch: MetricBatch): Promise<Acceptance> => soon(receiver.accept(batch))
  return { ...started, receiver, backend, send }
}

const seriesOf = (count: number, name = 'm'): Labels[] =>
  Array.from({ length: count }, (_, i) => Labels.from({ __name__: name, i: String(i).padStart(4, '0') }))
const batchOf = (
  series: readonly Labels[],
  value: number,
  timestamp = now,
  more: Partial<MetricBatch> = {},
): MetricBatch =>
  metricBatch(
    series,
    Float64Array.from(series, (_, i) => value + i),
    timestamp,
    more,
  )
const one = seriesOf(1)
const someHistogram: NativeHistogram = {
  float: false,
  schema: 3,
  zeroThreshold: 0,
  zeroCount: 1,
  count: 3,
  sum: 3,
  positiveSpans: [{ offset: 0, length: 2 }],
  positiveBuckets: [1, 0],
  negativeSpans: [],
  negativeBuckets: [],
  customValues: [],
  resetHint: 'unknown',
  stale: false,
}

describe('sending', () => {
  test('posts snappy protobuf with the headers of the protocol', async () => {
    const { send, backend } = start(endpointTo('mimir', `${quick}\n headers = { "X-Scope-OrgID" = "team" }`))
    expect(await send(batchOf(one, 1))).toEqual(accepted)
    const [{ url, headers }] = backend().received
    expect(url).toBe('http://mimir:9009/api/v1/push')
    expect(Object.fromEntries(headers)).toEqual({
      'content-encoding': 'snappy',
      'content-type': 'application/x-protobuf',
      'x-prometheus-remote-write-version': '0.1.0',
      'x-scope-orgid': 'team',
    })
    expect(backend().samples).toEqual([`{__name__="m", i="0000"}=1@${now}`])
  })

  test('cuts at max_samples_per_send and joins small batches up to it', async () => {
    const { receiver, backend, pass } = start(
      endpointTo('mimir', 'queue_config {\n max_samples_per_send = 10\n batch_send_deadline = "2s"\n}'),
    )
    const answers = [receiver.accept(batchOf(seriesOf(25), 0))]
    for (let i = 0; i < 5; i++) answers.push(receiver.accept(batchOf(seriesOf(3, `small${i}`), i)))
    await pass(5000)
    expect(await Promise.all(answers)).toEqual(answers.map(() => accepted))
    const sizes = backend().received.map(({ content }) => content.series.length)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(10)
    expect(sizes.reduce((a, b) => a + b)).toBe(40)
    expect(sizes.length).toBeLessThan(8)
  })

  test('adds external labels only where they are missing, before the rules', async () => {
    const { send, backend, context } = start(`
      external_labels = { cluster = "eu", i = "never" }
      ${endpointTo(
        'mimir',
        `${quick}
        write_relabel_config {
          source_labels = ["cluster", "i"]
          regex = "eu;0001"
          action = "drop"
        }`,
      )}`)
    await send(batchOf(seriesOf(3), 0))
    expect(backend().stored.map(({ labels }) => labels.toJSON())).toEqual([
      { __name__: 'm', cluster: 'eu', i: '0000' },
      { __name__: 'm', cluster: 'eu', i: '0002' },
    ])
    expect(backend().stored.map(({ samples }) => samples[0].value)).toEqual([0, 2])
    expect(context.drops).toEqual([{ count: 1, reason: 'dropped_series' }])
  })

  test('staleness markers, exemplars once each, native histograms when asked for', async () => {
    const histogram = someHistogram
    const exemplar = { series: one[0], labels: Labels.from({ trace_id: 'a' }), value: 1, timestamp: now }
    const tooLong = { ...exemplar, series: Labels.from({ __name__: 'x' }), labels: Labels.from({ t: 'a'.repeat(128) }) }
    const nhcb = { ...histogram, schema: -53, customValues: [1] }
    const { send, backend, context } = start(
      endpointTo('mimir', `${quick}\n send_native_histograms = true`) + endpointTo('other', quick),
    )
    const batch = batchOf(one, 1, now, {
      staleFrom: 0,
      exemplars: [exemplar, tooLong],
      histograms: [
        { series: one[0], histogram, timestamp: now },
        { series: one[0], histogram: nhcb, timestamp: now },
      ],
    })
    await send(batch)
    await send({ ...batch, histograms: [], series: [], staleFrom: 0 })
    expect(backend().samples).toEqual([`{__name__="m", i="0000"}=stale@${now}`])
    expect(backend().stored.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels.toJSON()))).toEqual([
      { trace_id: 'a' },
    ])
    expect(backend().stored.flatMap(({ histograms }) => histograms)).toEqual([{ histogram, timestamp: now }])
    expect(backend('other').stored.flatMap(({ histograms }) => histograms)).toEqual([])
    expect(context.drops).toEqual([
      { count: 1, reason: 'exemplar_too_long' },
      { count: 1, reason: 'nhcb_in_rw1_not_supported' },
      { count: 1, reason: 'exemplar_too_long' },
    ])
  })

  test('metadata goes out when it is new, when it changes, and once per interval', async () => {
    const { send, backend, pass } = start(endpointTo('mimir'))
    const entry = { family: 'm', type: 'gauge', help: 'Help.', unit: '' } as const
    await send(batchOf(one, 1, now, { metadata: [entry] }))
    await send(batchOf(one, 1, now, { metadata: [entry] }))
    await send(batchOf(one, 1, now, { metadata: [{ ...entry, help: 'Other.' }] }))
    await pass(60_000, 5000)
    await send(batchOf(one, 1, now, { metadata: [{ ...entry, help: 'Other.' }] }))
    const sent = backend().received.flatMap(({ content }) => content.metadata.map(({ help }) => help))
    expect(sent).toEqual(['Help.', 'Other.', 'Other.'])
  })

  test('remote write 2.0: own headers, metadata in the series, and a server that wrote nothing did not understand', async () => {
    const { send, backend, context } = start(
      endpointTo('mimir', `${quick}\n protobuf_message = "io.prometheus.write.v2.Request"`),
    )
    backend().answer = () => ({ status: 204, headers: { 'x-prometheus-remote-write-samples-written': '1' } })
    await send(batchOf(one, 1, now, { metadata: [{ family: 'm', type: 'gauge', help: 'Help.', unit: 's' }] }))
    const [{ headers, content }] = backend().received
    expect(headers.get('content-type')).toBe('application/x-protobuf;proto=io.prometheus.write.v2.Request')
    expect(headers.get('x-prometheus-remote-write-version')).toBe('2.0.0')
    expect(content.series[0].metadata).toEqual({ type: 'gauge', help: 'Help.', unit: 's' })
    backend().answer = () => ({ status: 204 })
    await send(batchOf(one, 2))
    expect(context.drops).toEqual([{ count: 1, reason: 'rejected' }])
    expect(context.logLines.some(({ fields }) => String(fields?.detail).includes('remote write 2.0'))).toBe(true)
  })

  test('sample_age_limit leaves out what is too old', async () => {
    const { send, backend, context } = start(
      endpointTo('mimir', 'queue_config {\n sample_age_limit = "1m"\n batch_send_deadline = "100ms"\n}'),
    )
    const series = seriesOf(3)
    await send(metricBatch(series, Float64Array.of(1, 2, 3), Float64Array.of(now, now - 61_000, now + 1)))
    await send(batchOf(series, 5, now - 70_000))
    expect(backend().stored.map(({ samples }) => samples[0].value)).toEqual([1, 3])
    expect(context.drops).toEqual([
      { count: 1, reason: 'too_old' },
      { count: 3, reason: 'too_old' },
    ])
  })
})

describe('when the server does not take it', () => {
  test('down then up: everything arrives, once and in order, and retries say so', async () => {
    const { send, backend, context, pass } = start(endpointTo('mimir'))
    backend().answer = () => 'down'
    const series = seriesOf(3)
    for (let i = 0; i < 20; i++) expect(await send(batchOf(series, i * 10, now + i))).toEqual(accepted)
    await pass(600_000, 5000)
    expect(backend().stored).toEqual([])
    expect(context.health.at(-1)?.state).toBe('unhealthy')
    expect(backend().received.at(-1)?.headers.get('retry-attempt')).toMatch(/^\d{2,}$/)
    backend().answer = () => ({ status: 200 })
    await pass(10_000)
    const expected = Array.from({ length: 20 }, (_, i) => [0, 1, 2].map((n) => [i * 10 + n, now + i])).flat()
    expect(backend().stored.map(({ samples: [{ value, timestamp }] }) => [value, timestamp])).toEqual(expected)
    expect(context.health.at(-1)).toEqual({ state: 'healthy', message: 'sending' })
  })

  test('a retry repeats the very same bytes', async () => {
    const { send, backend, pass } = start(endpointTo('mimir'))
    const answers = [503, 500, 200]
    backend().answer = () => ({ status: answers.shift() ?? 200 })
    await send(batchOf(seriesOf(5), 1))
    await pass(2000)
    const bodies = backend().received.map(({ bodyText }) => bodyText)
    expect(bodies).toHaveLength(3)
    expect(new Set(bodies).size).toBe(1)
    expect(backend().received.map(({ headers }) => headers.get('retry-attempt'))).toEqual([undefined, '1', '2'])
  })

  test('413: halves arrive', async () => {
    const { send, backend, context, pass } = start(endpointTo('mimir'))
    backend().answer = ({ content }) => ({ status: content.series.length > 300 ? 413 : 200 })
    await send(batchOf(seriesOf(2000), 0))
    await pass(5000)
    expect(backend().stored.map(({ samples }) => samples[0].value)).toEqual(Array.from({ length: 2000 }, (_, i) => i))
    expect(context.drops).toEqual([])
  })

  test('400 for one bad series of 2,000: 1,999 arrive and the server is quoted for the one', async () => {
    const { send, backend, context, pass } = start(endpointTo('mimir'))
    backend().answer = ({ content }) =>
      content.series.some(({ labels }) => labels.get('i') === '1234')
        ? { status: 400, body: 'out of order sample' }
        : { status: 200 }
    await send(batchOf(seriesOf(2000), 0))
    await pass(5000)
    expect(backend().stored.map(({ labels }) => Number(labels.get('i')))).toEqual(
      Array.from({ length: 2000 }, (_, i) => i).filter((i) => i !== 1234),
    )
    expect(context.drops).toEqual([{ count: 1, reason: 'rejected' }])
    expect(
      context.values.get('prometheus_remote_storage_samples_failed_total{mimir,http://mimir:9009/api/v1/push}'),
    ).toBe(1)
    expect(context.logLines.some(({ fields }) => String(fields?.detail).includes('out of order sample'))).toBe(true)
  })

  test('400 for everything: the search ends, what follows is given up whole, and the log tells it in two lines', async () => {
    const { send, backend, context, pass } = start(endpointTo('mimir'))
    backend().answer = () => ({ status: 400, body: 'nothing of this' })
    await send(batchOf(seriesOf(2000), 0))
    await pass(5000)
    expect(backend().received.length).toBeLessThan(100)
    expect(context.drops.reduce((sum, { count }) => sum + count, 0)).toBe(2000)
    const before = backend().received.length
    await send(batchOf(seriesOf(2000), 0))
    await pass(20_000)
    expect(backend().received).toHaveLength(before + 1)
    const said = context.logLines.filter(({ message }) => /given up|gave up/.test(message))
    expect(said.map(({ fields }) => fields?.endpoint)).toEqual(['mimir', 'mimir'])
    expect(said.reduce((sum, { fields }) => sum + Number(fields?.items), 0)).toBe(4000)
    backend().answer = ({ content }) => ({
      status: content.series.some(({ labels }) => labels.get('i') === '0007') ? 400 : 200,
    })
    await send(batchOf(one, 0))
    await pass(5000)
    await send(batchOf(seriesOf(2000), 0))
    await pass(5000)
    expect(backend().stored).toHaveLength(1 + 1999)
  })

  test('an address that takes no metrics is said at once and tried until it is right', async () => {
    const { send, backend, context, pass } = start(endpointTo('mimir'))
    backend().answer = () => ({ status: 404, body: 'page not found' })
    await send(batchOf(one, 1))
    await pass(1000)
    expect(context.health.at(-1)).toMatchObject({ state: 'unhealthy' })
    for (const part of ['status 404: page not found', 'nothing takes metrics at http://mimir:9009/api/v1/push'])
      expect(context.health.at(-1)?.message).toContain(part)
    backend().answer = () => ({ status: 302, headers: { location: '/elsewhere' } })
    await pass(30_000)
    expect(context.health.at(-1)?.message).toContain('redirects to /elsewhere')
    backend().answer = () => ({ status: 200 })
    await pass(6000)
    expect(backend().stored).toHaveLength(1)
    expect(context.health.at(-1)?.state).toBe('healthy')
  })

  test('a server that refuses request after request makes the component unhealthy until it takes one', async () => {
    const { send, backend, context, pass } = start(endpointTo('mimir'))
    backend().answer = () => ({ status: 422, body: 'label value too long' })
    for (let i = 0; i < 6; i++) {
      await send(batchOf(one, i))
      await pass(500)
    }
    expect(context.health.at(-1)).toMatchObject({ state: 'unhealthy' })
    expect(context.health.at(-1)?.message).toContain(
      'refuses what it is sent, which is given up (the server answered with status 422: label value too long)',
    )
    backend().answer = () => ({ status: 200 })
    await send(batchOf(one, 7))
    await pass(500)
    expect(context.health.at(-1)?.state).toBe('healthy')
  })

  test('429: waits as long as Retry-After says, unless retry_on_http_429 is off', async () => {
    const patient = start(endpointTo('mimir'))
    const answers = [{ status: 429, headers: { 'retry-after': '30' } }]
    patient.backend().answer = () => answers.shift() ?? { status: 200 }
    await patient.send(batchOf(one, 1))
    await patient.pass(29_000)
    expect(patient.backend().received).toHaveLength(1)
    await patient.pass(2000)
    expect(patient.backend().stored).toHaveLength(1)

    const strict = start(
      endpointTo('mimir', 'queue_config {\n retry_on_http_429 = false\n batch_send_deadline = "100ms"\n}'),
    )
    strict.backend().answer = () => ({ status: 429 })
    await strict.send(batchOf(one, 1))
    expect(strict.context.drops).toEqual([{ count: 1, reason: 'rejected' }])
  })

  test('401: nothing is dropped, health says why, and it goes on after an update', async () => {
    const { send, backend, context, pass, update } = start(endpointTo('mimir'))
    backend().answer = () => ({ status: 401 })
    await send(batchOf(one, 1))
    await send(batchOf(one, 2))
    await pass(120_000, 5000)
    expect(context.drops).toEqual([])
    expect(backend().received.length).toBeLessThan(10)
    expect(context.health.at(-1)).toMatchObject({ state: 'unhealthy' })
    expect(context.health.at(-1)?.message).toContain('refuses the credentials')
    backend().answer = () => ({ status: 200 })
    await update(endpointTo('mimir', `${quick}\n bearer_token = "new"`))
    await pass(1000)
    expect(backend().stored.map(({ samples }) => samples[0].value)).toEqual([1, 2])
    expect(context.health.at(-1)).toMatchObject({ state: 'healthy' })
  })

  test('one endpoint that is down does not hold the other up', async () => {
    const { send, backend } = start(endpointTo('mimir') + endpointTo('other'))
    backend().answer = () => 'down'
    await send(batchOf(one, 1))
    expect(backend('other').samples).toHaveLength(1)
    expect(backend().samples).toHaveLength(0)
  })
})

describe('over restarts and updates', () => {
  test('a backlog survives a restart and is sent byte for byte', async () => {
    const first = start(endpointTo('mimir'))
    first.backend().answer = () => 'down'
    for (let i = 0; i < 5; i++) await first.send(batchOf(seriesOf(10), i * 100))
    await first.stop()
    const second = start(endpointTo('mimir'), first.files)
    await second.pass(1000)
    const values = second.backend().stored.map(({ samples }) => samples[0].value)
    expect([...new Set(values)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, n) => Math.floor(n / 10) * 100 + (n % 10)),
    )
    expect(second.backend().received[0].bodyText).toBe(first.backend().received[0].bodyText)
  })

  test('updates under load lose nothing', async () => {
    const { receiver, backend, pass, update } = start(endpointTo('mimir'))
    let flaky = 0
    backend().answer = () => (flaky++ % 3 === 0 ? { status: 503 } : { status: 200 })
    const series = seriesOf(7)
    const answers: Promise<Acceptance>[] = []
    for (let i = 0; i < 30; i++) {
      answers.push(receiver.accept(batchOf(series, i * 10, now + i)))
      await pass(50, 50)
      if (i % 5 === 4) {
        await update(endpointTo('mimir', `${quick}\n bearer_token = "t${i}"\n send_exemplars = ${i % 2 === 0}`))
      }
    }
    await pass(10_000)
    expect(new Set((await Promise.all(answers)).map(({ kind }) => kind))).toEqual(new Set(['accepted']))
    const stored = new Set(backend().samples)
    expect(stored.size).toBe(210)
    const times = backend().stored.map(({ samples }) => samples[0].timestamp)
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  test('a changed url of a named endpoint takes the backlog along; a removed endpoint leaves it on disk', async () => {
    const { send, backend, update, pass, files, stop } = start(endpointTo('mimir'))
    backend().answer = () => 'down'
    await send(batchOf(one, 1))
    await update(endpointTo('mimir').replace('http://mimir', 'http://moved'))
    await pass(10_000)
    expect(backend('moved').samples).toHaveLength(1)
    backend('moved').answer = () => 'down'
    await send(batchOf(one, 2))
    await update('')
    expect(await send(batchOf(one, 3))).toEqual(accepted)
    await stop()
    const again = start(endpointTo('mimir'), files)
    await again.pass(1000)
    expect(again.backend().stored.map(({ samples }) => samples[0].value)).toEqual([2])
  })

  test('queues left behind are mentioned', async () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'weir-test-'))
    mkdirSync(join(dataDirectory, 'old-0123abcd'))
    writeFileSync(join(dataDirectory, 'old-0123abcd', '0000000000000001.segment'), Buffer.alloc(144))
    const context = recordingContext<typeof definition>({ dataDirectory })
    const build = buildRemoteWrite(() => ({ createClient: () => new RemoteWriteBackend() }))
    const component = build(argumentsFrom(definition, ''), context)
    const stopping = new AbortController()
    const ended = component.run(stopping.signal)
    await expect.poll(() => context.health.at(-1)?.message).toContain('100 bytes queued for a former endpoint')
    expect(context.health.at(-1)?.state).toBe('healthy')
    expect(JSON.stringify(component.debugInfo?.())).toContain('old-0123abcd')
    stopping.abort()
    await ended
  })

  test('stopped, it refuses', async () => {
    const { receiver, stop } = start(endpointTo('mimir'))
    await stop()
    expect(await receiver.accept(batchOf(one, 1))).toMatchObject({ kind: 'refused', retryable: true })
  })
})

test('metrics and debug info describe the queue', async () => {
  const { send, backend, context, component } = start(
    endpointTo('mimir').replace('http://mimir', 'http://user:secret@mimir'),
  )
  await send(batchOf(seriesOf(3), 1))
  const url = 'http://user:xxxxx@mimir:9009/api/v1/push'
  const value = (name: string): number | undefined =>
    context.values.get(`prometheus_remote_storage_${name}{mimir,${url}}`)
  expect(value('samples_total')).toBe(3)
  expect(value('bytes_total')).toBe(backend().received[0].bodyText.length)
  expect(value('sent_batch_duration_seconds_count')).toBe(1)
  expect(value('queue_highest_sent_timestamp_seconds')).toBe(now / 1000)
  expect(value('queue_highest_timestamp_seconds')).toBe(now / 1000)
  expect(context.values.get('prometheus_remote_storage_samples_in_total')).toBe(3)
  expect(context.values.get('prometheus_remote_write_wal_samples_appended_total')).toBe(3)
  expect(context.values.get('prometheus_remote_storage_highest_timestamp_in_seconds')).toBe(now / 1000)
  const info = JSON.stringify(component.debugInfo?.())
  expect(info).toContain('"idle"')
  expect(info).not.toContain('secret@')
})

test('what waits is told by kind, and an offer the disk does not take is counted', async () => {
  const { send, backend, context, files, pass } = start(endpointTo('mimir', `${quick}\n send_native_histograms = true`))
  const value = (name: string): number | undefined => {
    context.readValues()
    return context.values.get(`prometheus_remote_storage_${name}{mimir,http://mimir:9009/api/v1/push}`)
  }
  const pending = () => ['samples', 'exemplars', 'histograms'].map((kind) => value(`${kind}_pending`))
  const exemplar = { series: one[0], labels: Labels.from({ trace_id: 'a' }), value: 1, timestamp: now }
  const batch = batchOf(seriesOf(3), 1, now, {
    exemplars: [exemplar],
    histograms: [{ series: one[0], histogram: someHistogram, timestamp: now }],
  })
  backend().answer = () => 'down'
  await send(batch)
  expect(pending()).toEqual([3, 1, 1])
  expect(value('enqueue_retries_total')).toBe(0)
  files.fault = (operation) =>
    operation === 'write' ? Object.assign(new Error('no space'), { code: 'ENOSPC' }) : undefined
  expect(await send(batchOf(one, 1))).toMatchObject({ kind: 'refused' })
  expect(value('enqueue_retries_total')).toBe(1)
  files.fault = () => undefined
  backend().answer = () => ({ status: 400, body: 'never' })
  await pass(60_000)
  expect(pending()).toEqual([0, 0, 0])
})
