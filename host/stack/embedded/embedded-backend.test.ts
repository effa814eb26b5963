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
