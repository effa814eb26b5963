// OpenTelemetry SDK exporters into Weir and out of it again, compared with what the same exporters send to the same decoder
// directly.
import { describe, expect, test } from 'vitest'
import { createPki } from './certificates.ts'
import { freePort } from './free-port.ts'
import { asJson, asProtobuf, makeLogRecords, makeMetrics, makeSpans, overGrpc } from './otel-app.ts'
import type { Transport } from './otel-app.ts'
import { attribute, sorted } from './otlp-items.ts'
import { OtlpGrpcReceiver, OtlpHttpReceiver } from './otlp-receiver.ts'
import type { OtlpRecord } from './otlp-receiver.ts'
import { startWeir } from './weir-process.ts'
import { sleep, waitUntil } from './wait-until.ts'

/** Where a Weir under test takes OTLP. */
interface Intake {
  readonly grpc: string
  readonly http: string
}

async function intake(): Promise<Intake> {
  return { grpc: `127.0.0.1:${await freePort()}`, http: `127.0.0.1:${await freePort()}` }
}

const receiverTo = ({ grpc, http }: Intake, next: string): string => `
otelcol.receiver.otlp "default" {
  grpc {
    endpoint = "${grpc}"
  }
  http {
    endpoint = "${http}"
  }
  output {
    traces  = [${next}]
    metrics = [${next}]
    logs    = [${next}]
  }
}
`

const exporterTo = (endpoint: string): string => `
otelcol.exporter.otlp "tempo" {
  client {
    endpoint = "${endpoint}"
    tls {
      insecure = true
    }
  }
}
`

const transports = [
  ({ grpc }: Intake): Transport => overGrpc(grpc),
  ({ http }: Intake): Transport => asProtobuf(http),
  ({ http }: Intake): Transport => asJson(http),
]

/** Exports everything at once and waits until the backend has as many items. */
async function sendAll(transport: Transport, { spans, logRecords, metrics }: Load, backend: OtlpRecord): Promise<void> {
  await Promise.all([transport.spans(spans), transport.logRecords(logRecords), transport.metrics(metrics)])
  await waitUntil(
    () =>
      `all items: ${backend.spans.length} spans, ${backend.logRecords.length} records, ${backend.metrics.length} metrics`,
    () =>
      backend.spans.length >= spans.length &&
      backend.logRecords.length >= logRecords.length &&
      backend.metrics.length >= 5,
  )
}

interface Load {
  readonly spans: ReturnType<typeof makeSpans>
  readonly logRecords: ReturnType<typeof makeLogRecords>
  readonly metrics: Awaited<ReturnType<typeof makeMetrics>>
}

const load = async (): Promise<Load> => ({
  spans: makeSpans(201),
  logRecords: makeLogRecords(100),
  metrics: await makeMetrics(),
})

describe('OTLP through Weir', () => {
  test.each(transports)('every item arrives once and unchanged (%#)', async (transportTo) => {
    const sent = await load()
    const direct = await OtlpGrpcReceiver.start()
    await sendAll(overGrpc(direct.endpoint), sent, direct)

    const tempo = await OtlpGrpcReceiver.start()
    const at = await intake()
    const weir = await startWeir(receiverTo(at, 'otelcol.exporter.otlp.tempo.input') + exporterTo(tempo.endpoint))
    const transport = transportTo(at)
    await sendAll(transport, sent, tempo)
    await sleep(300)

    expect(sorted(tempo.spans)).toEqual(sorted(direct.spans))
    expect(sorted(tempo.logRecords)).toEqual(sorted(direct.logRecords))
    expect(sorted(tempo.metrics)).toEqual(sorted(direct.metrics))
    expect(tempo.spans).toHaveLength(201)
    expect(tempo.logRecords).toHaveLength(100)
    const labels = {
      receiver: 'otlp/otelcol.receiver.otlp.default',
      transport: transport.name === 'grpc' ? 'grpc' : 'http',
    }
    const metrics = await weir.metrics()
    expect(metrics.value('otelcol_receiver_accepted_spans_total', labels)).toBe(201)
    expect(metrics.value('otelcol_receiver_accepted_log_records_total', labels)).toBe(100)
    expect(metrics.value('otelcol_receiver_refused_spans_total')).toBe(0)
    expect(metrics.value('otelcol_exporter_sent_spans_total')).toBe(201)
    console.log(
      `${transport.name}: sent 201 spans, 100 log records; received ${tempo.spans.length}, ${tempo.logRecords.length}`,
    )
  })

  test('over HTTP to an OTLP/HTTP backend', async () => {
    const sent = await load()
    const backend = await OtlpHttpReceiver.start()
    const at = await intake()
    await startWeir(`${receiverTo(at, 'otelcol.exporter.otlphttp.tempo.input')}
otelcol.exporter.otlphttp "tempo" {
  client {
    endpoint = "${backend.url}"
  }
}`)
    await sendAll(overGrpc(at.grpc), sent, backend)
    await sleep(300)
    expect(backend.spans).toHaveLength(201)
    expect(backend.logRecords).toHaveLength(100)
    // On its way to this machine nothing is compressed.
    expect(new Set(backend.exports.map(({ headers }) => headers['content-encoding']))).toEqual(new Set([undefined]))
  })

  test('with TLS, a client certificate and headers', async () => {
    const pki = await createPki()
    const tempo = await OtlpGrpcReceiver.start({ ca: pki.ca, ...pki.server })
    const at = await intake()
    await startWeir(`${receiverTo(at, 'otelcol.exporter.otlp.tempo.input')}
otelcol.exporter.otlp "tempo" {
  client {
    endpoint = "${tempo.endpoint}"
    headers  = { "X-Scope-OrgID" = "team-a", "authorization" = "Bearer s3cret" }
    tls {
      insecure  = false
      ca_file   = "${pki.files.ca}"
      cert_file = "${pki.files.clientCert}"
      key_file  = "${pki.files.clientKey}"
    }
  }
}`)
    await sendAll(overGrpc(at.grpc), await load(), tempo)
    for (const { headers } of tempo.exports) {
      expect(headers).toMatchObject({ 'x-scope-orgid': 'team-a', authorization: 'Bearer s3cret' })
      expect(headers['user-agent']).toMatch(/^Weir\//)
    }
  })

  test('a server certificate of an unknown authority is refused, and nothing is lost', async () => {
    const [pki, stranger] = [await createPki(), await createPki()]
    const tempo = await OtlpGrpcReceiver.start({ ca: pki.ca, ...pki.server })
    const at = await intake()
    const config = (ca: string): string => `${receiverTo(at, 'otelcol.exporter.otlp.tempo.input')}
otelcol.exporter.otlp "tempo" {
  client {
    endpoint = "${tempo.endpoint}"
    tls {
      ca_file   = "${ca}"
      cert_file = "${pki.files.clientCert}"
      key_file  = "${pki.files.clientKey}"
    }
  }
  retry_on_failure {
    initial_interval = "200ms"
  }
}`
    const weir = await startWeir(config(stranger.files.ca))
    await overGrpc(at.grpc).spans(makeSpans(10))
    await sleep(1500)
    expect(tempo.spans).toHaveLength(0)
    expect(weir.log).toMatch(/certificate/i)
    expect(await weir.reload(config(pki.files.ca))).toMatchObject({ status: 200 })
    await waitUntil('the spans after the fix', () => tempo.spans.length === 10, 60_000)
  })

  test('sampling keeps what the rule says, the same in two Weirs', async () => {
    const backends = [await OtlpGrpcReceiver.start(), await OtlpGrpcReceiver.start()]
    const spans = makeSpans(4000)
    for (const backend of backends) {
      const at = await intake()
      const weir = await startWeir(`${receiverTo(at, 'otelcol.processor.probabilistic_sampler.sampler.input')}
otelcol.processor.probabilistic_sampler "sampler" {
  sampling_percentage = 10
  output {
    traces = [otelcol.exporter.otlp.tempo.input]
  }
}
${exporterTo(backend.endpoint)}`)
      await asProtobuf(at.http).spans(spans)
      const kept = spans.filter((span) => keptBy(span.spanContext().traceId, 10)).length
      await waitUntil(
        () => `${kept} spans, so far ${backend.spans.length}`,
        () => backend.spans.length >= kept,
      )
      await sleep(300)
      expect((await weir.metrics()).value('otelcol_exporter_sent_spans_total')).toBe(kept)
    }
    const expected = spans
      .filter((span) => keptBy(span.spanContext().traceId, 10))
      .map(({ name }) => name)
      .sort()
    expect(expected.length).toBeGreaterThan(250)
    expect(expected.length).toBeLessThan(550)
    for (const { spans: arrived } of backends) {
      expect(arrived.map(({ item }) => item.name).sort()).toEqual(expected)
      expect(arrived.every(({ item }) => /(^|,)ot=rv:[0-9a-f]{14};th:/.test(String(item.trace_state)))).toBe(true)
    }
    console.log(`sampler at 10 %: sent ${spans.length} spans, kept ${expected.length}, in both`)
  })

  test('batches merge small requests without losing or changing any', async () => {
    const tempo = await OtlpGrpcReceiver.start()
    const at = await intake()
    await startWeir(`${receiverTo(at, 'otelcol.processor.batch.default.input')}
otelcol.processor.batch "default" {
  timeout         = "1s"
  send_batch_size = 500
  output {
    traces  = [otelcol.exporter.otlp.tempo.input]
    metrics = [otelcol.exporter.otlp.tempo.input]
    logs    = [otelcol.exporter.otlp.tempo.input]
  }
}
${exporterTo(tempo.endpoint)}`)
    const spans = makeSpans(400)
    const grpc = overGrpc(at.grpc)
    const slices = [...Array(40).keys()].map((slice) => spans.slice(slice * 10, slice * 10 + 10))
    await Promise.all(slices.map((slice) => grpc.spans(slice)))
    await waitUntil('all spans', () => tempo.spans.length >= 400)
    expect(tempo.exports.length).toBeLessThan(20)
    const numbers = tempo.spans.map(({ item }) => Number(attribute(item, 'number'))).sort((a, b) => a - b)
    expect(numbers).toEqual([...Array(400).keys()])
    console.log(`batch: 40 requests of 10 spans became ${tempo.exports.length}`)
  })
})

/** Upstream's hash_seed rule: FNV-1a over four zero seed bytes and the trace id, its low 14 bits below the accepted share. */
function keptBy(traceId: string, percentage: number): boolean {
  let hash = 2166136261
  for (const byte of [0, 0, 0, 0, ...Buffer.from(traceId, 'hex')]) hash = Math.imul(hash ^ byte, 16777619) >>> 0
  return (hash & 0x3fff) < Math.trunc(Math.fround(Math.fround(percentage) * Math.fround(163.84)))
}
