import { describe, expect, test } from 'vitest'
import { failure } from '../../../net/failure.ts'
import type { TransportFailure } from '../../../net/failure.ts'
import type { HttpClient } from '../../../net/http-arguments.ts'
import type { HttpRequest, HttpResponse } from '../../../net/http-message.ts'
import type { LogBatch, LogStream } from '../../../signal/log-batch.ts'
import { LogLinesBuilder } from '../../../signal/log-lines.ts'
import { Labels } from '../../../signal/labels.ts'
import type { Acceptance } from '../../../signal/receiver.ts'
import { argumentsFrom } from '../../../testing/arguments-from.ts'
import type { CrashFileSystem } from '../../../testing/crash-file-system.ts'
import { startExporter } from '../../../testing/started-exporter.ts'
import { decodePush } from '../../../wire/loki/push-decoder.ts'
import { uncompress } from '../../../wire/snappy/uncompress.ts'
import { buildLokiWrite } from './component.ts'
import { definition } from './definition.ts'

interface Received {
  readonly url: string
  readonly headers: ReadonlyMap<string, string>
  /** `labels line`, in order. */
  readonly lines: readonly string[]
  readonly streams: readonly string[]
  readonly bytes: number
}

interface Answer {
  readonly status: number
  readonly body?: string
  readonly headers?: Record<string, string>
}

/** Stands for Loki behind an HTTP client. */
class LokiBackend implements HttpClient {
  readonly received: Received[] = []
  readonly stored: string[] = []
  answer: (request: Received) => Answer | 'down' | Promise<Answer> = () => ({ status: 204 })

  async send({ url, headers, body }: HttpRequest): Promise<HttpResponse | TransportFailure> {
    const block = Buffer.concat(body instanceof Uint8Array ? [body] : [...(body ?? [])])
    const bytes = uncompress(block, 64 * 1024 * 1024)
    if ('kind' in bytes) throw new Error(bytes.message)
    const streams = decodePush(bytes)
    if ('malformed' in streams) throw new Error(streams.malformed)
    const request: Received = {
      url,
      headers: new Map(headers),
      lines: streams.flatMap(({ labels, entries }) =>
        entries.map(({ line }) => `${labels} ${Buffer.from(line).toString()}`),
      ),
      streams: streams.map(({ labels }) => labels),
      bytes: block.length,
    }
    this.received.push(request)
    const answer = await this.answer(request)
    if (answer === 'down') return failure('refused', 'loki:3100: the connection was refused', 'Start the server.')
    if (answer.status < 300) this.stored.push(...request.lines)
    return {
      kind: 'response',
      status: answer.status,
      headers: new Map(Object.entries(answer.headers ?? {})),
      body: Buffer.from(answer.body ?? ''),
    }
  }

  async stream(): Promise<TransportFailure> {
    return failure('invalid_request', 'a push does not stream', 'Use send.')
  }

  close(): void {}
}

const endpoint = (more = '', url = 'http://loki:3100/loki/api/v1/push'): string =>
  `endpoint {\n url = "${url}"\n ${more}\n}\n`

const stream = (labels: Record<string, string>, ...lines: string[]): LogStream => {
  const builder = new LogLinesBuilder()
  for (const line of lines) builder.addText(line, 1_700_000_000, 5)
  return { labels: Labels.from(labels), lines: builder.build() }
}
const batch = (...streams: LogStream[]): LogBatch => ({ streams })
const web = { app: 'web' }

/** A component on a disk in memory that sends to a scripted backend. */
function start(config: string, files?: CrashFileSystem) {
  const backend = new LokiBackend()
  const exporter = { definition, build: buildLokiWrite, createClient: () => backend }
  const { exported, soon, ...started } = startExporter(exporter, config, files)
  const { receiver } = exported
  const send = (...streams: LogStream[]): Promise<Acceptance> => soon(receiver.accept(batch(...streams)))
  const value = (name: string, ...labels: string[]): number | undefined =>
    started.context.values.get(`loki_write_${name}{${['loki:3100', ...labels].join(',')}}`)
  return { ...started, receiver, backend, send, value }
}

describe('sending', () => {
  test('posts snappy protobuf with labels as Loki has them', async () => {
    const { send, pass, backend, value } = start(endpoint())
    expect(await send(stream({ b: '2', a: 'q"', __internal: 'x' }, 'one', 'two'))).toEqual({ kind: 'accepted' })
    await pass(1500)
    expect(backend.stored).toEqual(['{a="q\\"", b="2"} one', '{a="q\\"", b="2"} two'])
    const [{ url, headers }] = backend.received
    expect(url).toBe('http://loki:3100/loki/api/v1/push')
    expect(Object.fromEntries(headers)).toEqual({
      'Content-Type': 'application/x-protobuf',
      'Content-Encoding': 'snappy',
    })
    expect(value('sent_entries_total', '')).toBe(2)
    expect(value('sent_bytes_total', '')).toBe(backend.received[0].bytes)
  })

  test('single lines share a request and a stream', async () => {
    const { send, pass, backend } = start(endpoint())
    for (let i = 0; i < 4; i++) await send(stream(web, `line ${i}`), stream({ app: 'db' }, `db ${i}`))
    await pass(2000)
    expect(backend.received).toHaveLength(1)
    expect(backend.received[0].streams).toEqual(['{app="web"}', '{app="db"}'])
    expect(backend.stored.filter((line) => line.includes('web'))).toEqual(
      [0, 1, 2, 3].map((i) => `{app="web"} line ${i}`),
    )
  })

  test('large and small pieces join into one request', async () => {
    const { send, pass, backend } = start(endpoint())
    const large = Array.from({ length: 500 }, (_, i) => `large ${i} ${'x'.repeat(100)}`)
    await send(stream(web, 'before'))
    await send(stream(web, ...large))
    await send(stream(web, 'after'))
    await pass(2000)
    expect(backend.received).toHaveLength(1)
    expect(backend.stored).toEqual(['before', ...large, 'after'].map((line) => `{app="web"} ${line}`))
  })

  test('batch_size and batch_wait, as the guide sets them, bound a request', async () => {
    const { send, pass, backend } = start(endpoint('batch_wait = "1s"\n batch_size = 1000'))
    await send(stream(web, ...Array.from({ length: 30 }, (_, i) => `${i}${'.'.repeat(98)}`)))
    await pass(3000)
    expect(backend.stored).toHaveLength(30)
    expect(backend.received.length).toBeGreaterThanOrEqual(3)
    for (const { lines } of backend.received) expect(lines.length).toBeLessThanOrEqual(10)
    await send(stream(web, 'alone'))
    await pass(500)
    expect(backend.stored).toHaveLength(30)
    await pass(1000)
    expect(backend.stored).toHaveLength(31)
  })

  test('external labels give way to labels of the stream', async () => {
    const { send, pass, backend } = start(`external_labels = { app = "other", env = "dev" }\n${endpoint()}`)
    await send(stream(web, 'x'))
    await pass(1500)
    expect(backend.stored).toEqual(['{app="web", env="dev"} x'])
  })

  test('headers of the user come along, but not over those of the protocol', async () => {
    const { send, pass, backend } = start(
      endpoint('headers = { "X-Extra" = "1", "content-type" = "text/plain" }\n tenant_id = "me"'),
    )
    await send(stream(web, 'x'))
    await pass(1500)
    expect(Object.fromEntries(backend.received[0].headers)).toEqual({
      'Content-Type': 'application/x-protobuf',
      'Content-Encoding': 'snappy',
      'X-Scope-OrgID': 'me',
      'X-Extra': '1',
    })
  })
})

describe('min_shards', () => {
  test('sends several streams side by side and keeps the order of each', async () => {
    const { send, backend, clock, pass } = start(endpoint('batch_wait = "100ms"\n queue_config {\n min_shards = 4\n }'))
    let now = 0
    let most = 0
    backend.answer = async () => {
      most = Math.max(most, ++now)
      await clock.sleep(500)
      now--
      return { status: 204 }
    }
    for (let round = 0; round < 10; round++) {
      const streams = Array.from({ length: 12 }, (_, i) => stream({ job: `job${i}` }, `line ${round}`))
      await send(...streams)
    }
    await pass(10_000)
    expect(most).toBe(4)
    expect(backend.stored).toHaveLength(120)
    for (let i = 0; i < 12; i++) {
      const own = backend.stored.filter((line) => line.startsWith(`{job="job${i}"}`))
      expect(own).toEqual(Array.from({ length: 10 }, (_, round) => `{job="job${i}"} line ${round}`))
    }
  })
})

describe('tenants', () => {
  test('lines go to their own tenant, others to that of the endpoint', async () => {
    const { send, pass, backend, value } = start(endpoint('tenant_id = "main"'))
    await send(stream({ ...web, __tenant_id__: 'Team A' }, 'a'), stream(web, 'm'))
    await send(stream({ ...web, __tenant_id__: 'Team A' }, 'b'))
    await pass(2500)
    const byTenant = backend.received.map(({ headers, lines }) => [headers.get('X-Scope-OrgID'), lines])
    expect(byTenant).toContainEqual(['Team A', ['{app="web"} a', '{app="web"} b']])
    expect(byTenant).toContainEqual(['main', ['{app="web"} m']])
    expect(value('sent_entries_total', 'Team A')).toBe(2)
  })

  test('their queues are found again after a restart', async () => {
    const first = start(endpoint())
    first.backend.answer = () => 'down'
    await first.send(stream({ ...web, __tenant_id__: 'Ä/b' }, 'kept'))
    await first.stop()
    const second = start(
      endpoint(),
      first.files.powerCut(() => 0.5),
    )
    await second.pass(3000)
    expect(second.backend.received.map(({ headers, lines }) => [headers.get('X-Scope-OrgID'), lines])).toEqual([
      ['Ä/b', ['{app="web"} kept']],
    ])
  })

  test('their number is bounded, what is beyond is counted', async () => {
    const { receiver, pass, context, value } = start(endpoint())
    for (let i = 0; i < 205; i++) void receiver.accept(batch(stream({ ...web, __tenant_id__: `t${i}` }, 'x')))
    await pass(1000)
    expect(value('dropped_entries_total', '', 'too_many_tenants')).toBeGreaterThanOrEqual(1)
    expect(context.health.at(-1)).toMatchObject({ state: 'unhealthy' })
  })
})

describe('answers', () => {
  test('what could not be sent is sent later, in order, as often as it takes', async () => {
    const { send, pass, backend, value, context } = start(endpoint('max_backoff_period = "5s"'))
    backend.answer = ({ lines }) =>
      backend.received.length < 15 ? (lines.length % 2 === 0 ? 'down' : { status: 503 }) : { status: 204 }
    await send(stream(web, '1'))
    await pass(5000)
    await send(stream(web, '2'))
    await pass(120_000, 500)
    expect(backend.stored).toEqual(['{app="web"} 1', '{app="web"} 2'])
    expect(value('batch_retries_total', '')).toBe(14)
    expect(value('dropped_entries_total', '', 'ingester_error')).toBe(0)
    expect(context.health.some(({ state }) => state === 'unhealthy')).toBe(true)
    expect(context.health.at(-1)).toEqual({ state: 'healthy', message: 'sending' })
  })

  test('429 waits as long as the server asks', async () => {
    const { send, pass, backend } = start(endpoint())
    backend.answer = () =>
      backend.received.length === 1 ? { status: 429, headers: { 'retry-after': '20' } } : { status: 204 }
    await send(stream(web, 'x'))
    await pass(15_000, 500)
    expect(backend.received).toHaveLength(1)
    await pass(10_000, 500)
    expect(backend.stored).toEqual(['{app="web"} x'])
  })

  test('429 drops when retrying is switched off', async () => {
    const { send, pass, backend, value, context } = start(endpoint('retry_on_http_429 = false'))
    backend.answer = () => ({ status: 429, body: 'rate limit' })
    await send(stream(web, 'x'))
    await pass(2000)
    expect(value('dropped_entries_total', '', 'rate_limited')).toBe(1)
    expect(context.drops).toEqual([{ count: 1, reason: 'rate_limited' }])
  })

  test('a number of tries the user sets is kept', async () => {
    const { send, pass, backend, value } = start(endpoint('max_backoff_retries = 3'))
    backend.answer = () => ({ status: 500, body: 'boom' })
    await send(stream(web, 'x', 'y'))
    await pass(20_000, 500)
    expect(backend.received).toHaveLength(3)
    expect(value('dropped_entries_total', '', 'ingester_error')).toBe(2)
  })

  test('413 halves until it fits', async () => {
    const { send, pass, backend, value } = start(endpoint())
    backend.answer = ({ lines }) => (lines.length > 3 ? { status: 413, body: 'too large' } : { status: 204 })
    const lines = Array.from({ length: 20 }, (_, i) => `line ${i}`)
    await send(stream(web, ...lines.slice(0, 9)), stream({ app: 'db' }, ...lines.slice(9)))
    await pass(3000)
    expect(backend.stored).toEqual([
      ...lines.slice(0, 9).map((line) => `{app="web"} ${line}`),
      ...lines.slice(9).map((line) => `{app="db"} ${line}`),
    ])
    expect(value('sent_entries_total', '')).toBe(20)
  })

  test('lines Loki leaves out are counted with its words, the rest counts as sent', async () => {
    const { send, pass, backend, value, context } = start(endpoint())
    const body =
      "entry with timestamp 2023-11-14 22:13:20 ignored, reason: 'entry too far behind, entry timestamp is: 2023',\nuser 'fake', total ignored: 2 out of 5 for stream: {app=\"web\"}"
    backend.answer = () => ({ status: 400, body })
    await send(stream(web, '1', '2', '3', '4', '5'))
    await pass(2000)
    expect(value('sent_entries_total', '')).toBe(3)
    expect(value('dropped_entries_total', '', 'ingester_error')).toBe(2)
    expect(JSON.stringify(context.logLines)).toContain('entry too far behind')
    expect(backend.received).toHaveLength(1)
  })

  test('a request Loki refuses as a whole is given up with its words', async () => {
    const { send, pass, backend, value, context } = start(endpoint())
    backend.answer = () => ({ status: 400, body: 'error at least one label pair is required per stream' })
    await send(stream(web, '1', '2'))
    await pass(2000)
    expect(value('dropped_entries_total', '', 'ingester_error')).toBe(2)
    expect(JSON.stringify(context.logLines)).toContain('at least one label pair')
  })

  test('one bad line among many is found and given up alone; a server that takes none is not searched for ever', async () => {
    const { send, pass, backend, value } = start(endpoint())
    const refuse = { status: 400, body: 'bad line' }
    backend.answer = ({ lines }) => (lines.some((line) => line.endsWith('bad')) ? refuse : { status: 204 })
    const lines = Array.from({ length: 64 }, (_, i) => (i === 37 ? 'bad' : `line ${i}`))
    await send(stream(web, ...lines))
    await pass(3000)
    expect(backend.stored).toEqual(lines.filter((line) => line !== 'bad').map((line) => `{app="web"} ${line}`))
    expect(value('dropped_entries_total', '', 'ingester_error')).toBe(1)
    backend.answer = () => refuse
    const before = backend.received.length
    for (let i = 0; i < 3; i++) await send(stream(web, ...lines))
    await pass(3000)
    expect(value('dropped_entries_total', '', 'ingester_error')).toBe(1 + 3 * 64)
    expect(backend.received.length - before).toBeLessThan(100)
  })

  test('refused credentials keep everything', async () => {
    const { send, pass, backend, context } = start(endpoint())
    backend.answer = () => ({ status: 401, body: 'no' })
    await send(stream(web, 'x'))
    await pass(2000)
    expect(context.health.at(-1)?.message).toContain('refuses the credentials')
    backend.answer = () => ({ status: 204 })
    await pass(400_000, 5000)
    expect(backend.stored).toEqual(['{app="web"} x'])
  })

  test('a wrong path loses nothing, says what to do, and a corrected url takes the lines', async () => {
    const { send, pass, backend, context, update } = start(endpoint('', 'http://loki:3100'))
    backend.answer = ({ url }) => ({ status: url.endsWith('/push') ? 204 : 404, body: '404 page not found' })
    await send(stream(web, 'x'))
    await pass(3000)
    expect(context.health.at(-1)?.message).toContain('the url of Loki usually ends in /loki/api/v1/push')
    await update(endpoint())
    await pass(3000)
    expect(backend.stored).toEqual(['{app="web"} x'])
    expect(context.health.at(-1)).toMatchObject({ state: 'healthy' })
  })
})

describe('durability', () => {
  test('what was accepted survives a crash at any moment', async () => {
    const first = start(endpoint())
    first.backend.answer = () => 'down'
    expect(await first.send(stream(web, 'one'), stream({ app: 'db' }, 'two'))).toEqual({ kind: 'accepted' })
    const second = start(
      endpoint(),
      first.files.powerCut(() => 0.3),
    )
    await second.pass(3000)
    expect(second.backend.stored).toEqual(['{app="web"} one', '{app="db"} two'])
  })

  test('queues of unchanged endpoints go on through a reload', async () => {
    const { send, pass, backend, update, context } = start(endpoint('name = "a"') + endpoint('name = "b"'))
    backend.answer = () => 'down'
    await send(stream(web, 'x'))
    await update(`max_streams = 7\n${endpoint('name = "a"\n batch_wait = "2s"')}`)
    backend.answer = () => ({ status: 204 })
    await pass(10_000, 500)
    expect(backend.stored).toEqual(['{app="web"} x'])
    expect(context.drops).toEqual([])
  })

  test('a full queue drops the newest when the user prefers that to waiting', async () => {
    const { send, backend, value, receiver, pass } = start(
      endpoint('queue_config {\n capacity = "200KiB"\n block_on_overflow = false\n}'),
    )
    backend.answer = () => 'down'
    const noise = (): string => Array.from({ length: 6000 }, (_, i) => ((i * 2654435761) >>> 7).toString(36)).join('')
    for (let i = 0; i < 40; i++) await send(stream(web, `${i} ${noise()}`))
    expect(value('dropped_entries_total', '', 'queue_is_full')).toBeGreaterThan(0)
    const answer = receiver.accept(batch(stream(web, 'x')))
    await pass(200)
    expect(await answer).toEqual({ kind: 'accepted' })
  })
})

describe('lines that cannot be stored', () => {
  test('a batch without any label is refused', async () => {
    const { send, backend, pass } = start(endpoint())
    expect(await send(stream({ __meta: 'x' }, 'a'))).toMatchObject({
      kind: 'refused',
      retryable: false,
      reason: expect.stringContaining('without labels') as string,
    })
    await pass(2000)
    expect(backend.received).toEqual([])
  })

  test('among others they are counted', async () => {
    const { send, pass, backend, value } = start(endpoint())
    expect(await send(stream({}, 'lost', 'too'), stream(web, 'x'))).toEqual({ kind: 'accepted' })
    await pass(1500)
    expect(backend.stored).toEqual(['{app="web"} x'])
    expect(value('dropped_entries_total', '', 'empty_labels')).toBe(2)
  })

  test('streams beyond max_streams are dropped until the next request', async () => {
    const { send, pass, backend, value } = start(`max_streams = 2\n${endpoint()}`)
    await send(stream({ a: '1' }, 'x'), stream({ a: '2' }, 'x'), stream({ a: '3' }, 'x'), stream({ a: '1' }, 'y'))
    expect(value('dropped_entries_total', '', 'stream_limited')).toBe(1)
    await pass(1500)
    await send(stream({ a: '3' }, 'z'))
    await pass(1500)
    expect(backend.stored).toEqual(['{a="1"} x', '{a="2"} x', '{a="1"} y', '{a="3"} z'])
  })
})

test('every reason for drops is exposed from the start', () => {
  const { value } = start(endpoint())
  for (const reason of ['ingester_error', 'rate_limited', 'stream_limited', 'line_too_long', 'queue_is_full']) {
    expect(value('dropped_entries_total', '', reason)).toBe(0)
  }
  expect(value('sent_entries_total', '')).toBe(0)
})

describe('the definition', () => {
  const problems = (config: string): string[] =>
    (definition.check?.(argumentsFrom(definition, config)) ?? []).map(
      ({ path, message, severity }) => `${severity ?? 'error'} ${path.join('.')}: ${message}`,
    )
  test.each([
    ['', 'at least one endpoint block'],
    [endpoint('', 'loki:3100/loki/api/v1/push'), 'write for example "http://loki:3100/loki/api/v1/push"'],
    [endpoint('', 'http://loki:3100'), 'warning endpoint.0.url: Loki takes lines at /loki/api/v1/push'],
    [endpoint() + endpoint(), 'the same as one before'],
    [endpoint('name = "a"') + endpoint('name = "a"', 'http://b/push'), 'another endpoint is named "a"'],
    [endpoint('min_backoff_period = "10s"\n max_backoff_period = "1s"'), 'min_backoff_period is above'],
    [endpoint('batch_size = 0'), 'batch_size must be above 0'],
    [endpoint('headers = { "User-Agent" = "x" }'), 'has no effect'],
    [endpoint('bearer_token = "x"\n basic_auth {\n username = "u"\n }'), 'at most one of'],
    [`external_labels = { "a-b" = "x" }\n${endpoint()}`, 'is not a label name'],
  ])('complains about %j', (config, reason) => expect(problems(config).join('\n')).toContain(reason))

  test('takes the configuration of the guide', () => {
    expect(problems(endpoint('batch_wait = "1s"\n batch_size = 1048576'))).toEqual([])
    expect(problems(`wal {\n enabled = true\n}\n${endpoint('queue_config {\n min_shards = 2\n}')}`)).toEqual([])
  })
})
