import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { QueryEndpoint } from './backend-client.ts'
import { findServices, tailLines } from './explore.ts'
import { countLines, findLines } from './loki.ts'
import { findSeries } from './prometheus.ts'
import { findTrace, findTraces } from './tempo.ts'

type Answer = (url: URL) => { readonly status?: number; readonly body: unknown }

const open: (() => void)[] = []
afterEach(() => open.splice(0).forEach((close) => close()))

/** A server that answers as told and keeps what it was asked. */
async function backend(answer: Answer): Promise<{ readonly endpoint: QueryEndpoint; readonly asked: URL[] }> {
  const asked: URL[] = []
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', 'http://x')
    asked.push(url)
    const { status = 200, body } = answer(url)
    outgoing.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(
    () => server.closeAllConnections(),
    () => server.close(),
  )
  const { port } = server.address() as AddressInfo
  return { endpoint: { name: 'Loki', url: `http://127.0.0.1:${port}`, headers: {} }, asked }
}

const range = { from: 1_700_000_000_000, to: 1_700_000_060_000 }
const trace = '4bf92f3577b34da6a3ce929d0e0e4736'

test('lines of all streams come newest first, with the trace and level they name, and say when there are more', async () => {
  const { endpoint, asked } = await backend(() => ({
    body: {
      data: {
        resultType: 'streams',
        result: [
          { stream: { app: 'a' }, values: [['1700000000000000001', `level=error trace_id=${trace} boom`]] },
          {
            stream: { app: 'b', level: 'warn' },
            values: [
              ['1700000000000000002', 'x'],
              ['1700000000000000000', 'y'],
            ],
          },
        ],
      },
    },
  }))
  const { lines, truncated } = await findLines(endpoint, { query: '{app=~".+"}', ...range, limit: 2 })
  expect(lines.map(({ text }) => text)).toEqual(['x', `level=error trace_id=${trace} boom`])
  expect(lines[1]).toMatchObject({ traceId: trace, level: 'error', at: 1_700_000_000_000 })
  expect(lines[0].level).toBe('warn')
  expect(truncated).toBe(true)
  expect(asked[0].searchParams.get('start')).toBe('1700000000000000000')
  expect(asked[0].searchParams.get('limit')).toBe('3')
})

test('counts come step by step, with zeros between', async () => {
  const { endpoint } = await backend(() => ({
    body: {
      data: {
        result: [
          {
            metric: {},
            values: [
              [1_700_000_010, '3'],
              [1_700_000_030, '4'],
            ],
          },
        ],
      },
    },
  }))
  const { stepMs, bars } = await countLines(endpoint, { query: '{a="b"}', ...range, bars: 12 })
  expect(stepMs).toBe(5_000)
  expect(bars.filter(({ count }) => count > 0)).toEqual([
    { at: 1_700_000_005_000, count: 3 },
    { at: 1_700_000_025_000, count: 4 },
  ])
  expect(bars).toHaveLength(12)
})

test('a chart has its exemplars, and stands without them where the backend refuses', async () => {
  const values = [
    [1_700_000_000, '1'],
    [1_700_000_015, 'NaN'],
  ]
  const matrix = { data: { result: [{ metric: { job: 'a' }, values }] } }
  const exemplars = {
    data: [{ exemplars: [{ labels: { trace_id: trace }, value: '0.5', timestamp: 1_700_000_001.5 }] }],
  }
  const good = await backend(({ pathname }) => ({ body: pathname.endsWith('query_exemplars') ? exemplars : matrix }))
  const found = await findSeries(good.endpoint, { query: 'up', ...range, points: 10 })
  expect(found.series).toEqual([
    {
      labels: { job: 'a' },
      points: [
        [1_700_000_000_000, 1],
        [1_700_000_015_000, NaN],
      ],
    },
  ])
  expect(found.exemplars).toEqual([{ at: 1_700_000_001_500, value: 0.5, labels: { trace_id: trace }, traceId: trace }])
  const bare = await backend(({ pathname }) =>
    pathname.endsWith('query_exemplars') ? { status: 404, body: 'no' } : { body: matrix },
  )
  expect((await findSeries(bare.endpoint, { query: 'up', ...range, points: 10 })).exemplars).toEqual([])
})

const spanJson = (fields: object): object => ({
  startTimeUnixNano: '1700000000000000000',
  endTimeUnixNano: '1700000000250000000',
  kind: 'SPAN_KIND_SERVER',
  ...fields,
})
const resourceSpans = (service: string, ...spans: object[]): object => ({
  resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
  scopeSpans: [{ scope: { name: 'http' }, spans }],
})
const checkout = {
  batches: [
    resourceSpans(
      'shop',
      spanJson({ spanId: 'AAAAAAAAAAE=', name: 'GET /cart', status: { code: 2, message: 'late' } }),
    ),
    resourceSpans(
      'stock',
      spanJson({
        spanId: '0000000000000002',
        parentSpanId: 'AAAAAAAAAAE=',
        name: 'reserve',
        startTimeUnixNano: 1,
        endTimeUnixNano: 0,
        attributes: [{ key: 'items', value: { arrayValue: { values: [{ intValue: '3' }, { boolValue: true }] } } }],
      }),
    ),
  ],
}

test('a trace is read whatever way its ids and enums are written', async () => {
  const { endpoint, asked } = await backend(({ pathname }) =>
    pathname.endsWith(trace) ? { body: { trace: checkout } } : { status: 404, body: '' },
  )
  const found = await findTrace(endpoint, trace.toUpperCase())
  expect(found?.spans.map(({ spanId, parentId, service }) => [spanId, parentId, service])).toEqual([
    ['0000000000000002', '0000000000000001', 'stock'],
    ['0000000000000001', undefined, 'shop'],
  ])
  expect(found?.spans[0]).toMatchObject({ durationMs: 0, attributes: { items: '[3,true]' }, kind: 'server' })
  expect(found?.spans[1]).toMatchObject({ durationMs: 250, status: 'error', statusMessage: 'late', scope: 'http' })
  expect(await findTrace(endpoint, 'ab')).toBeUndefined()
  expect(asked[1].pathname).toBe(`/api/v2/traces/${'ab'.padStart(32, '0')}`)
})

test('services and their calls are worked out from the traces found', async () => {
  const { endpoint } = await backend(({ pathname }) => ({
    body: pathname === '/api/search' ? { traces: [{ traceID: trace, startTimeUnixNano: '1' }] } : { trace: checkout },
  }))
  const found = await findServices(() => ({ logs: endpoint, traces: endpoint, metrics: endpoint }), range)
  expect(found.services.map(({ service, failedShare, p95Ms }) => [service, failedShare, p95Ms])).toEqual([
    ['shop', 1, 250],
    ['stock', 0, 0],
  ])
  expect(found.calls).toEqual([{ from: 'shop', to: 'stock', count: 1, failed: 0 }])
  expect(found).toMatchObject({ traces: 1, truncated: false })
})

test('a tail tells each line once, though each look reaches back', async () => {
  const now = Date.now()
  const values: [string, string][] = [[`${now + 1}000000`, 'one']]
  const { endpoint } = await backend(() => ({ body: { data: { result: [{ stream: {}, values }] } } }))
  const stop = new AbortController()
  const told: string[] = []
  for await (const lines of tailLines(endpoint, '{a="b"}', stop.signal)) {
    told.push(...lines.map(({ text }) => text))
    if (told.length === 1) values.push([`${now + 2}000000`, 'two'])
    else stop.abort()
  }
  expect(told).toEqual(['one', 'two'])
})

test('what the backend says is passed on, and one that is away is named', async () => {
  const { endpoint } = await backend(() => ({ status: 400, body: { error: 'parse error at line 1' } }))
  await expect(findTraces(endpoint, { query: '{', ...range, limit: 1 })).rejects.toMatchObject({
    code: 'backend-refused',
    message: 'Loki refused the query (400): parse error at line 1',
  })
  const away = { name: 'Tempo', url: 'http://127.0.0.1:1', headers: {} }
  await expect(findTrace(away, trace)).rejects.toMatchObject({ code: 'backend-unreachable' })
})
