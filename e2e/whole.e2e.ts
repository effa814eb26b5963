// The local variant of the seed with a real Prometheus, a real Docker Engine and OpenTelemetry SDKs: every sample, exemplar,
// span and line is accounted for.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { DockerDaemon } from './docker/docker-daemon.ts'
import { freePort } from './free-port.ts'
import { LokiReceiver } from './loki-receiver.ts'
import { asJson, asProtobuf, makeSpans, overGrpc } from './otel-app.ts'
import { attribute } from './otlp-items.ts'
import { OtlpGrpcReceiver } from './otlp-receiver.ts'
import { PageServer } from './page-server.ts'
import type { TextPage } from './page-server.ts'
import { PromClientApp } from './prom-client-app.ts'
import { startPrometheus } from './prometheus.ts'
import { describeWith } from './required.ts'
import { sleep, waitUntil } from './wait-until.ts'
import { startWeir } from './weir-process.ts'

const config = readFileSync(new URL('../assets/examples/local.alloy', import.meta.url), 'utf8')
const metricsPath = '/actuator/prometheus'
const pageCount = 8
const spansPerTransport = 200
const linesPerContainer = 2_000
const containers = ['checkout', 'payment']
const added = /^(?:up|scrape_.*)$/

describeWith(['prometheus', ...DockerDaemon.needs], 'the whole pipeline of the seed on one machine', () => {
  const daemon = new DockerDaemon()

  beforeAll(async () => {
    await daemon.start()
    daemon.buildPrinter()
  })

  afterAll(() => daemon.destroy())

  test('delivers every sample, exemplar, span and line', async () => {
    const tempo = await OtlpGrpcReceiver.start()
    const loki = await LokiReceiver.start()
    const mimir = await startPrometheus()
    const pages = await renderedPages()
    const app = await PageServer.start({ [metricsPath]: [...pages, { status: 503 }] })
    const [grpc, http] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`]
    const weir = await startWeir(config, {
      env: {
        WEIR_OTLP_GRPC: grpc,
        WEIR_OTLP_HTTP: http,
        TEMPO_ENDPOINT: tempo.endpoint,
        DOCKER_HOST: daemon.host,
        LOKI_URL: loki.url,
        APP_ADDRESS: app.address,
        APP_METRICS_PATH: metricsPath,
        SCRAPE_INTERVAL: '2s',
        PROMETHEUS_WRITE_URL: mimir.writeUrl,
      },
    })

    for (const name of containers) daemon.print(name, { count: linesPerContainer, pauseMicros: 500, longEvery: 100 })
    const transports = [overGrpc(grpc), asProtobuf(http), asJson(http)]
    await Promise.all(
      transports.map((transport, i) => transport.spans(makeSpans(spansPerTransport, i * spansPerTransport))),
    )

    const spansDue = transports.length * spansPerTransport
    const linesDue = containers.length * linesPerContainer
    await waitUntil('all spans arrive', () => tempo.spans.length >= spansDue)
    await waitUntil(
      () => `all lines arrive (${loki.lines.length} of ${linesDue})`,
      () => loki.lines.length >= linesDue,
      60_000,
    )
    await waitUntil('all pages are scraped', () => app.turns('Weir', metricsPath) > pageCount + 1, 60_000)
    const { resident } = weir.memory()
    expect(await weir.terminate()).toMatchObject({ code: 0 })
    await sleep(500)

    const stored = (await mimir.samples('{job="lgtm-stack-app"}')).filter(({ labels }) => !added.test(labels.__name__))
    const samples = stored.reduce((sum, { samples: values }) => sum + values.length, 0)
    const exemplars = (await mimir.exemplars('{job="lgtm-stack-app"}')).flatMap((series) => series.exemplars)
    const due = {
      samples: pages.reduce((sum, { body }) => sum + sampleLines(body).length, 0),
      exemplars: exemplarsOf(pages).size,
    }
    const table = [
      ['signal', 'sent', 'received'],
      ['samples', due.samples, samples],
      ['exemplars', due.exemplars, exemplars.length],
      ['spans', spansDue, tempo.spans.length],
      ['lines', linesDue, loki.lines.length],
    ]
    console.log(
      `${table.map((row) => row.join('\t')).join('\n')}\nmemory\t${Math.round(resident / 2 ** 20)} MiB\tready\t${Math.round(weir.readyAfterMs)} ms`,
    )

    expect(samples).toBe(due.samples)
    expect(exemplars).toHaveLength(due.exemplars)
    expect(new Set(exemplars.map(({ labels }) => labels.trace_id)).has('0'.repeat(32))).toBe(true)
    const numbers = tempo.spans.map(({ item }) => Number(attribute(item, 'number'))).sort((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: spansDue }, (_, i) => i))
    const logged = containers.flatMap((name) => daemon.logged(name))
    expect([...loki.lines].sort()).toEqual(logged.sort())
    expect([...new Set(loki.entries.map(({ stream }) => stream))].sort()).toEqual(
      containers.map((name) => `{container="/${name}", service_name="${name}"}`),
    )
  })
})

/** Pages of a program that worked a little between them, so that every page has new exemplars. */
async function renderedPages(): Promise<TextPage[]> {
  const app = new PromClientApp()
  const pages: TextPage[] = []
  for (let i = 0; i < pageCount; i++) {
    app.work(12)
    pages.push(await app.page())
    await sleep(20)
  }
  return pages
}

const sampleLines = (body: string): string[] => body.split('\n').filter((line) => line !== '' && !line.startsWith('#'))

/** Distinct exemplars over all pages: the series they stand at with their text. */
function exemplarsOf(pages: readonly { readonly body: string }[]): Set<string> {
  const found = new Set<string>()
  for (const { body } of pages) {
    for (const line of sampleLines(body)) {
      if (!line.includes(' # ')) continue
      const [sample, exemplar] = line.split(' # ')
      found.add(`${sample.slice(0, sample.lastIndexOf(' '))} ${exemplar}`)
    }
  }
  return found
}
