import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { request } from 'node:http'
import { WebSocket } from 'ws'
import { startEmbeddedBackend } from './embedded-backend.ts'
import type { EmbeddedBackend } from './embedded-backend.ts'
import { writeRequest } from './testing/write-request.ts'

const free = { host: '127.0.0.1', port: 0 }
const listen = { loki: free, mimir: free, tempo: free, otlpGrpc: free, otlpHttp: free }
const traceId = '0123456789abcdef0123456789abcdef'
/** What answers may hold; tests read the part they asked for. */
interface Body {
  readonly text?: string
  readonly data: {
    readonly result: readonly { metric: Record<string, string>; value: [number, string]; values: [string, string][] }[]
  }
  readonly trace: { readonly resourceSpans: readonly { scopeSpans: readonly { spans: readonly unknown[] }[] }[] }
  readonly traces: readonly unknown[]
  readonly tagValues: readonly unknown[]
}

let directory: string
let backend: EmbeddedBackend

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'embedded-'))
  backend = await startEmbeddedBackend({ directory, listen })
})

afterEach(async () => {
  await backend.stop()
  rmSync(directory, { recursive: true, force: true })
})

async function ask(port: keyof EmbeddedBackend['addresses'], path: string): Promise<{ status: number; body: Body }> {
  const response = await fetch(`http://${backend.addresses[port]}${path}`)
  const body = await response.text()
  return { status: response.status, body: body.startsWith('{') ? (JSON.parse(body) as Body) : ({ text: body } as Body) }
}

const pushLogs = (streams: unknown): Promise<Response> =>
  fetch(`http://${backend.addresses.loki}/loki/api/v1/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ streams }),
  })

const nanos = (ms: number): string => `${ms}000000`

test('lines pushed to Loki are found by their labels, text and metadata', async () => {
  const now = Date.now()
  const pushed = await pushLogs([
    {
      stream: { app: 'web' },
      values: [
        [nanos(now - 2000), 'GET /a', { trace_id: traceId }],
        [nanos(now - 1000), 'GET /b'],
      ],
    },
    { stream: { app: 'db' }, values: [[nanos(now - 1500), 'slow query']] },
  ])
  expect(pushed.status).toBe(204)
  const query = encodeURIComponent(`{app="web"} |= "GET" | trace_id="${traceId}"`)
  const found = await ask('loki', `/loki/api/v1/query_range?query=${query}`)
  expect(found.body.data.result).toEqual([
    { stream: { app: 'web', service_name: 'web', trace_id: traceId }, values: [[nanos(now - 2000), 'GET /a']] },
  ])
  const counted = await ask(
    'loki',
    `/loki/api/v1/query?query=${encodeURIComponent('sum by (app) (count_over_time({app=~".+"}[1m]))')}`,
  )
  expect(counted.body.data.result.map(({ metric, value }) => [metric.app, value[1]])).toEqual([
    ['db', '1'],
    ['web', '2'],
  ])
  expect((await ask('loki', '/loki/api/v1/label/app/values')).body.data).toEqual(['db', 'web'])
})

test('samples written to Mimir are found by PromQL', async () => {
  const now = Math.floor(Date.now() / 1000) * 1000
  const body = writeRequest([
    {
      labels: { __name__: 'up', job: 'a' },
      samples: [
        [now - 15_000, 1],
        [now, 0],
      ],
    },
  ])
  const written = await fetch(`http://${backend.addresses.mimir}/api/v1/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' },
    body,
  })
  expect(written.status).toBe(200)
  const at = await ask('mimir', `/prometheus/api/v1/query?query=up{job="a"}&time=${now / 1000 - 5}`)
  expect(at.body).toEqual({
    status: 'success',
    data: { resultType: 'vector', result: [{ metric: { __name__: 'up', job: 'a' }, value: [now / 1000 - 5, '1'] }] },
  })
  const wrong = await ask('mimir', '/prometheus/api/v1/query?query=up{')
  expect(wrong).toMatchObject({ status: 400, body: { status: 'error', errorType: 'bad_data' } })
})

test('a trace sent over OTLP is found by its id and by what its spans say', async () => {
  const start = BigInt(Date.now() - 1000) * 1_000_000n
  const sent = await fetch(`http://${backend.addresses.otlpHttp}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
          scopeSpans: [
            {
              spans: [
                {
                  traceId,
                  spanId: '0123456789abcdef',
                  name: 'GET /cart',
                  kind: 2,
                  startTimeUnixNano: String(start),
                  endTimeUnixNano: String(start + 5_000_000n),
                  attributes: [{ key: 'http.status_code', value: { intValue: '500' } }],
                  status: { code: 2 },
                },
              ],
            },
          ],
        },
      ],
    }),
  })
  expect(sent.status).toBe(200)
  const byId = await ask('tempo', `/api/v2/traces/${traceId}`)
  const [span] = byId.body.trace.resourceSpans[0].scopeSpans[0].spans
  expect(span).toMatchObject({
    name: 'GET /cart',
    kind: 'SPAN_KIND_SERVER',
    traceId: Buffer.from(traceId, 'hex').toString('base64'),
  })
  const search = (q: string) => ask('tempo', `/api/search?q=${encodeURIComponent(q)}`)
  const found = await search(
    '{ resource.service.name = "shop" && span.http.status_code >= 500 && status = error && duration > 4ms }',
  )
  expect(found.body.traces).toMatchObject([
    { traceID: traceId, rootServiceName: 'shop', rootTraceName: 'GET /cart', durationMs: 5 },
  ])
  expect((await search('{ duration > 1s }')).body.traces).toEqual([])
  expect((await ask('tempo', '/api/traces/ffffffffffffffffffffffffffffffff')).status).toBe(404)
  const values = await ask('tempo', '/api/v2/search/tag/resource.service.name/values')
  expect(values.body.tagValues).toEqual([{ type: 'string', value: 'shop' }])
})

test('a search that finds more traces than it may answer answers with the newest', async () => {
  const began = Date.now() - 30_000
  const places = [4, 17, 1, 9, 12, 3, 18, 0, 7, 15, 2, 11, 19, 5, 8, 16, 10, 6, 13, 14]
  const spans = places.map((place, index) => ({
    traceId: String(index + 1).padStart(32, '0'),
    spanId: '0123456789abcdef',
    name: `at ${place}`,
    startTimeUnixNano: nanos(began + place),
    endTimeUnixNano: nanos(began + place + 1),
  }))
  await fetch(`http://${backend.addresses.otlpHttp}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
  })
  const { body } = await ask('tempo', `/api/search?q=${encodeURIComponent('{ name =~ "at.*" }')}&limit=3`)
  expect(body.traces).toMatchObject([
    { rootTraceName: 'at 19' },
    { rootTraceName: 'at 18' },
    { rootTraceName: 'at 17' },
  ])
})

/** A counter, a histogram and a gauge of the shop, as an SDK reports them. */
const shopMetrics = (now: number) => {
  const exemplars = [{ timeUnixNano: nanos(now - 10), asDouble: 0.2, traceId, spanId: '0123456789abcdef' }]
  const attributes = [{ key: 'http.route', value: { stringValue: '/cart' } }]
  const times = { attributes, startTimeUnixNano: nanos(now - 60_000), timeUnixNano: nanos(now) }
  const histogram = {
    ...times,
    count: '6',
    sum: 2.5,
    bucketCounts: ['1', '3', '2'],
    explicitBounds: [0.1, 0.5],
    exemplars,
  }
  const metrics = [
    {
      name: 'http.server.request.duration',
      unit: 's',
      description: 'How long requests take.',
      histogram: { aggregationTemporality: 2, dataPoints: [histogram] },
    },
    {
      name: 'orders',
      sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints: [{ ...times, asInt: '7', exemplars }] },
    },
    { name: 'queue.usage', unit: '1', gauge: { dataPoints: [{ ...times, asDouble: 0.25 }] } },
  ]
  const resource = {
    attributes: Object.entries({
      'service.name': 'cart',
      'service.namespace': 'shop',
      'service.version': '2',
      'os.type': 'linux',
    }).map(([key, stringValue]) => ({ key, value: { stringValue } })),
  }
  return { resourceMetrics: [{ resource, scopeMetrics: [{ scope: { name: 'sdk' }, metrics }] }] }
}

test.each([
  ['otlpHttp', '/v1/metrics'],
  ['mimir', '/otlp/v1/metrics'],
] as const)('metrics sent over OTLP to %s%s are stored under the names Prometheus gives them', async (port, path) => {
  const now = Date.now()
  const sent = await fetch(`http://${backend.addresses[port]}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(shopMetrics(now)),
  })
  expect([sent.status, await sent.text()]).toEqual([200, '{}'])
  const value = async (query: string): Promise<Record<string, number>> => {
    const { body } = await ask('mimir', `/prometheus/api/v1/query?query=${encodeURIComponent(query)}`)
    return Object.fromEntries(body.data.result.map(({ metric, value: [, text] }) => [metric.le, Number(text)]))
  }
  const one = '{job="shop/cart",service_name="cart",service_version="2",http_route="/cart"}'
  expect(await value(`http_server_request_duration_seconds_bucket${one}`)).toEqual({ '0.1': 1, '0.5': 4, '+Inf': 6 })
  expect(await value(`http_server_request_duration_seconds_sum${one}`)).toEqual({ undefined: 2.5 })
  expect(await value(`orders_total${one}`)).toEqual({ undefined: 7 })
  expect(await value(`queue_usage_ratio${one}`)).toEqual({ undefined: 0.25 })
  expect(await value('target_info{os_type="linux",job="shop/cart"}')).toEqual({ undefined: 1 })
  const { body } = await ask(
    'mimir',
    '/prometheus/api/v1/query_exemplars?query=http_server_request_duration_seconds_bucket',
  )
  expect(body.data).toMatchObject([
    { seriesLabels: { le: '0.5' }, exemplars: [{ labels: { trace_id: traceId }, value: '0.2' }] },
  ])
  const metadata = await ask('mimir', '/prometheus/api/v1/metadata?metric=http_server_request_duration_seconds')
  expect(metadata.body.data).toMatchObject({
    http_server_request_duration_seconds: [{ type: 'histogram', help: 'How long requests take.' }],
  })
})

test('metrics that cannot be stored are named, and the rest of their request is stored', async () => {
  const request = shopMetrics(Date.now())
  const [
    {
      scopeMetrics: [{ metrics }],
    },
  ] = request.resourceMetrics
  const more = [
    { name: 'spread', exponentialHistogram: { aggregationTemporality: 2, dataPoints: [] } },
    { name: 'steps', sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints: [] } },
    { name: '字', gauge: { dataPoints: [] } },
  ]
  ;(metrics as unknown[]).push(...more)
  const sent = await fetch(`http://${backend.addresses.otlpHttp}/v1/metrics`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  })
  const { message } = (await sent.json()) as { message: string }
  expect(sent.status).toBe(400)
  for (const named of ['spread is an exponential histogram', 'PREFERENCE=cumulative', '"字" has no character'])
    expect(message).toContain(named)
  const { body } = await ask('mimir', '/prometheus/api/v1/query?query=orders_total')
  expect(body.data.result).toHaveLength(1)
})

test('what was stored is there after a restart', async () => {
  const now = Date.now()
  await pushLogs([{ stream: { app: 'web' }, values: [[nanos(now), 'kept']] }])
  await fetch(`http://${backend.addresses.mimir}/api/v1/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' },
    body: writeRequest([{ labels: { __name__: 'kept' }, samples: [[now, 7]] }]),
  })
  await backend.stop()
  backend = await startEmbeddedBackend({ directory, listen })
  const lines = await ask(
    'loki',
    `/loki/api/v1/query_range?query=${encodeURIComponent('{app="web"}')}&end=${nanos(now + 1)}`,
  )
  expect(lines.body.data.result[0].values).toEqual([[nanos(now), 'kept']])
  const sample = await ask('mimir', `/prometheus/api/v1/query?query=kept&time=${now / 1000}`)
  expect(sample.body.data.result[0].value[1]).toBe('7')
})

test('a line sent twice is there once, and lines of one moment all are', async () => {
  const at = nanos(Date.now() - 1000)
  const values = Array.from({ length: 5000 }, (_, i) => [at, `line ${i}`])
  for (let twice = 0; twice < 2; twice++) await pushLogs([{ stream: { app: 'web' }, values }])
  const query = encodeURIComponent('sum(count_over_time({app="web"}[1m]))')
  const counted = await ask('loki', `/loki/api/v1/query?query=${query}`)
  expect(counted.body.data.result[0].value[1]).toBe('5000')
})

test('a tail is sent lines as they arrive', async () => {
  const socket = new WebSocket(
    `ws://${backend.addresses.loki}/loki/api/v1/tail?query=${encodeURIComponent('{app="web"} |= "new"')}`,
  )
  await new Promise((resolve) => socket.once('open', resolve))
  const message = new Promise<string>((resolve) => socket.once('message', (data: Buffer) => resolve(data.toString())))
  await pushLogs([
    {
      stream: { app: 'web' },
      values: [
        [nanos(Date.now()), 'old'],
        [nanos(Date.now()), 'new line'],
      ],
    },
  ])
  const { streams } = JSON.parse(await message) as { streams: { values: [string, string][] }[] }
  expect(streams.flatMap(({ values }) => values.map(([, line]) => line))).toEqual(['new line'])
  socket.terminate()
})

test('a request for another host is refused', async () => {
  const [host, port] = backend.addresses.loki.split(':')
  const status = await new Promise((resolve) => {
    request({ host, port, path: '/ready', headers: { host: `evil.test:${port}` } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).end()
  })
  expect(status).toBe(421)
  expect((await ask('loki', '/ready')).body.text).toBe('ready\n')
})
