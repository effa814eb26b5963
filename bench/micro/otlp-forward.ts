// CPU microseconds per request of taking 512-span requests (280 bytes a span) over gRPC and sending them on over gRPC through
// a durable queue, all threads of the process counted; sender and backend run in processes of their own. Then nanoseconds
// per span of counting and of sampling, in process.
// Run: npx rolldown bench/micro/otlp-forward.ts -p node -d /tmp/otlp-forward --format esm && node /tmp/otlp-forward/otlp-forward.js
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { definition as exporterDefinition } from '../../collector-core/components/otelcol/exporter/otlp/definition.ts'
import { otelcolExporterOtlp } from '../../collector-core/components/otelcol/exporter/otlp/component.ts'
import { definition as samplerDefinition } from '../../collector-core/components/otelcol/processor/probabilistic_sampler/definition.ts'
import { otelcolProcessorProbabilisticSampler } from '../../collector-core/components/otelcol/processor/probabilistic_sampler/component.ts'
import { definition as receiverDefinition } from '../../collector-core/components/otelcol/receiver/otlp/definition.ts'
import { otelcolReceiverOtlp } from '../../collector-core/components/otelcol/receiver/otlp/component.ts'
import { GrpcClient } from '../../collector-core/net/grpc/client.ts'
import { createGrpcServer } from '../../collector-core/net/grpc/server.ts'
import type { ComponentContext } from '../../collector-core/runtime/component.ts'
import { systemClock } from '../../collector-core/runtime/clock.ts'
import { Edge } from '../../collector-core/runtime/edge.ts'
import { accepted } from '../../collector-core/signal/receiver.ts'
import type { Receiver } from '../../collector-core/signal/receiver.ts'
import { createRegistry } from '../../collector-core/telemetry/registry.ts'
import { argumentsFrom } from '../../collector-core/testing/arguments-from.ts'
import { countItems } from '../../collector-core/wire/otlp/count-items.ts'
import { requestFromJson } from '../../collector-core/wire/otlp/from-json.ts'
import { exportMethods } from '../../collector-core/wire/otlp/methods.ts'

const spans = 512
const inFlight = 8
const seconds = 5

/** One resource, two scopes, six attributes a span. */
function exampleRequest(): Uint8Array {
  let seed = 1
  const hex = (digits: number): string => {
    let text = ''
    while (text.length < digits) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      text += seed.toString(16).padStart(8, '0')
    }
    return text.slice(0, digits)
  }
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } })
  const span = (index: number) => ({
    traceId: hex(32),
    spanId: hex(16),
    parentSpanId: hex(16),
    name: `GET /api/v1/orders/${index}`,
    kind: 2,
    startTimeUnixNano: `17000000000${String(index).padStart(8, '0')}`,
    endTimeUnixNano: `17000000010${String(index).padStart(8, '0')}`,
    attributes: [
      text('http.request.method', 'GET'),
      text('http.route', '/api/v1/orders/{id}'),
      text('server.address', 'orders.shop.svc'),
      { key: 'http.response.status_code', value: { intValue: 200 } },
      text('user_agent.original', 'okhttp/4.12'),
      text('net.peer', `10.0.0.${index % 250}`),
    ],
    status: {},
  })
  const scope = (from: number) => ({
    scope: { name: 'shop.tracing', version: '1.0.0' },
    spans: Array.from({ length: spans / 2 }, (_, index) => span(from + index)),
  })
  const resource = { attributes: [text('service.name', 'shop'), text('host.name', 'laptop')] }
  const json = { resourceSpans: [{ resource, scopeSpans: [scope(0), scope(spans / 2)] }] }
  const encoded = requestFromJson('traces', JSON.stringify(json))
  if ('problem' in encoded) throw new Error(encoded.problem)
  return encoded.bytes
}

function context<D>(id: string, directory: string, input: { receiver?: Receiver<'otlp'> }): ComponentContext<D> {
  const quiet = () => undefined
  return {
    id,
    log: { debug: quiet, info: quiet, warn: console.warn, error: console.error },
    clock: systemClock,
    random: Math.random,
    dataDirectory: directory,
    metrics: createRegistry().scope({ component_id: id }),
    userAgent: 'Weir/bench',
    ownAddress: () => '',
    publish: (exports) => void (input.receiver = (exports as { input?: Receiver<'otlp'> }).input),
    drop: quiet,
    report: quiet,
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Plays the backend: takes everything. */
function backend(port: number): void {
  const { server } = createGrpcServer({
    clock: systemClock,
    methods: new Set(Object.values(exportMethods)),
    handle: () => Promise.resolve({ message: new Uint8Array(0) }),
    maxMessageBytes: 64 * 1024 * 1024,
    maxHeldBytes: 1024 * 1024 * 1024,
    receiveMs: 30_000,
    connections: { connections: 100, connectionsPerAddress: 100 },
    advice: '',
    inflate: () => Promise.resolve({ problem: 'not compressed', code: 'unsupported' }),
    onRefused: (misfortune, detail) => console.error(misfortune, detail),
    onStranger: (stranger) => console.error(stranger),
  })
  server.listen(port, '127.0.0.1', () => process.send?.('ready'))
}

/** Plays the SDKs: keeps `inFlight` requests under way. */
function sender(port: number): void {
  const client = new GrpcClient({ target: `127.0.0.1:${port}`, userAgent: 'bench' })
  const message = exampleRequest()
  let sent = 0
  process.on('message', () => process.send?.(sent))
  const loop = async (): Promise<void> => {
    for (;;) {
      const call = {
        method: exportMethods.traces,
        message: [message],
        metadata: {},
        compression: 'none',
        timeoutMs: 10_000,
      } as const
      const result = await client.call(call)
      if (result.kind === 'ok') sent++
      else console.error(result)
    }
  }
  for (let i = 0; i < inFlight; i++) void loop()
}

async function forward(): Promise<void> {
  const directory = mkdtempSync(join(process.env.BENCH_DIRECTORY ?? tmpdir(), 'weir-bench-'))
  const [receiverPort, backendPort] = [await freePort(), await freePort()]
  const sink = fork(process.argv[1], ['backend', String(backendPort)])
  await new Promise((resolve) => sink.once('message', resolve))
  const stopping = new AbortController()
  const input: { receiver?: Receiver<'otlp'> } = {}
  const exporterBody = `client {
    endpoint = "127.0.0.1:${backendPort}"
    compression = "none"
    tls { insecure = true }
  }`
  const exporter = otelcolExporterOtlp.build(
    argumentsFrom(exporterDefinition, exporterBody),
    context('otelcol.exporter.otlp.bench', directory, input),
  )
  const edge = new Edge({ from: 'receiver', to: 'exporter' }, input.receiver!, systemClock, console.error)
  const receiverArguments = argumentsFrom(
    receiverDefinition,
    `grpc { endpoint = "127.0.0.1:${receiverPort}" }\noutput { }`,
  )
  const receiver = otelcolReceiverOtlp.build(
    { ...receiverArguments, output: { traces: [edge], metrics: [], logs: [] } },
    context('otelcol.receiver.otlp.bench', directory, {}),
  )
  const running = Promise.all([exporter.run(stopping.signal), receiver.run(stopping.signal)])
  await receiver.started
  const source = fork(process.argv[1], ['sender', String(receiverPort)])
  const sentSoFar = (): Promise<number> =>
    new Promise((resolve) => {
      source.once('message', (count) => resolve(count as number))
      source.send('count')
    })
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  await pause(3_000)
  for (let round = 0; round < 3; round++) {
    const [before, cpu, at] = [await sentSoFar(), process.cpuUsage(), performance.now()]
    await pause(seconds * 1000)
    const [after, used, took] = [await sentSoFar(), process.cpuUsage(cpu), performance.now() - at]
    const requests = after - before
    const micros = (used.user + used.system) / requests
    const system = used.system / requests
    const rate = Math.round((requests * 1000) / took)
    const memory = Math.round(process.memoryUsage().rss / 1e6)
    console.log(
      `${micros.toFixed(0)} us CPU per request (${system.toFixed(0)} in the kernel), ${rate} requests/s, ${rate * spans} spans/s, ${memory} MB`,
    )
  }
  stopping.abort()
  source.kill()
  await running
  sink.kill()
  rmSync(directory, { recursive: true })
}

async function measure(label: string, run: () => unknown): Promise<void> {
  for (let i = 0; i < 300; i++) await run()
  const times: number[] = []
  for (let i = 0; i < 600; i++) {
    const started = process.hrtime.bigint()
    await run()
    times.push(Number(process.hrtime.bigint() - started) / spans)
  }
  times.sort((a, b) => a - b)
  console.log(`${label.padEnd(44)} ${times[times.length >> 1].toFixed(1).padStart(7)} ns/span (median)`)
}

async function perSpan(): Promise<void> {
  const bytes = exampleRequest()
  console.log(`${bytes.length} bytes, ${(bytes.length / spans).toFixed(0)} a span`)
  await measure('counting', () => countItems('traces', bytes))
  const sink: Receiver<'otlp'> = { signal: 'otlp', accept: () => Promise.resolve(accepted) }
  for (const mode of ['hash_seed', 'proportional', 'equalizing']) {
    for (const percentage of [10, 50, 100]) {
      const input: { receiver?: Receiver<'otlp'> } = {}
      const body = `mode = "${mode}"\nsampling_percentage = ${percentage}\noutput { }`
      otelcolProcessorProbabilisticSampler.build(
        { ...argumentsFrom(samplerDefinition, body), output: { traces: [sink], metrics: [], logs: [] } },
        context('otelcol.processor.probabilistic_sampler.bench', '', input),
      )
      await measure(`sampling, ${mode} ${percentage} %`, () =>
        input.receiver!.accept({ kind: 'traces', bytes, items: spans }),
      )
    }
  }
}

const [, , role, port] = process.argv
if (role === 'backend') backend(Number(port))
else if (role === 'sender') sender(Number(port))
else if (role === 'spans') await perSpan()
else if (role === 'forward') await forward()
else {
  await perSpan()
  await forward()
}
