import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { FakeClock } from '../../collector-core/testing/fake-clock.ts'
import { Demo } from './demo.ts'
import type { DemoOptions } from './demo.ts'
import { services, Shop } from './shop.ts'
import type { DemoSpan, Traffic } from './shop.ts'
import { ReceiverFinder } from './find-receiver.ts'
import { writePage } from './page.ts'

/** The same numbers every time. */
function numbers(seed = 1): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

function tenMinutes(): { shop: Shop; traffic: Traffic } {
  const shop = new Shop(numbers())
  const spans: DemoSpan[] = []
  const logs: Traffic['logs'][number][] = []
  for (let second = 0; second < 600; second++) {
    const now = shop.work(1_700_000_000_000 + second * 1_000)
    spans.push(...now.spans)
    logs.push(...now.logs)
  }
  return { shop, traffic: { spans, logs } }
}

test('spans are connected, lie within their parents, and cross services', () => {
  const { spans } = tenMinutes().traffic
  const byId = new Map(spans.map((span) => [span.spanId, span]))
  expect(byId.size).toBe(spans.length)
  for (const span of spans) {
    expect(span.traceId).toMatch(/^[0-9a-f]{32}$/)
    expect(span.end).toBeGreaterThan(span.start)
    if (span.parentSpanId === undefined) continue
    const parent = byId.get(span.parentSpanId)!
    expect(parent.traceId).toBe(span.traceId)
    expect(span.start).toBeGreaterThanOrEqual(parent.start)
    expect(span.end).toBeLessThanOrEqual(parent.end)
  }
  const crossing = spans.filter(({ parentSpanId, service }) => byId.get(parentSpanId ?? '')?.service !== service)
  expect(new Set(crossing.map(({ service }) => service))).toEqual(new Set(services))
  expect(spans.some(({ failed }) => failed)).toBe(true)
})

test('exemplars and log lines name traces that were sent', () => {
  const { shop, traffic } = tenMinutes()
  const traces = new Set(traffic.spans.map(({ traceId }) => traceId))
  for (const service of services) {
    const ids = [...writePage(shop.families(service), true).matchAll(/trace_id="([0-9a-f]+)"/g)].map(([, id]) => id)
    expect(ids.length).toBeGreaterThan(3)
    for (const id of ids) expect(traces).toContain(id)
  }
  expect(traffic.logs.length).toBeGreaterThan(100)
  for (const { traceId, body } of traffic.logs) {
    expect(traces).toContain(traceId)
    expect(body).toContain(`trace_id=${traceId}`)
  }
})

test('it stays small: a few requests a second, and no more after a long sleep', () => {
  const { shop, traffic } = tenMinutes()
  const requests = traffic.spans.filter(({ parentSpanId }) => parentSpanId === undefined).length
  expect(requests / 600).toBeGreaterThan(2)
  expect(requests / 600).toBeLessThan(8)
  const wake = shop.work(1_700_000_000_000 + 86_400_000)
  expect(wake.spans.length).toBeLessThan(5 * 8 * 12)
})

let demo: Demo | undefined
afterEach(() => demo?.set(false))

function started(options: Partial<DemoOptions> = {}): { demo: Demo; clock: FakeClock; posts: [string, string][] } {
  const clock = new FakeClock()
  const posts: [string, string][] = []
  demo = new Demo({
    clock,
    random: numbers(),
    port: 0,
    receiver: () => Promise.resolve('127.0.0.1:4318'),
    post: (url, body) => Promise.resolve(void posts.push([url, body])),
    ...options,
  })
  return { demo, clock, posts }
}

test('it sends traces and logs while it runs and the pipeline takes them', async () => {
  const { demo, clock, posts } = started()
  expect(await demo.set(true)).toBe(true)
  for (let second = 0; second < 10; second++) await clock.advance(1_000)
  expect(new Set(posts.map(([url]) => url))).toEqual(
    new Set(['http://127.0.0.1:4318/v1/traces', 'http://127.0.0.1:4318/v1/logs']),
  )
  expect(await demo.set(false)).toBe(false)
  const { length } = posts
  await clock.advance(10_000)
  expect(posts).toHaveLength(length)
})

test('without a receiver of the pipeline nothing is sent anywhere', async () => {
  const { demo, clock, posts } = started({ receiver: () => Promise.resolve(undefined) })
  await demo.set(true)
  await clock.advance(5_000)
  expect(posts).toEqual([])
})

test('a taken port is explained, and the demo stays off', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { demo } = started({ port: (other.address() as AddressInfo).port })
  await expect(demo.set(true)).rejects.toMatchObject({ code: 'port_in_use' })
  expect(demo.running).toBe(false)
  expect(demo.problem).toContain('the port is in use')
  await new Promise((resolve) => other.close(resolve))
  await demo.set(true)
  expect(demo.problem).toBeUndefined()
})

test('only a healthy receiver of the running pipeline is a receiver', async () => {
  const text = `otelcol.receiver.otlp "a" {
  http { endpoint = "0.0.0.0:14318" }
  output { }
}
otelcol.receiver.otlp "b" {
  grpc { }
  output { }
}`
  const asked: string[] = []
  let state = 'unhealthy'
  const finder = new ReceiverFinder({
    runningText: text,
    component(id) {
      asked.push(id)
      return Promise.resolve({ health: { state } } as never)
    },
  })
  expect(await finder.find()).toBeUndefined()
  state = 'healthy'
  expect(await finder.find()).toBe('127.0.0.1:14318')
  expect(new Set(asked)).toEqual(new Set(['otelcol.receiver.otlp.a']))
})
