import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../../runtime/clock.ts'
import type { DefinitionExports } from '../../../../schema/definition.ts'
import type { OtlpKind } from '../../../../signal/otlp-batch.ts'
import { argumentsFrom } from '../../../../testing/arguments-from.ts'
import { recordingContext } from '../../../../testing/component-context.ts'
import { countItems } from '../../../../wire/otlp/count-items.ts'
import { otelcolExporterOtlphttp } from './component.ts'
import { definition } from './definition.ts'
import { httpOutcome } from './http-outcome.ts'

const oneSpan = Buffer.from([0x0a, 7, 0x12, 5, 0x12, 3, 0x2a, 1, 0x61])
const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

interface Received {
  readonly path: string
  readonly headers: http.IncomingHttpHeaders
  readonly body: Buffer
}

type Answer = { status: number; headers?: Record<string, string>; body?: string | Buffer } | 'hang'

/** A backend that notes what it gets and answers from `answers`, then with success. */
async function backend(port = 0) {
  const received: Received[] = []
  const answers: Answer[] = []
  const state: { answer?: (request: Received) => Answer } = {}
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const seen = { path: request.url!, headers: request.headers, body: Buffer.concat(chunks) }
      received.push(seen)
      const answer = answers.shift() ?? state.answer?.(seen) ?? { status: 200 }
      if (answer === 'hang') return
      response.writeHead(answer.status, answer.headers)
      response.end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const close = (): void => {
    server.close()
    server.closeAllConnections()
  }
  cleanups.push(close)
  return { received, answers, state, port: (server.address() as AddressInfo).port, close }
}

function start(client: string, more = '') {
  const context = recordingContext<typeof definition>({ clock: systemClock })
  const quick = 'retry_on_failure {\ninitial_interval = "50ms"\nmax_interval = "100ms"\n}'
  const argumentsOf = (body: string, rest = more) =>
    argumentsFrom(definition, `client {\n${body}\n}\n${quick}\n${rest}`)
  const component = otelcolExporterOtlphttp.build(argumentsOf(client), context)
  const { input } = context.published[0] as DefinitionExports<typeof definition>
  const stopping = new AbortController()
  const ended = component.run(stopping.signal)
  cleanups.push(() => {
    stopping.abort()
    return ended
  })
  const send = (kind: OtlpKind = 'traces', bytes: Uint8Array = oneSpan, items = 1) =>
    input.accept({ kind, bytes, items })
  return { context, component, send, update: (body: string, rest = more) => component.update(argumentsOf(body, rest)) }
}

async function until(condition: () => boolean): Promise<void> {
  // The disk is real: a busy machine takes its time.
  const giveUpAt = performance.now() + 10_000
  while (!condition()) {
    if (performance.now() > giveUpAt) throw new Error('it never happened')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const url = (port: number, more = ''): string => `endpoint = "http://127.0.0.1:${port}/"\n${more}`
const sentSpans = 'otelcol_exporter_sent_spans_total{otlphttp/test.component.default}'

describe('the exporter', () => {
  it('posts each kind to its path, byte for byte, with headers', async () => {
    const { received, port } = await backend()
    const { send } = start(url(port, 'headers = { "X-Scope-OrgID" = "tenant" }'))
    for (const kind of ['traces', 'metrics', 'logs'] as const) expect((await send(kind)).kind).toBe('accepted')
    await until(() => received.length === 3)
    expect(received.map(({ path }) => path).sort()).toEqual(['/v1/logs', '/v1/metrics', '/v1/traces'])
    for (const { body, headers } of received) {
      expect(body).toEqual(oneSpan)
      expect(headers).toMatchObject({
        'content-type': 'application/x-protobuf',
        'x-scope-orgid': 'tenant',
        'user-agent': 'Weir/test',
      })
      // To this machine nothing is compressed.
      expect(headers['content-encoding']).toBeUndefined()
    }
  })

  it('has endpoints of their own for kinds, and refuses kinds without any', async () => {
    const { received, port } = await backend()
    const { send } = start('', `traces_endpoint = "http://127.0.0.1:${port}/custom?x=1"`)
    expect((await send('traces')).kind).toBe('accepted')
    await until(() => received.length === 1)
    expect(received[0].path).toBe('/custom?x=1')
    expect(await send('logs')).toMatchObject({
      kind: 'refused',
      retryable: false,
      reason: 'no endpoint is set for logs: set client.endpoint or logs_endpoint',
    })
  })

  it('can send JSON', async () => {
    const { received, port } = await backend()
    const { send } = start(url(port), 'encoding = "json"')
    await send()
    await until(() => received.length === 1)
    expect(received[0].headers['content-type']).toBe('application/json')
    expect(JSON.parse(received[0].body.toString())).toEqual({
      resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'a' }] }] }],
    })
  })

  it('delivers the readable rest when an item cannot become JSON', async () => {
    const { port } = await backend()
    const { context, send } = start(url(port), 'encoding = "json"')
    const broken = Buffer.from([0x0a, 7, 0x12, 5, 0x12, 3, 0x2a, 9, 0x61])
    await send('traces', Buffer.concat([oneSpan, broken, oneSpan]), 3)
    await until(() => context.drops.length === 1)
    expect(context.drops).toEqual([{ count: 1, reason: 'rejected' }])
    await until(() => context.values.get(sentSpans) === 2)
  })

  it.each<[string, Answer]>([
    ['protobuf', { status: 200, body: Buffer.from([0x0a, 8, 8, 2, 0x12, 4, 0x6c, 0x61, 0x74, 0x65]) }],
    [
      'JSON',
      {
        status: 200,
        headers: { 'Content-Type': 'application/json' },
        body: '{"partialSuccess":{"rejectedSpans":"2","errorMessage":"late"}}',
      },
    ],
  ])('tells what the server took only in part, in %s', async (_, answer) => {
    const { answers, port } = await backend()
    answers.push(answer)
    const { context, send } = start(url(port))
    await send()
    await until(() => context.values.get(sentSpans) === 1)
    expect(context.drops).toEqual([{ count: 2, reason: 'rejected_by_server' }])
    expect(context.logLines.find(({ level }) => level === 'warn')?.fields).toMatchObject({
      rejected: 2,
      reason: 'late',
    })
  })

  it('gets through a storm of errors without losing anything', async () => {
    const { received, state, port } = await backend()
    let turn = 0
    state.answer = () => ({ status: [500, 200, 502, 503, 200, 504, 429, 500, 200][turn++ % 9] })
    const { context, send } = start(url(port))
    for (let i = 0; i < 10; i++) await send('traces', Buffer.concat([oneSpan, Buffer.from([0x7a, 1, i])]))
    await until(() => context.values.get(sentSpans) === 10)
    expect(context.drops).toEqual([])
    expect(received.length).toBeGreaterThan(3)
  })

  it('does not come back before Retry-After', async () => {
    const { received, answers, port } = await backend()
    answers.push({ status: 429, headers: { 'Retry-After': '1' } })
    const { send } = start(url(port))
    const started = performance.now()
    await send()
    await until(() => received.length === 2)
    expect(performance.now() - started).toBeGreaterThan(950)
  })

  it('finds the one item the server will not take', async () => {
    const { state, port } = await backend()
    state.answer = ({ body }) => ({ status: body.includes('X') ? 400 : 200, body: 'bad span' })
    const spans = 'a b c X d e f g'
      .split(' ')
      .map((name) => Buffer.from([0x0a, 7, 0x12, 5, 0x12, 3, 0x2a, 1, name.charCodeAt(0)]))
    const { context, send } = start(url(port))
    await send('traces', Buffer.concat(spans), 8)
    await until(() => context.values.get(sentSpans) === 7 && context.drops.length === 1)
    expect(context.drops).toEqual([{ count: 1, reason: 'rejected' }])
  })

  it('halves what is too large', async () => {
    const { received, state, port } = await backend()
    state.answer = ({ body }) => ({ status: body.length > 40 ? 413 : 200 })
    const { context, send } = start(url(port))
    await send('traces', Buffer.concat(Array.from({ length: 16 }, () => oneSpan)), 16)
    await until(() => context.values.get(sentSpans) === 16)
    expect(
      received.filter(({ body }) => body.length <= 40).reduce((sum, { body }) => sum + countItems('traces', body)!, 0),
    ).toBe(16)
    expect(context.drops).toEqual([])
  })

  it('gives a hanging server up after its timeout', async () => {
    const { received, answers, port } = await backend()
    answers.push('hang')
    const { context, send } = start(url(port, 'timeout = "200ms"'))
    await send()
    await until(() => context.values.get(sentSpans) === 1)
    expect(received.length).toBe(2)
  })

  it('does not lose the request under way when its arguments change', async () => {
    const { received, answers, port } = await backend()
    answers.push('hang')
    const { context, send, update } = start(url(port))
    await send()
    await until(() => received.length === 1)
    await update(url(port, 'headers = { "a" = "b" }'))
    await until(() => context.values.get(sentSpans) === 1)
    expect(received[1].headers.a).toBe('b')
    expect(context.drops).toEqual([])
  })

  it('keeps what is queued for a kind whose endpoint was taken away', async () => {
    const { context, send, update } = start('', 'logs_endpoint = "http://127.0.0.1:1/"')
    await send('logs')
    await until(() => context.health.at(-1)?.state === 'unhealthy')
    const { received, port } = await backend()
    await update('', `traces_endpoint = "http://127.0.0.1:${port}/t"`)
    await until(() => context.health.at(-1)?.message.includes('no endpoint is set for logs') === true)
    await update('', `logs_endpoint = "http://127.0.0.1:${port}/l"`)
    await until(() => received.length === 1)
    expect(context.drops).toEqual([])
  })
})

describe('a status', () => {
  const outcomeOf = (status: number) =>
    httpOutcome({ kind: 'response', status, headers: new Map(), body: new Uint8Array(0) } as never, 0)

  it.each([
    [200, { kind: 'delivered' }],
    [204, { kind: 'delivered' }],
    [429, { kind: 'retry' }],
    [502, { kind: 'retry' }],
    [503, { kind: 'retry' }],
    [504, { kind: 'retry' }],
    [500, { kind: 'doubtful' }],
    [408, { kind: 'doubtful' }],
    [520, { kind: 'doubtful' }],
    [400, { kind: 'rejected', split: 'bisect' }],
    [413, { kind: 'rejected', split: 'half' }],
    [401, { kind: 'rejected', unauthorized: true }],
    [403, { kind: 'rejected', unauthorized: true }],
    [404, { kind: 'rejected' }],
    [501, { kind: 'rejected' }],
    [505, { kind: 'rejected' }],
  ])('of %d means %j', (status, expected) => {
    const outcome = outcomeOf(status)
    expect(outcome).toMatchObject(expected)
    expect('split' in outcome).toBe('split' in expected)
    expect('unauthorized' in outcome).toBe('unauthorized' in expected)
  })
})

it.each([
  ['client { }', 'set client.endpoint'],
  ['client {\nendpoint = "localhost:4318"\n}', 'is not a URL'],
  ['client { }\ntraces_endpoint = "x"', 'is not a URL'],
  ['client {\nendpoint = "http://a"\ncompression = "zstd"\n}', 'does not compress OTLP/HTTP requests with zstd'],
])('its check finds fault with %j', (body, message) => {
  expect(
    definition.check!(argumentsFrom(definition, body))
      .map((problem) => problem.message)
      .join(),
  ).toContain(message)
})
