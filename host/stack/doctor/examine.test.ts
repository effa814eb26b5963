import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { ComponentFrame, EdgeFrame, Pipeline } from '../../../collector-core/protocol.ts'
import type { Proof, StackState } from '../../contract/stack.ts'
import { examine } from './examine.ts'

/** What a collector tells of itself; the parts a test leaves out are all well. */
interface Told {
  readonly unhealthy?: Readonly<Record<string, string>>
  readonly components?: readonly Pick<ComponentFrame, 'id' | 'dropped'>[]
  readonly edges?: readonly Partial<EdgeFrame>[]
  readonly metrics?: string
  readonly pipeline?: Partial<Pipeline>
}

const receiver = 'otelcol.receiver.otlp.apps'
const exporter = 'otelcol.exporter.otlp.tempo'
const pipeline = {
  kind: 'pipeline',
  nodes: [
    { id: receiver, name: 'otelcol.receiver.otlp' },
    { id: exporter, name: 'otelcol.exporter.otlp' },
  ],
  edges: [{ from: receiver, to: exporter, port: 'otlp', carries: 'traces' }],
}
const open: (() => void)[] = []
afterEach(() => open.splice(0).forEach((close) => close()))

/** Listens as a collector does; answers with `host:port`. */
async function collector({ unhealthy = {}, components = [], edges = [], metrics = '', pipeline: other }: Told) {
  const info = (id: string) => ({
    localID: id,
    health:
      id in unhealthy ? { state: 'unhealthy', message: unhealthy[id] } : { state: 'healthy', message: 'it is well' },
    arguments: [{ type: 'block', name: 'http', body: [] }],
  })
  const answers: Readonly<Record<string, unknown>> = {
    '/api/v0/weir/pipeline': { ...pipeline, ...other },
    '/api/v0/web/components': [info(receiver), info(exporter)],
    [`/api/v0/web/components/${receiver}`]: info(receiver),
    '/api/v0/weir/frame': { kind: 'stats', at: 0, components, edges },
  }
  const server = createServer(({ url = '/' }, response) => {
    if (url === '/metrics') response.end(metrics)
    else if (url in answers) response.end(JSON.stringify(answers[url]))
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(
    () => server.closeAllConnections(),
    () => server.close(),
  )
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const passed: Proof = {
  traceId: 'a',
  startedAt: 0,
  finished: true,
  ticks: [{ step: 'trace-stored', state: 'passed', words: 'sent through the pipeline', ms: 3, nextStep: undefined }],
}
const state = { cards: [{ backend: 'tempo', state: 'ready', readiness: 'ready' }] } as unknown as StackState

async function examined(told: Told, proof: Proof = passed) {
  const report = await examine({
    collector: await collector(told),
    service: undefined,
    state,
    prove: () => Promise.resolve(proof),
    ask: () => Promise.reject(new Error('nobody is asked')),
  })
  return { ...report, names: report.hops.map(({ name, state: found }) => `${name}: ${found}`) }
}

test('where all is well every hop is, and none is broken', async () => {
  const { broken, names } = await examined({})
  expect(broken).toBeUndefined()
  expect(names).toEqual([
    'pipeline runs: ok',
    `${receiver}: ok`,
    'components: ok',
    'tempo answers: ok',
    'trace stored: ok',
  ])
})

test('an edge whose end refuses is named with the reason it gave', async () => {
  const { broken } = await examined({
    edges: [
      { from: receiver, to: exporter, refusedItems: 12, lastRefusal: 'the queue is full' },
      { from: 'a', to: 'b', refusedItems: 0 },
    ],
  })
  expect(broken).toMatchObject({
    name: `${receiver} → ${exporter}`,
    words: `${exporter} refused 12 items: the queue is full`,
  })
})

test('what a component drops is told, but breaks nothing: rules may want it so', async () => {
  const { broken, hops } = await examined({
    components: [
      { id: 'prometheus.relabel.r', dropped: { rule: 3, unused: 0 } },
      { id: 'loki.write.w', dropped: {} },
    ],
  })
  expect(broken).toBeUndefined()
  const dropping = hops.filter(({ state: found }) => found === 'unknown')
  expect(dropping).toMatchObject([{ name: 'prometheus.relabel.r', words: '3 dropped: rule' }])
})

test.each([
  ['path', 'Send to /v1/traces'],
  ['content_type', 'OTEL_EXPORTER_OTLP_PROTOCOL'],
  ['too_large', 'The log of the pipeline'],
])('requests refused for their %s come with the fix for it', async (reason, fix) => {
  const metrics = [
    '# TYPE weir_otlp_refused_requests_total counter',
    `weir_otlp_refused_requests_total{component_id="${receiver}",protocol="http",reason="${reason}"} 4`,
    'weir_otlp_refused_requests_total{protocol="http",reason="busy"} 0',
  ].join('\n')
  const { broken, hops } = await examined({ metrics })
  expect(broken).toMatchObject({
    name: 'requests decoded',
    words: `4 requests were refused: ${reason.replaceAll('_', ' ')}`,
    fix: expect.stringContaining(fix) as string,
  })
  expect(hops.filter(({ name }) => name === 'requests decoded')).toHaveLength(1)
})

test('a component that is unwell is named, the receiver before all', async () => {
  expect((await examined({ unhealthy: { [exporter]: 'connection refused' } })).broken).toMatchObject({
    name: exporter,
    words: 'connection refused',
  })
  const both = await examined({ unhealthy: { [receiver]: 'port 4317 is taken', [exporter]: 'connection refused' } })
  expect(both.broken).toMatchObject({ name: receiver, words: 'port 4317 is taken' })
})

test('a receiver with nothing behind it is broken; one whose signals are sent nowhere says so', async () => {
  expect((await examined({ pipeline: { edges: [] } })).broken).toMatchObject({
    name: receiver,
    words: 'nothing listens behind it',
  })
  const { broken, hops } = await examined({
    pipeline: {
      nodes: [
        { id: receiver, name: 'otelcol.receiver.otlp' },
        { id: 'otelcol.exporter.debug.log', name: 'otelcol.exporter.debug' },
      ],
      edges: [{ from: receiver, to: 'otelcol.exporter.debug.log', port: 'otlp', carries: 'traces' }],
    } as unknown as Partial<Pipeline>,
  })
  expect(broken).toBeUndefined()
  expect(hops[1]).toMatchObject({
    name: receiver,
    state: 'unknown',
    words: expect.stringContaining('traces') as string,
  })
})

test('a signal that is not read back is blamed on the exporter it should have gone through', async () => {
  const words = 'not found within 20 s: not there yet'
  const failed: Proof = {
    ...passed,
    ticks: [{ step: 'log-stored', state: 'failed', words, ms: 20_000, nextStep: 'Run `weir doctor`.' }],
  }
  expect((await examined({}, failed)).broken).toMatchObject({
    name: 'log stored',
    signal: 'logs',
    words,
    fix: expect.stringContaining('Loki exporter') as string,
  })
})
