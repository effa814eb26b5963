// The configuration Weir exists for, byte for byte, and every extension of it its document describes.
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { BackendServer } from './backend-server.ts'
import { createPki } from './certificates.ts'
import { example, exampleWith } from './example.ts'
import { freePort } from './free-port.ts'
import { asProtobuf, makeSpans, overGrpc } from './otel-app.ts'
import { OtlpGrpcReceiver } from './otlp-receiver.ts'
import { RemoteWriteReceiver } from './remote-write-receiver.ts'
import { startWeir, weir } from './weir-process.ts'
import { sleep, waitUntil } from './wait-until.ts'

const document = readFileSync(new URL('testdata/seed.md', import.meta.url), 'utf8')
const examples = readdirSync(new URL('../assets/examples/', import.meta.url)).filter((name) => name.endsWith('.alloy'))

const scrapeEverySecond = { 'scrape_interval = "30s"': 'scrape_interval = "1s"\n  scrape_timeout = "1s"' }

describe('the seed', () => {
  test('assets/examples/seed.alloy is its config byte for byte', () => {
    const [, afterHeading] = document.split('### 전체 파이프라인\n')
    const [, config] = afterHeading.split(/^```(?:river)?\n/m)
    expect(example('seed.alloy')).toBe(config)
  })

  test.each(examples)('weir check accepts %s', (name) => {
    const { code, stdout, stderr } = weir('check', `assets/examples/${name}`)
    expect({ code, stderr }).toMatchObject({ code: 0 })
    expect(stdout + stderr).not.toContain('Error:')
  })

  test('runs as it stands, with nobody to send to', async () => {
    const weir = await startWeir(example('seed.alloy'))
    const { body } = await weir.get('/api/v1/metrics/targets')
    const { data } = JSON.parse(body) as { data: { activeTargets: { labels: Record<string, string> }[] } }
    expect(data.activeTargets[0].labels).toEqual({ job: 'lgtm-stack-app', instance: 'spring-boot-app' })
    await asProtobuf('127.0.0.1:4318').spans(makeSpans(10))
    await waitUntil(
      () => `the name that does not resolve is told\n${weir.log}`,
      () => /component_id=otelcol.exporter.otlp.tempo .*tempo:4317/.test(weir.log),
    )
    expect((await weir.metrics()).value('otelcol_receiver_accepted_spans_total')).toBe(10)
    expect([...(await weir.health()).keys()].sort()).toEqual([
      'discovery.docker.docker_containers',
      'loki.relabel.docker_logs',
      'loki.source.docker.docker_logs',
      'loki.write.default',
      'otelcol.exporter.otlp.tempo',
      'otelcol.receiver.otlp.default',
      'prometheus.remote_write.mimir',
      'prometheus.scrape.spring_boot',
    ])
    expect(await weir.terminate()).toMatchObject({ code: 0 })
  })

  test('/metrics has the names its document lists', async () => {
    const { address } = await servePage('http_requests_total 1\n')
    const weir = await startWeir(
      exampleWith('seed.alloy', { '10.2.114.21:8080': address, ...(await ownPorts()), ...scrapeEverySecond }),
    )
    const listed = [...document.matchAll(/^((?:otelcol|prometheus|loki)_\w+)/gm)].map(([, name]) => name)
    expect(listed).toHaveLength(6)
    await waitUntil(
      () => `all of ${listed.join(', ')}`,
      async () => {
        const { body } = await weir.get('/metrics')
        return listed.every((name) => new RegExp(`^${name}(_sum)?(\\{| )`, 'm').test(body))
      },
    )
  })
})

describe('the extensions of the seed', () => {
  test('sampling sends a tenth', async () => {
    const tempo = await OtlpGrpcReceiver.start()
    const ports = await ownPorts()
    await startWeir(exampleWith('sampling.alloy', { ...ports, 'tempo:4317': tempo.endpoint }))
    await asProtobuf(ports['0.0.0.0:4318']).spans(makeSpans(4000))
    await waitUntil('some spans', () => tempo.spans.length > 0)
    await sleep(1000)
    expect(tempo.spans.length).toBeGreaterThan(250)
    expect(tempo.spans.length).toBeLessThan(550)
  })

  test('TLS trusts the authority of ca_file', async () => {
    const pki = await createPki()
    const tempo = await OtlpGrpcReceiver.start({ ca: pki.ca, ...pki.server, anyClient: true })
    const ports = await ownPorts()
    await startWeir(
      exampleWith('tls.alloy', {
        ...ports,
        'tempo.example.com:4317': tempo.endpoint,
        '/path/to/ca.crt': pki.files.ca,
      }),
    )
    await overGrpc(ports['0.0.0.0:4317']).spans(makeSpans(20))
    await waitUntil('the spans', () => tempo.spans.length === 20)
  })

  test('batching merges spans', async () => {
    const tempo = await OtlpGrpcReceiver.start()
    const ports = await ownPorts()
    await startWeir(exampleWith('batch.alloy', { ...ports, 'tempo:4317': tempo.endpoint }))
    const transport = overGrpc(ports['0.0.0.0:4317'])
    await Promise.all([...Array(10).keys()].map((turn) => transport.spans(makeSpans(10, turn * 10))))
    await waitUntil('the spans', () => tempo.spans.length === 100)
    expect(tempo.exports.length).toBeLessThan(5)
  })

  test('the metric filter keeps only http_ metrics', async () => {
    const { address } = await servePage('http_requests_total 1\nhttp_errors_total 2\njvm_memory_bytes 3\n')
    const mimir = await RemoteWriteReceiver.start()
    await startWeir(
      exampleWith('metric-filter.alloy', {
        ...scrapeEverySecond,
        '10.2.114.21:8080': address,
        'http://mimir:9009/api/v1/push': mimir.url,
      }),
    )
    await waitUntil('two scrapes', () => mimir.samples.filter(({ name }) => name === 'http_errors_total').length >= 2)
    expect(new Set(mimir.samples.map(({ name }) => name))).toEqual(
      new Set(['http_requests_total', 'http_errors_total']),
    )
    expect(mimir.samples[0].labels).toMatchObject({ job: 'lgtm-stack-app', instance: 'spring-boot-app' })
  })

  test('compression asks for gzip and reads it', async () => {
    const { address, encodings } = await servePage('http_requests_total 7\n')
    const mimir = await RemoteWriteReceiver.start()
    await startWeir(
      exampleWith('compression.alloy', {
        ...scrapeEverySecond,
        '10.2.114.21:8080': address,
        'http://mimir:9009/api/v1/push': mimir.url,
      }),
    )
    await waitUntil('a sample', () =>
      mimir.samples.some(({ name, value }) => name === 'http_requests_total' && value === 7),
    )
    expect(encodings[0]).toContain('gzip')
  })

  test('queue settings are taken', async () => {
    const { address } = await servePage('http_requests_total 7\n')
    const mimir = await RemoteWriteReceiver.start()
    await startWeir(
      exampleWith('queue.alloy', {
        ...scrapeEverySecond,
        '10.2.114.21:8080': address,
        'http://mimir:9009/api/v1/push': mimir.url,
      }),
    )
    await waitUntil('a sample', () => mimir.samples.some(({ name }) => name === 'http_requests_total'))
  })
})

interface ServedPage {
  readonly address: string
  /** Accept-Encoding of each request. */
  readonly encodings: string[]
}

/** Serves one page, zipped, at the path the seed scrapes. */
async function servePage(page: string): Promise<ServedPage> {
  const encodings: string[] = []
  const { port } = await BackendServer.start((request, response) => {
    encodings.push(String(request.headers['accept-encoding']))
    const status = request.url === '/actuator/prometheus' ? 200 : 404
    response.writeHead(status, { 'Content-Type': 'text/plain; version=0.0.4', 'Content-Encoding': 'gzip' })
    response.end(gzipSync(page))
  })
  return { address: `127.0.0.1:${port}`, encodings }
}

async function ownPorts(): Promise<Record<'0.0.0.0:4317' | '0.0.0.0:4318', string>> {
  return { '0.0.0.0:4317': `127.0.0.1:${await freePort()}`, '0.0.0.0:4318': `127.0.0.1:${await freePort()}` }
}
