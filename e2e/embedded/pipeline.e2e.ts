// A real collector in front of the real embedded backend: what is scraped, sent and logged is read back.
import { appendFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../free-port.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { waitUntil } from '../wait-until.ts'
import { startWeir } from '../weir-process.ts'
import { startBackend } from './backend-process.ts'
import { logql, promql } from './pushes.ts'

const traceId = 'abcdefabcdefabcdefabcdefabcdefab'

test('the collector delivers metrics with exemplars, traces and logs, and all of it is found', async () => {
  const page = `# HELP orders_total Orders.
# TYPE orders_total counter
orders_total{kind="book"} 42 # {trace_id="${traceId}"} 1 ${Date.now() / 1000}
# EOF
`
  const target = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/openmetrics-text; version=1.0.0; charset=utf-8' })
    response.end(page)
  })
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void target.close())
  const { port } = target.address() as AddressInfo
  const logFile = join(scratchFolder(), 'app.log')
  writeFileSync(logFile, '')
  const [otlpHttp, otlpGrpc] = [await freePort(), await freePort()]
  const { addresses } = await startBackend()
  const weir = await startWeir(`
    prometheus.scrape "app" {
      targets         = [{ __address__ = "127.0.0.1:${port}", job = "shop" }]
      scrape_interval = "1s"
      scrape_timeout  = "1s"
      forward_to      = [prometheus.remote_write.mimir.receiver]
    }
    prometheus.remote_write "mimir" {
      endpoint { url = "http://${addresses.mimir}/api/v1/push" }
    }
    otelcol.receiver.otlp "in" {
      grpc { endpoint = "127.0.0.1:${otlpGrpc}" }
      http { endpoint = "127.0.0.1:${otlpHttp}" }
      output { traces = [otelcol.exporter.otlp.tempo.input] }
    }
    otelcol.exporter.otlp "tempo" {
      client {
        endpoint = "${addresses.otlpGrpc}"
        tls { insecure = true }
      }
    }
    loki.source.file "app" {
      targets    = [{ __path__ = "${logFile}", app = "shop" }]
      forward_to = [loki.write.loki.receiver]
    }
    loki.write "loki" {
      endpoint { url = "http://${addresses.loki}/loki/api/v1/push" }
    }
  `)
  appendFileSync(logFile, `order taken trace_id=${traceId}\n`)
  const start = BigInt(Date.now()) * 1_000_000n
  const span = {
    traceId,
    spanId: 'abcdefabcdefabcd',
    name: 'POST /order',
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + 1_000_000n),
  }
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] }
  const sent = await fetch(`http://127.0.0.1:${otlpHttp}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] }),
  })
  expect(sent.status).toBe(200)
  const settled = (what: string, holds: () => Promise<boolean>): Promise<unknown> =>
    waitUntil(() => `${what}\n${weir.log}`, holds, 30_000)
  await settled('the counter', async () => (await promql(addresses, 'orders_total{kind="book",job="shop"}')) === 42)
  await settled('two scrapes', async () => (await promql(addresses, 'count_over_time(up{job="shop"}[1m])')) >= 2)
  await settled(
    'the line',
    async () => (await logql(addresses, `sum(count_over_time({app="shop"} |= "${traceId}" [5m]))`)) === 1,
  )
  await settled(
    'the trace',
    async () => (await fetch(`http://${addresses.tempo}/api/v2/traces/${traceId}`)).status === 200,
  )
  const found = await fetch(
    `http://${addresses.tempo}/api/search?q=${encodeURIComponent('{ resource.service.name = "shop" && name = "POST /order" }')}`,
  )
  expect(await found.json()).toMatchObject({ traces: [{ traceID: traceId, rootServiceName: 'shop' }] })
  const exemplars = await fetch(
    `http://${addresses.mimir}/prometheus/api/v1/query_exemplars?query=rate(orders_total[1m])&start=${Date.now() / 1000 - 600}&end=${Date.now() / 1000 + 60}`,
  )
  expect(await exemplars.json()).toMatchObject({
    data: [
      {
        seriesLabels: { __name__: 'orders_total', kind: 'book' },
        exemplars: [{ labels: { trace_id: traceId }, value: '1' }],
      },
    ],
  })
  const metadata = await fetch(`http://${addresses.mimir}/prometheus/api/v1/metadata?metric=orders`)
  expect(metadata.status).toBe(200)
})
