// prometheus.scrape against real HTTP servers: keep-alive, gzip, chunks, and targets that behave badly.
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { Counter, Histogram, Registry } from 'prom-client'
import { afterEach, expect, it, vi } from 'vitest'
import { systemClock } from '../../../runtime/clock.ts'
import { argumentsFrom } from '../../../testing/arguments-from.ts'
import { recordingContext } from '../../../testing/component-context.ts'
import { RecordingMetrics } from '../../../testing/recording-receiver.ts'
import { prometheusScrape } from './component.ts'
import { definition } from './definition.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean()
})

async function serve(handler: http.RequestListener): Promise<{ address: string; connections: () => number }> {
  let connections = 0
  const server = http.createServer(handler)
  server.on('connection', () => connections++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => connections }
}

/** Scrapes at the interval until the test is over. */
function scrape(
  config: string,
  interval = '200ms',
): { receiver: RecordingMetrics; stop: () => Promise<void>; errors: () => string } {
  const receiver = new RecordingMetrics()
  const context = recordingContext<typeof definition>({ clock: systemClock })
  const args = argumentsFrom(
    definition,
    `${config}\nscrape_interval = "${interval}"\nscrape_timeout = "${interval}"\nforward_to = []`,
  )
  const component = prometheusScrape.build({ ...args, forward_to: [receiver] }, context)
  const stopping = new AbortController()
  const ended = component.run(stopping.signal)
  const stop = async (): Promise<void> => {
    stopping.abort()
    await ended
  }
  cleanups.push(() => void stop())
  return { receiver, stop, errors: () => JSON.stringify(component.debugInfo?.()) }
}

it('scrapes what a client library exposes, exemplars included, over one connection', async () => {
  const registry = new Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE>()
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
  const hits = new Counter({
    name: 'hits',
    help: 'Hits.',
    labelNames: ['path'],
    registers: [registry],
    enableExemplars: true,
  })
  const times = new Histogram({ name: 'took_seconds', help: 'Time.', registers: [registry], buckets: [0.1, 1] })
  hits.inc({ labels: { path: '/a"b\\c' }, value: 2, exemplarLabels: { trace_id: 'a1b2' } } as never)
  times.observe(0.5)
  const { address, connections } = await serve((request, response) => {
    void registry.metrics().then((text) => {
      const zipped = request.headers['accept-encoding'] === 'gzip'
      response.writeHead(200, { 'content-type': registry.contentType, ...(zipped && { 'content-encoding': 'gzip' }) })
      response.end(zipped ? gzipSync(text) : text)
    })
  })
  const { receiver, stop, errors } = scrape(`targets = [{ __address__ = "${address}", job = "app" }]`)
  await vi.waitFor(() => expect(receiver.batches.length, errors()).toBeGreaterThan(3), 5000)
  await stop()
  const own = { job: 'app', instance: address }
  const first = receiver.samples.slice(0, 7).map(({ labels, value }) => ({ ...labels, value }))
  expect(first).toEqual([
    { __name__: 'hits_total', path: '/a"b\\c', ...own, value: 2 },
    { __name__: 'took_seconds_bucket', le: '0.1', ...own, value: 0 },
    { __name__: 'took_seconds_bucket', le: '1.0', ...own, value: 1 },
    { __name__: 'took_seconds_bucket', le: '+Inf', ...own, value: 1 },
    { __name__: 'took_seconds_sum', ...own, value: 0.5 },
    { __name__: 'took_seconds_count', ...own, value: 1 },
    { __name__: 'up', ...own, value: 1 },
  ])
  expect(receiver.batches[0].exemplars[0].labels.toJSON()).toEqual({ trace_id: 'a1b2' })
  expect(receiver.batches[2].series).toBe(receiver.batches[0].series)
  expect(connections()).toBe(1)
})

it('keeps a good target on time while others hang, drip, flood and lie', async () => {
  const good = await serve((_, response) => response.end('a 1\n'))
  const bad = [
    await serve(() => undefined),
    await serve((_, response) => void response.write('a')),
    await serve((_, response) => {
      response.on('error', () => undefined)
      const flood = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', flood)
      }
      flood()
    }),
    await serve((_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('a 1\n')
      response.destroy()
    }),
    await serve((_, response) =>
      response.end(Array.from({ length: 10_000 }, () => `n{x="${Math.random()}"} 1\n`).join('')),
    ),
  ]
  const targets = [good, ...bad].map(({ address }) => `{ __address__ = "${address}" }`)
  const { receiver, stop, errors } = scrape(`targets = [${targets.join()}]\nbody_size_limit = "5MB"`, '500ms')
  const ups = () => receiver.samples.filter(({ labels }) => labels.__name__ === 'up')
  await vi.waitFor(() => expect(ups().length, errors()).toBeGreaterThan(30), 12_000)
  await stop()
  const goodTimes = ups().filter(({ labels }) => labels.instance === good.address)
  expect(
    goodTimes.every(({ value }) => value === 1),
    errors(),
  ).toBe(true)
  const gaps = goodTimes.slice(1).map(({ timestamp }, i) => timestamp - goodTimes[i].timestamp)
  expect(gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)]).toBeLessThan(600)
  for (const { address } of bad.slice(0, 4)) {
    expect(
      ups()
        .filter(({ labels }) => labels.instance === address)
        .every(({ value }) => value === 0),
    ).toBe(true)
  }
})
