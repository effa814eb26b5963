import { gunzipSync } from 'node:zlib'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createGrpcServer } from '../../../../net/grpc/server.ts'
import type { GrpcAnswer, GrpcCall, GrpcServerOptions } from '../../../../net/grpc/server.ts'
import { grpcCodes } from '../../../../net/grpc/status.ts'
import { listen } from '../../../../net/server.ts'
import { systemClock } from '../../../../runtime/clock.ts'
import type { DefinitionExports } from '../../../../schema/definition.ts'
import { argumentsFrom } from '../../../../testing/arguments-from.ts'
import { makeCertificates } from '../../../../testing/certificates.ts'
import { recordingContext } from '../../../../testing/component-context.ts'
import { exportMethods } from '../../../../wire/otlp/methods.ts'
import { WeirError } from '../../../../weir-error.ts'
import { otelcolExporterOtlp } from './component.ts'
import { definition } from './definition.ts'
import { grpcOutcome } from './grpc-outcome.ts'

const oneSpan = Buffer.from([0x0a, 7, 0x12, 5, 0x12, 3, 0x2a, 1, 0x61])
const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

/** A backend that notes what it gets and answers from `answers`, then with success. */
async function backend(port = 0, overrides: Partial<GrpcServerOptions> = {}) {
  const calls: GrpcCall[] = []
  const answers: GrpcAnswer[] = []
  const { server, goAway } = createGrpcServer({
    clock: systemClock,
    methods: new Set(Object.values(exportMethods)),
    maxMessageBytes: 4 * 1024 * 1024,
    maxHeldBytes: 64 * 1024 * 1024,
    receiveMs: 5_000,
    connections: { connections: 10, connectionsPerAddress: 10 },
    advice: '',
    handle: (call) => {
      calls.push(call)
      return Promise.resolve(answers.shift() ?? { message: new Uint8Array(0) })
    },
    inflate: (_, body) => Promise.resolve(gunzipSync(body)),
    onRefused: () => undefined,
    onStranger: () => undefined,
    ...overrides,
  })
  const listening = await listen(server, { host: '127.0.0.1', port })
  if (listening instanceof WeirError) throw listening
  const close = (): Promise<void> => {
    goAway()
    return listening.close(100)
  }
  cleanups.push(close)
  return { calls, answers, port: listening.port, close }
}

const quick = 'retry_on_failure {\ninitial_interval = "50ms"\nmax_interval = "100ms"\n}'

function start(client: string, more = quick) {
  const context = recordingContext<typeof definition>({ clock: systemClock })
  const argumentsOf = (body: string) => argumentsFrom(definition, `client {\n${body}\n}\n${more}`)
  const component = otelcolExporterOtlp.build(argumentsOf(client), context)
  const { input } = context.published[0] as DefinitionExports<typeof definition>
  const stopping = new AbortController()
  const ended = component.run(stopping.signal)
  cleanups.push(() => {
    stopping.abort()
    return ended
  })
  const send = (bytes: Uint8Array = oneSpan, items = 1) => input.accept({ kind: 'traces', bytes, items })
  const update = (body: string) => component.update(argumentsOf(body))
  return { context, component, input, send, update }
}

const insecure = (port: number, more = ''): string =>
  `endpoint = "127.0.0.1:${port}"\ntls {\ninsecure = true\n}\n${more}`

async function until(condition: () => boolean): Promise<void> {
  // The disk is real: a busy machine takes its time.
  const giveUpAt = performance.now() + 10_000
  while (!condition()) {
    if (performance.now() > giveUpAt) throw new Error('it never happened')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const sentSpans = 'otelcol_exporter_sent_spans_total{otlp/test.component.default}'

describe('the exporter', () => {
  it('sends what it accepted, byte for byte, with headers', async () => {
    const { calls, port } = await backend()
    const { context, input, send } = start(insecure(port, 'headers = { "X-Scope-OrgID" = "tenant" }'))
    expect((await send()).kind).toBe('accepted')
    await input.accept({ kind: 'logs', bytes: oneSpan, items: 1 })
    await until(() => calls.length === 2)
    expect(new Set(calls.map(({ method }) => method))).toEqual(new Set([exportMethods.traces, exportMethods.logs]))
    expect(Buffer.from(calls[0].message)).toEqual(oneSpan)
    expect(calls[0].metadata['x-scope-orgid']).toBe('tenant')
    expect(calls[0].metadata['user-agent']).toBe('Weir/test')
    // To this machine nothing is compressed.
    expect(calls[0].metadata['grpc-encoding']).toBeUndefined()
    await until(() => context.values.get(sentSpans) === 1)
  })

  it('keeps what it accepted while the server is away, and delivers it', async () => {
    const first = await backend()
    const { context, send } = start(insecure(first.port))
    await send()
    await until(() => first.calls.length === 1)
    await first.close()
    for (let i = 0; i < 5; i++) await send(Buffer.concat([oneSpan, Buffer.from([0x7a, 1, i])]))
    await until(() => context.health.at(-1)?.state === 'unhealthy')
    expect(context.health.at(-1)?.message).toContain(`127.0.0.1:${first.port}`)
    const second = await backend(first.port)
    await until(() => second.calls.reduce((sum, { message }) => sum + message.length, 0) === 5 * 12)
    const bytes = Buffer.concat(second.calls.map(({ message }) => message))
    expect([11, 23, 35, 47, 59].map((at) => bytes[at]).sort()).toEqual([0, 1, 2, 3, 4])
    await until(() => context.health.at(-1)?.state === 'healthy')
    expect(context.drops).toEqual([])
  })

  it('tells what the server took only in part', async () => {
    const { answers, port } = await backend()
    // ExportTraceServiceResponse {1: {1: 2, 2: "late"}}
    answers.push({ message: Buffer.from([0x0a, 8, 8, 2, 0x12, 4, 0x6c, 0x61, 0x74, 0x65]) })
    const { context, send } = start(insecure(port))
    await send()
    await until(() => context.values.get(sentSpans) === 1)
    expect(context.drops).toEqual([{ count: 2, reason: 'rejected_by_server' }])
    expect(context.logLines.find(({ level }) => level === 'warn')?.fields).toEqual({
      kind: 'traces',
      rejected: 2,
      reason: 'late',
    })
  })

  it('pauses on refused credentials and goes on once they are right', async () => {
    const { answers, calls, port } = await backend()
    answers.push({ status: { code: grpcCodes.UNAUTHENTICATED, message: 'who are you?' } })
    const { context, send, update } = start(insecure(port))
    await send()
    await until(() => context.health.at(-1)?.state === 'unhealthy')
    expect(context.health.at(-1)?.message).toBe('traces: the server answered UNAUTHENTICATED: who are you?')
    expect(calls.length).toBe(1)
    await update(insecure(port, 'headers = { "Authorization" = "Bearer x" }'))
    await until(() => calls.length === 2)
    expect(calls[1].metadata.authorization).toBe('Bearer x')
    expect(context.drops).toEqual([])
  })

  it('cuts what is too large for the server', async () => {
    const { calls, port } = await backend(0, { maxMessageBytes: 100 })
    const many = Buffer.concat(Array.from({ length: 8 }, () => Buffer.concat([oneSpan, oneSpan])))
    const { context, send } = start(insecure(port))
    await send(many, 16)
    await until(() => context.values.get(sentSpans) === 16)
    expect(calls.every(({ message }) => message.length <= 100)).toBe(true)
  })

  it('moves to another server with the queue', async () => {
    const { context, send, update } = start(insecure(1))
    await send()
    await until(() => context.health.at(-1)?.state === 'unhealthy')
    const { calls, port } = await backend()
    await update(insecure(port))
    await until(() => calls.length === 1)
  })

  it('does not lose the call under way when its arguments change', async () => {
    let release: (() => void) | undefined
    let taken = 0
    const { port } = await backend(0, {
      handle: async () => {
        if (taken++ === 0) await new Promise<void>((resolve) => (release = resolve))
        return { message: new Uint8Array(0) }
      },
    })
    const { context, send, update } = start(insecure(port))
    await send()
    await until(() => release !== undefined)
    await update(insecure(port, 'headers = { "a" = "b" }'))
    await until(() => context.values.get(sentSpans) === 1)
    expect(context.drops).toEqual([])
    release!()
  })

  it('speaks TLS with the authority and certificate it is given', async () => {
    const { ca, server, client } = await makeCertificates()
    const { calls, port } = await backend(0, {
      tls: { ...server, ca, requestCert: true, rejectUnauthorized: true },
    })
    const { context, send, update } = start(`endpoint = "localhost:${port}"`)
    await send()
    await until(() => context.health.at(-1)?.state === 'unhealthy')
    expect(context.health.at(-1)?.message).toContain('certificate')
    const file = (name: string, content: string): string => {
      const path = join(context.dataDirectory, name)
      writeFileSync(path, content)
      return path
    }
    const tls = `tls {
      insecure = true
      ca_file = "${file('ca.pem', ca)}"
      cert_file = "${file('client.pem', client.cert)}"
      key_file = "${file('client.key', client.key)}"
    }`
    await update(`endpoint = "https://localhost:${port}"\n${tls}`)
    await until(() => calls.length === 1)
  })
})

describe('a status', () => {
  it.each([
    ['CANCELLED', 'retry'],
    ['DEADLINE_EXCEEDED', 'retry'],
    ['ABORTED', 'retry'],
    ['OUT_OF_RANGE', 'retry'],
    ['UNAVAILABLE', 'retry'],
    ['DATA_LOSS', 'retry'],
    ['UNKNOWN', 'doubtful'],
    ['INTERNAL', 'doubtful'],
    ['RESOURCE_EXHAUSTED', 'doubtful'],
    ['UNIMPLEMENTED', 'rejected'],
    ['NOT_FOUND', 'rejected'],
    ['ALREADY_EXISTS', 'rejected'],
  ] as const)('%s is %s', (name, kind) => {
    const outcome = grpcOutcome({ code: grpcCodes[name], message: 'words' })
    expect(outcome).toEqual({ kind, reason: `the server answered ${name}: words` })
  })

  it.each(['INVALID_ARGUMENT', 'FAILED_PRECONDITION'] as const)('%s is searched', (name) => {
    expect(grpcOutcome({ code: grpcCodes[name], message: '' })).toMatchObject({ kind: 'rejected', split: 'bisect' })
  })

  it.each(['UNAUTHENTICATED', 'PERMISSION_DENIED'] as const)('%s pauses', (name) => {
    expect(grpcOutcome({ code: grpcCodes[name], message: '' })).toMatchObject({ unauthorized: true })
  })

  it('with a delay is followed', () => {
    expect(grpcOutcome({ code: 8, message: '', retryAfterMs: 7 })).toMatchObject({ kind: 'retry', afterMs: 7 })
    expect(grpcOutcome({ code: 8, message: '', retryAfterMs: 0 })).toMatchObject({ kind: 'retry', afterMs: 0 })
    expect(grpcOutcome({ code: 13, message: '', retryAfterMs: 7 })).toMatchObject({ kind: 'doubtful', afterMs: 7 })
  })

  it.each([
    'grpc: received message larger than max (5000000 vs 4194304)',
    'Received message larger than max (5000000 vs 4194304)',
    'the message has 5000000 bytes, more than the 4194304 allowed: too large',
    'SERVER: Received message exceeds the maximum configured message size',
  ])('of a full server is told from one for a large message: %s', (message) => {
    expect(grpcOutcome({ code: 8, message })).toMatchObject({ kind: 'rejected', split: 'half' })
    expect(grpcOutcome({ code: 8, message: 'RATE_LIMITED: ingestion rate limit exceeded' })).toMatchObject({
      kind: 'doubtful',
    })
  })

  it('that nobody knows is final', () => {
    expect(grpcOutcome({ code: 99, message: '' })).toEqual({ kind: 'rejected', reason: 'the server answered CODE 99' })
  })
})

it.each([
  ['endpoint = "tempo"', '"tempo" is not an endpoint', 'error'],
  ['endpoint = "tempo:1"\ncompression = "zstd"', 'does not compress gRPC requests with zstd', 'error'],
])('its check finds fault with %j', (client, message) => {
  const [problem] = definition.check!(argumentsFrom(definition, `client {\n${client}\n}`))
  expect(problem.message).toContain(message)
})

it.each([
  ['enabled = false', 'queues on disk all the same'],
  ['queue_size = 100', 'no effect with the sizer "requests"'],
])('its check warns of sending_queue %j', (queue, message) => {
  const [problem] = definition.check!(
    argumentsFrom(definition, `client {\nendpoint = "a:1"\n}\nsending_queue {\n${queue}\n}`),
  )
  expect(problem).toMatchObject({ severity: 'warning', message: expect.stringContaining(message) as string })
})
