// Weir scrapes what Prometheus scrapes, the same frozen pages in the same order, and writes it into another Prometheus: both
// must have stored the same.
import { expect, test } from 'vitest'
import { startNodeExporter } from './node-exporter.ts'
import { capture, PageServer } from './page-server.ts'
import type { Page } from './page-server.ts'
import { PromClientApp } from './prom-client-app.ts'
import { nativeHistogramPage } from './native-histogram-page.ts'
import { startPrometheus } from './prometheus.ts'
import type { Prometheus } from './prometheus.ts'
import { describeWith } from './required.ts'
import { differences, exemplarLines, sampleCount, storedScrapes } from './stored-scrapes.ts'
import { startWeir } from './weir-process.ts'
import type { Weir } from './weir-process.ts'
import { sleep, waitUntil } from './wait-until.ts'

const text = 'text/plain;version=0.0.4'
const openMetrics = 'application/openmetrics-text;version=1.0.0'
const down: Page = { status: 503 }

interface Pair {
  readonly written: Prometheus
  readonly peer: Prometheus
  readonly weir: Weir
}

const config = (address: string, url: string, scrape: string): string => `
prometheus.scrape "app" {
  targets = [{
    "__address__" = "${address}",
    "job"         = "app",
    "instance"    = "one",
  }]
  forward_to      = [prometheus.remote_write.mimir.receiver]
  scrape_interval = "1s"
  scrape_timeout  = "1s"
  ${scrape}
}

prometheus.remote_write "mimir" {
  endpoint {
    url                    = "${url}"
    send_exemplars         = true
    send_native_histograms = true
    queue_config {
      batch_send_deadline = "200ms"
    }
  }
}
`

/** Lets Weir and a Prometheus scrape the pages until both have seen the last one. */
async function scrapeBoth(pages: readonly Page[], scrape = '', peerScrape = ''): Promise<Pair> {
  const server = await PageServer.start({ '/metrics': pages })
  const written = await startPrometheus()
  const peer = await startPrometheus(`- job_name: app
  scrape_interval: 1s
  scrape_timeout: 1s
  ${peerScrape}
  static_configs: [{ targets: ['${server.address}'], labels: { instance: one } }]`)
  const weir = await startWeir(config(server.address, written.writeUrl, scrape))
  for (const client of ['Weir', 'Prometheus']) {
    await waitUntil(
      () => `${client} asked ${server.turns(client, '/metrics')} times`,
      () => server.turns(client, '/metrics') >= pages.length + 2,
      60_000,
    )
  }
  const turnsWritten = async (): Promise<number> => written.count('up{job="app"}')
  await waitUntil('Weir has written', async () => (await turnsWritten()) > pages.length)
  return { written, peer, weir }
}

/** Compares the first turns as both stored them; tells how many samples were equal. */
async function expectSame({ written, peer }: Pair, turns: number): Promise<number> {
  const ours = storedScrapes(await written.samples('{job="app"}'), turns)
  const theirs = storedScrapes(await peer.samples('{job="app"}'), turns)
  expect(differences(ours, theirs)).toEqual([])
  expect(sampleCount(ours)).toBe(sampleCount(theirs))
  return sampleCount(ours)
}

/** Tells how many exemplars both have. */
async function expectSameExemplars({ written, peer }: Pair): Promise<number> {
  const ours = exemplarLines(await written.exemplars('{job="app"}'))
  expect(ours).toEqual(exemplarLines(await peer.exemplars('{job="app"}')))
  return ours.length
}

describeWith(['prometheus', 'prometheus-node-exporter'], 'metrics as Prometheus stores them', () => {
  test("node_exporter's page, changing, gone and back", async () => {
    const exporter = await startNodeExporter()
    const pages: Page[] = []
    for (let i = 0; i < 3; i++) {
      pages.push(await capture(`http://${exporter}/metrics`, text))
      await sleep(500)
    }
    const some = { contentType: text, body: (pages[0] as { body: string }).body.split('# HELP node_m')[0] }
    const pair = await scrapeBoth([...pages, some, down, pages[2], pages[2]])
    const count = await expectSame(pair, 7)
    const series = new Set((await pair.written.samples('{job="app"}')).map(({ labels }) => labels['__name__'])).size
    expect(count).toBeGreaterThan(2000)
    console.log(`node_exporter: ${count} samples of ${series} metrics equal over 7 scrapes`)
  })

  test.each([
    ['text', text],
    ['OpenMetrics', openMetrics],
  ])("Prometheus' own page as %s", async (_, accept) => {
    const source = await startPrometheus()
    const pages: Page[] = []
    for (let i = 0; i < 3; i++) {
      await source.samples('up')
      pages.push(await capture(`http://${source.address}/metrics`, accept))
    }
    const count = await expectSame(await scrapeBoth(pages), 3)
    expect(count).toBeGreaterThan(1000)
    console.log(`Prometheus' own page (${accept}): ${count} samples equal`)
  })

  test('a prom-client app: counters, histograms, summaries and exemplars', async () => {
    const app = new PromClientApp()
    const pages: Page[] = []
    for (let i = 0; i < 4; i++) {
      app.work(20)
      pages.push(await app.page())
    }
    const pair = await scrapeBoth(pages)
    const count = await expectSame(pair, 4)
    const exemplars = await expectSameExemplars(pair)
    expect(exemplars).toBeGreaterThan(20)
    const bounds = (await pair.written.samples('app_latency_seconds_bucket')).map(({ labels }) => labels.le)
    expect(new Set(bounds)).toEqual(new Set(['0.1', '1.0', '2.5', '10.0', '+Inf']))
    console.log(`prom-client: ${count} samples and ${exemplars} exemplars equal`)
  })

  test('labels that clash, with and without honor_labels', async () => {
    const page = {
      contentType: text,
      body: 'm{job="theirs",instance="",exported_job="x",a="1"} 1\nm{job="",a="2"} 2\nm{a="3"} 3\n',
    }
    for (const honor of [true, false]) {
      const pair = await scrapeBoth([page, page], `honor_labels = ${honor}`, `honor_labels: ${honor}`)
      const selector = '{__name__="m"}'
      const labelsOf = async (prometheus: Prometheus): Promise<string[]> =>
        (await prometheus.samples(selector)).map(({ labels }) => JSON.stringify(Object.entries(labels).sort())).sort()
      expect(await labelsOf(pair.written)).toEqual(await labelsOf(pair.peer))
    }
  })

  test('timestamps of the target, special values and odd spellings', async () => {
    const now = Date.now() - 5_000
    const page = (turn: number): Page => ({
      contentType: text,
      body: [
        `timed{a="1"} ${turn} ${now + turn * 1000}`,
        '# TYPE special gauge',
        'special{v="nan"} NaN',
        'special{v="inf"} +Inf',
        'special{v="minus inf"} -Inf',
        'special{v="tiny"} 4.9e-324',
        'special{v="huge"} 1.7976931348623157e+308',
        'special{v="third"} 0.3333333333333333',
        `special{v="escapes \\\\ \\" \\n \\u00e9 é 漢 🦙"} ${turn}`,
        'spaced   {a="1",b="2",}   17  ',
        '',
        '# just a comment',
        'untyped_without_labels 1e3',
      ]
        .join('\n')
        .concat('\n'),
    })
    await expectSame(await scrapeBoth([page(1), page(2), page(3)]), 3)
  })

  test('native histograms from protobuf', async () => {
    const pages = [1, 2, 3].map((turn) => nativeHistogramPage(turn))
    const pair = await scrapeBoth(pages, 'enable_protobuf_negotiation = true')
    const count = await expectSame(pair, 3)
    const histograms = await pair.written.samples('native_seconds')
    expect(histograms.flatMap(({ samples }) => samples).some(({ value }) => value.includes('"buckets"'))).toBe(true)
    expect(await expectSameExemplars(pair)).toBeGreaterThan(2)
    console.log(`protobuf with native histograms: ${count} samples equal`)
  })

  test('series are stale once they are gone, all of them when the target is down', async () => {
    const full = { contentType: text, body: 'stays 1\ngoes{a="1"} 1\ngoes{a="2"} 1\n' }
    const part = { contentType: text, body: 'stays 1\ngoes{a="1"} 1\n' }
    const { written } = await scrapeBoth([full, full, part, down])
    const turns = (await written.samples('up{job="app"}'))[0].samples.map(({ timestamp }) => timestamp)
    const names = async (turn: number): Promise<string[]> =>
      (await written.at('{job="app",__name__!~"scrape_.*"}', turns[turn]))
        .map((labels) => [labels['__name__'], labels.a].join(''))
        .sort()
    expect(await names(1)).toEqual(['goes1', 'goes2', 'stays', 'up'])
    expect(await names(2)).toEqual(['goes1', 'stays', 'up'])
    expect(await names(3)).toEqual(['up'])
  })

  test('the seed’s classic histograms beside native ones', async () => {
    const { written } = await scrapeBoth(
      [nativeHistogramPage(1), nativeHistogramPage(2)],
      'enable_protobuf_negotiation = true\n  scrape_classic_histograms = true\n  honor_labels = true',
    )
    expect(await written.count('native_seconds')).toBeGreaterThan(0)
    expect(await written.count('native_seconds_count')).toBeGreaterThan(0)
    expect(await written.count('native_seconds_bucket{le="1.0"}')).toBeGreaterThan(0)
  })
})
