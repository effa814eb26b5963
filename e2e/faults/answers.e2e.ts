// What servers answer is obeyed: wait when told to, halve what is too large, find the one bad item, keep what needs other
// credentials.
import { appendFileSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { BackendServer } from '../backend-server.ts'
import { freePort } from '../free-port.ts'
import { LokiReceiver } from '../loki-receiver.ts'
import { makeSpans, overGrpc } from '../otel-app.ts'
import { grpcStatus, OtlpGrpcReceiver } from '../otlp-receiver.ts'
import { RemoteWriteReceiver } from '../remote-write-receiver.ts'
import { startWeir } from '../weir-process.ts'
import type { Weir } from '../weir-process.ts'
import { sleep, waitUntil } from '../wait-until.ts'
import { LineWriter } from './numbered-load.ts'

/** Weir scraping one page of these series every second. */
async function scraping(series: readonly string[], mimir: RemoteWriteReceiver, endpoint = ''): Promise<Weir> {
  const page = await BackendServer.start((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4' }).end(`${series.join(' 1\n')} 1\n`)
  })
  return startWeir(`
prometheus.scrape "app" {
  targets         = [{ "__address__" = "127.0.0.1:${page.port}" }]
  forward_to      = [prometheus.remote_write.mimir.receiver]
  scrape_interval = "1s"
  scrape_timeout  = "1s"
}

prometheus.remote_write "mimir" {
  endpoint {
    url = "${mimir.url}"
    ${endpoint}
    queue_config {
      batch_send_deadline = "100ms"
    }
  }
}`)
}

async function reading(lines: LineWriter, loki: LokiReceiver, endpoint = ''): Promise<Weir> {
  return startWeir(`
loki.source.file "app" {
  targets    = [{ "__path__" = "${lines.path}", "job" = "app" }]
  forward_to = [loki.write.default.receiver]
}

loki.write "default" {
  endpoint {
    url                = "${loki.url}"
    batch_wait         = "200ms"
    min_backoff_period = "200ms"
    ${endpoint}
  }
}`)
}

async function receiving(tempo: OtlpGrpcReceiver): Promise<{ readonly weir: Weir; readonly grpc: string }> {
  const grpc = `127.0.0.1:${await freePort()}`
  const weir = await startWeir(`
otelcol.receiver.otlp "default" {
  grpc {
    endpoint = "${grpc}"
  }
  output {
    traces = [otelcol.exporter.otlp.tempo.input]
  }
}

otelcol.exporter.otlp "tempo" {
  client {
    endpoint = "${tempo.endpoint}"
    tls {
      insecure = true
    }
  }
  retry_on_failure {
    initial_interval = "100ms"
  }
}`)
  return { weir, grpc }
}

describe('429 with Retry-After', () => {
  test.each([
    ['seconds', () => '3'],
    ['a date', () => new Date(Date.now() + 4000).toUTCString()],
  ])('is waited for by remote write, given as %s', async (_, retryAfter) => {
    const mimir = await RemoteWriteReceiver.start()
    mimir.answer = () => ({ status: 429, headers: { 'Retry-After': retryAfter() }, body: 'too many' })
    await scraping(['a'], mimir)
    await waitUntil('the first request', () => mimir.writes.length > 0)
    mimir.answer = () => ({ status: 200 })
    await waitUntil('the second', () => mimir.writes.length > 1)
    expect(mimir.writes[1].at - mimir.writes[0].at).toBeGreaterThan(2800)
    expect(mimir.writes[1].hash).toBe(mimir.writes[0].hash)
  })

  test('is waited for by loki.write', async () => {
    const loki = await LokiReceiver.start()
    const lines = new LineWriter()
    lines.write(10)
    loki.answer = () => ({ status: 429, headers: { 'Retry-After': '3' } })
    await reading(lines, loki)
    await waitUntil('the first request', () => loki.pushes.length > 0)
    loki.answer = () => ({ status: 204 })
    await waitUntil('the second', () => loki.pushes.length > 1)
    expect(loki.pushes[1].at - loki.pushes[0].at).toBeGreaterThan(2800)
    expect(loki.pushes[1].hash).toBe(loki.pushes[0].hash)
  })

  test('and gRPC RetryInfo are waited for by the OTLP exporter', async () => {
    const tempo = await OtlpGrpcReceiver.start()
    tempo.answer = () => ({ code: grpcStatus.RESOURCE_EXHAUSTED, message: 'slow down', retryAfterSeconds: 3 })
    const { grpc } = await receiving(tempo)
    await overGrpc(grpc).spans(makeSpans(5))
    await waitUntil('the first request', () => tempo.exports.length > 0)
    tempo.answer = () => 'ok'
    await waitUntil('the second', () => tempo.exports.length > 1)
    expect(tempo.exports[1].at - tempo.exports[0].at).toBeGreaterThan(2800)
    expect(tempo.spans).toHaveLength(5)
  })
})

describe('413', () => {
  const series = [...Array(200).keys()].map((number) => `m{n="${number}"}`)

  test('is halved by remote write until the server takes it', async () => {
    const mimir = await RemoteWriteReceiver.start()
    mimir.answer = (samples) => (samples.length > 30 ? { status: 413, body: 'too large' } : { status: 200 })
    const weir = await scraping(series, mimir)
    const first = (): string[] =>
      mimir.samples.filter(({ name }) => name === 'm').map(({ labels, timestamp }) => `${labels.n}@${timestamp}`)
    await waitUntil('one scrape whole', () => new Set(first().map((one) => one.split('@')[0])).size === 200)
    expect(new Set(first()).size).toBe(first().length)
    expect((await weir.metrics()).value('prometheus_remote_storage_samples_dropped_total') ?? 0).toBe(0)
  })

  test('is halved by loki.write', async () => {
    const loki = await LokiReceiver.start()
    const lines = new LineWriter()
    lines.write(300)
    loki.answer = (entries) => (entries.length > 40 ? { status: 413 } : { status: 204 })
    await reading(lines, loki)
    await waitUntil('all lines', () => loki.lines.length >= 300)
    expect(new Set(loki.lines).size).toBe(300)
    expect(loki.lines).toHaveLength(300)
  })
})

describe('400', () => {
  test('for one series of many costs that one only, and says why', async () => {
    const mimir = await RemoteWriteReceiver.start()
    const reason = 'label value too long: the server minds'
    mimir.answer = (samples) =>
      samples.some(({ name }) => name === 'bad') ? { status: 400, body: reason } : { status: 200 }
    const weir = await scraping([...[...Array(100).keys()].map((number) => `good{n="${number}"}`), 'bad'], mimir)
    await waitUntil('all good ones', () => new Set(mimir.samples.map(({ labels }) => labels.n)).size > 100)
    await waitUntil(
      'the loss counted',
      async () => ((await weir.metrics()).value('prometheus_remote_storage_samples_failed_total') ?? 0) > 0,
    )
    const scrapes = new Set(mimir.samples.filter(({ name }) => name === 'up').map(({ timestamp }) => timestamp))
    for (const at of scrapes) {
      const stored = mimir.samples.filter(({ name, timestamp }) => name === 'good' && timestamp === at)
      expect(stored).toHaveLength(100)
    }
    expect(weir.log).toContain(reason)
  })

  test('for one line of many costs that one only', async () => {
    const loki = await LokiReceiver.start()
    const lines = new LineWriter()
    lines.write(50)
    appendFileSync(lines.path, 'poison\n')
    lines.write(50)
    loki.answer = (entries) =>
      entries.some(({ line }) => line === 'poison') ? { status: 400, body: 'entry is poisoned' } : { status: 204 }
    const weir = await reading(lines, loki)
    await waitUntil('the good lines', () => loki.lines.length >= 100)
    await waitUntil(
      'the loss counted',
      async () => (await weir.metrics()).value('loki_write_dropped_entries_total') === 1,
    )
    expect(loki.lines).toHaveLength(100)
    expect(weir.log).toContain('entry is poisoned')
  })
})

describe('401', () => {
  test('keeps the queue until the credentials are right', async () => {
    const loki = await LokiReceiver.start()
    const lines = new LineWriter()
    lines.write(20)
    loki.answer = (_, { headers }) =>
      headers.authorization === `Basic ${btoa('weir:right')}` ? { status: 204 } : { status: 401, body: 'who are you' }
    const auth = (password: string): string => `basic_auth {\n username = "weir"\n password = "${password}"\n }`
    const weir = await reading(lines, loki, auth('wrong'))
    await waitUntil('a refused request', () => loki.pushes.length > 0)
    await sleep(500)
    expect((await weir.metrics()).value('loki_write_dropped_entries_total')).toBe(0)
    expect((await weir.health()).get('loki.write.default')).toBe('unhealthy')
    expect(weir.log).not.toContain('wrong"')
    const right = readFileSync(weir.configPath, 'utf8').replace('"wrong"', '"right"')
    expect(await weir.reload(right)).toMatchObject({ status: 200 })
    await waitUntil('the lines', () => loki.lines.length === 20)
    await waitUntil('health', async () => (await weir.health()).get('loki.write.default') === 'healthy')
  })
})
