// The HTTP port over real sockets: what it takes, and what it tells those who got something wrong.
import http from 'node:http'
import net from 'node:net'
import { gzipSync, deflateSync } from 'node:zlib'
import * as grpc from '@grpc/grpc-js'
import { describe, expect, it } from 'vitest'
import { compressLz4 } from '../../../../wire/lz4/compress.ts'
import { compress as snappy } from '../../../../wire/snappy/compress.ts'
import { decodeStatus } from '../../../../net/grpc/status.ts'
import { refused } from '../../../../signal/receiver.ts'
import { oneLog, oneSpan, startReceiver } from './testing/started-receiver.ts'

interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: Buffer
}

const proto = { 'Content-Type': 'application/x-protobuf' }
const json = { 'Content-Type': 'application/json' }

function post(
  port: number,
  body: Uint8Array | string,
  headers: http.OutgoingHttpHeaders = proto,
  { path = '/v1/traces', method = 'POST', agent }: { path?: string; method?: string; agent?: http.Agent } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ port, host: '127.0.0.1', path, method, headers, agent }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** Writes bytes as they are; what comes back until the server hangs up. */
function raw(port: number, ...pieces: (string | Buffer)[]): Promise<Buffer> {
  return new Promise((resolve) => {
    const received: Buffer[] = []
    const socket = net.connect(port, '127.0.0.1', () => {
      for (const piece of pieces) socket.write(piece)
    })
    socket.on('data', (chunk) => received.push(chunk))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(Buffer.concat(received)))
  })
}

describe('a request', () => {
  it('in protobuf is handed on byte for byte', async () => {
    const { httpPort, traces, context } = await startReceiver()
    const answer = await post(httpPort, oneSpan)
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/x-protobuf' } })
    expect(answer.body.length).toBe(0)
    expect(traces.batches).toEqual([{ kind: 'traces', bytes: oneSpan, items: 1 }])
    const labels = '{otlp/test.component.default,http}'
    expect(context.values.get(`otelcol_receiver_accepted_spans_total${labels}`)).toBe(1)
  })

  it('in JSON is translated', async () => {
    const { httpPort, traces, logs } = await startReceiver()
    const spans = '{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"a"}]}]}]}'
    expect(await post(httpPort, spans, { 'Content-Type': 'application/json; charset=utf-8' })).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from('{}'),
    })
    expect(traces.batches[0].items).toBe(1)
    expect((await post(httpPort, oneLog, proto, { path: '/v1/logs?x=1' })).status).toBe(200)
    expect(logs.batches[0].items).toBe(1)
  })

  it.each<[string, (body: Uint8Array) => Uint8Array]>([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['zlib', deflateSync],
    ['snappy', (body) => snappy(body)],
    ['lz4', (body) => compressLz4(body)],
    ['identity', (body) => body],
  ])('may be encoded with %s', async (encoding, encode) => {
    const { httpPort, traces } = await startReceiver()
    const answer = await post(httpPort, encode(oneSpan), { ...proto, 'Content-Encoding': encoding })
    expect(answer.status).toBe(200)
    expect(Buffer.from(traces.batches[0].bytes)).toEqual(Buffer.from(oneSpan))
  })

  it('without items succeeds and goes nowhere', async () => {
    const { httpPort, traces } = await startReceiver()
    expect((await post(httpPort, new Uint8Array(0))).status).toBe(200)
    expect((await post(httpPort, '{}', json)).status).toBe(200)
    expect(traces.batches).toEqual([])
  })

  it('that the pipeline refuses for now may come again', async () => {
    const { httpPort, traces, context } = await startReceiver()
    traces.answer = () => refused('the queue is full', true, 1500)
    const answer = await post(httpPort, oneSpan)
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '2' } })
    expect(decodeStatus(answer.body)).toEqual({ code: 14, message: 'the queue is full' })
    traces.answer = () => refused('never', false)
    expect((await post(httpPort, oneSpan)).status).toBe(500)
    const labels = '{otlp/test.component.default,http}'
    expect(context.values.get(`otelcol_receiver_refused_spans_total${labels}`)).toBe(2)
    expect([...context.values.keys()].filter((name) => name.startsWith('weir_otlp_refused'))).toEqual([])
  })

  it('keeps its connection for the next one', async () => {
    const { httpPort } = await startReceiver()
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
    const ports = new Set<unknown>()
    for (const path of ['/v1/traces', '/nowhere', '/v1/traces', '/v1/metrics', '/v1/traces']) {
      const answer = await post(httpPort, oneSpan, proto, { agent, path })
      ports.add(answer.headers.connection)
    }
    expect([...ports]).toEqual(['keep-alive'])
    agent.destroy()
  })

  it('ends its connection when keep_alives_enabled is false', async () => {
    const { httpPort } = await startReceiver('keep_alives_enabled = false')
    const agent = new http.Agent({ keepAlive: true })
    expect((await post(httpPort, oneSpan, proto, { agent })).headers.connection).toBe('close')
    agent.destroy()
  })
})

describe('a mistake', () => {
  it.each<[string, number, string, string, Parameters<typeof post>[2], Parameters<typeof post>[3]]>([
    [
      'of path',
      404,
      'path',
      'there is nothing at /v1/trace: OTLP is taken at /v1/traces',
      proto,
      { path: '/v1/trace' },
    ],
    ['of path, doubled', 404, 'path', 'leave the path out', proto, { path: '/v1/traces/v1/traces' }],
    ['of port', 404, 'path', 'send gRPC to the gRPC port', { 'Content-Type': 'application/grpc' }, { path: '/x' }],
    ['of method', 405, 'method', 'takes POST, not PUT', proto, { method: 'PUT' }],
    ['of type, text', 415, 'content_type', 'send application/x-protobuf', { 'Content-Type': 'text/plain' }, {}],
    [
      'of type, a form',
      415,
      'content_type',
      'send application/x-protobuf',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      {},
    ],
    ['of type, none', 415, 'content_type', 'the content type is none', {}, {}],
    ['of encoding', 400, 'encoding', 'is not accepted here, only gzip', { ...proto, 'Content-Encoding': 'br' }, {}],
    ['of stacked encodings', 400, 'encoding', 'gzip, gzip', { ...proto, 'Content-Encoding': 'gzip, gzip' }, {}],
    ['of what is inside', 400, 'malformed', 'not valid gzip', { ...proto, 'Content-Encoding': 'gzip' }, {}],
    ['of kind', 404, 'not_taken', 'does not take metrics: connect metrics', proto, { path: '/v1/metrics' }],
  ])('%s is answered with %d', async (_, status, reason, message, headers, options) => {
    const { httpPort, context } = await startReceiver()
    const answer = await post(httpPort, oneSpan, headers, options)
    expect(answer.status).toBe(status)
    expect(answer.body.toString()).toContain(message)
    expect(context.values.get(`weir_otlp_refused_requests_total{http,${reason}}`)).toBe(1)
    expect(context.logLines.filter(({ level }) => level === 'warn').length).toBe(1)
  })

  it('is told in the encoding of the request', async () => {
    const { httpPort } = await startReceiver()
    const inProto = await post(httpPort, 'not protobuf')
    expect(inProto.headers['content-type']).toBe('application/x-protobuf')
    expect(decodeStatus(inProto.body)).toEqual({
      code: 3,
      message: 'the body is not a well-formed OTLP traces request',
    })
    const inJson = await post(httpPort, '{"resourceSpans":1}', json)
    expect(inJson.headers['content-type']).toBe('application/json')
    expect(JSON.parse(inJson.body.toString())).toEqual({ code: 3, message: 'resourceSpans should be an array' })
    const inText = await post(httpPort, 'x', {})
    expect(inText.headers['content-type']).toBe('text/plain; charset=utf-8')
  })

  it('that shows in the first bytes is named', async () => {
    const { httpPort } = await startReceiver()
    expect((await post(httpPort, gzipSync(oneSpan))).body.toString()).toContain('looks gzip-compressed')
    expect((await post(httpPort, '{"resourceSpans":[]}')).body.toString()).toContain('looks like JSON')
  })

  it('made again and again is counted each time and told once a minute', async () => {
    const { httpPort, context } = await startReceiver()
    const warnings = (): number => context.logLines.filter(({ level }) => level === 'warn').length
    for (let i = 0; i < 3; i++) await post(httpPort, '', proto, { path: `/wrong${i}` })
    expect(warnings()).toBe(1)
    expect(context.values.get('weir_otlp_refused_requests_total{http,path}')).toBe(3)
    await context.clock.advance(60_000)
    await post(httpPort, '', proto, { path: '/wrong' })
    expect(warnings()).toBe(2)
  })
})

describe('a body', () => {
  const limit = 'max_request_body_size = "64KiB"'

  it('that is announced too large is refused before it is read', async () => {
    const { httpPort } = await startReceiver(limit)
    const answer = await post(httpPort, Buffer.alloc(3_000_000))
    expect(answer.status).toBe(413)
    expect(answer.body.toString()).toContain('raise max_request_body_size')
  })

  it('that turns out too large is refused, and the sender sees it', async () => {
    const { httpPort } = await startReceiver(limit)
    for (let i = 0; i < 5; i++) {
      const headers = { ...proto, 'Transfer-Encoding': 'chunked' }
      expect((await post(httpPort, Buffer.alloc(3_000_000), headers)).status).toBe(413)
    }
  })

  it.each([
    ['gzip', gzipSync(Buffer.alloc(64 * 1024 * 1024))],
    ['deflate', deflateSync(Buffer.alloc(64 * 1024 * 1024))],
  ])('that is a %s bomb costs little', async (encoding, bomb) => {
    const { httpPort } = await startReceiver('max_request_body_size = "1MiB"')
    const before = process.memoryUsage().rss
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post(httpPort, bomb, { ...proto, 'Content-Encoding': encoding })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([413]))
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
  })

  it('nested without end is refused, in JSON', async () => {
    const { httpPort } = await startReceiver()
    const deep = `${'{"arrayValue":{"values":['.repeat(20_000)}{}${']}}'.repeat(20_000)}`
    const body = `{"resourceSpans":[{"resource":{"attributes":[{"key":"a","value":${deep}}]}}]}`
    const answer = await post(httpPort, body, json)
    expect(answer.status).toBe(400)
    expect(answer.body.toString()).toContain('nested deeper')
    expect((await post(httpPort, '['.repeat(1_000_000), json)).status).toBe(400)
  })

  it('nested without end passes through, in protobuf', async () => {
    const { httpPort, traces } = await startReceiver()
    let value: Uint8Array = Buffer.alloc(0)
    const field = (number: number, content: Uint8Array): Buffer => {
      const size: number[] = []
      for (let rest = content.length; ; rest >>>= 7) {
        size.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest)
        if (rest <= 0x7f) break
      }
      return Buffer.concat([Buffer.from([(number << 3) | 2, ...size]), content])
    }
    for (let i = 0; i < 5_000; i++) value = field(5, field(1, value))
    const span = field(9, field(2, value))
    const answer = await post(httpPort, field(1, field(2, field(2, span))))
    expect(answer.status).toBe(200)
    expect(traces.batches[0].items).toBe(1)
  })

  it('with a million tiny attributes is no burden', async () => {
    const { httpPort, traces } = await startReceiver()
    const attributes = Buffer.alloc(2_000_000, Buffer.from([0x4a, 0]))
    const wrap = (content: Buffer, tag: number): Buffer => {
      const size = content.length
      const length = [(size & 0x7f) | 0x80, ((size >> 7) & 0x7f) | 0x80, ((size >> 14) & 0x7f) | 0x80, size >> 21]
      return Buffer.concat([Buffer.from([tag, ...length]), content])
    }
    const started = performance.now()
    expect((await post(httpPort, wrap(wrap(wrap(attributes, 0x12), 0x12), 0x0a))).status).toBe(200)
    expect(performance.now() - started).toBeLessThan(2000)
    expect(traces.batches[0].items).toBe(1)
  })

  it('of others in flight is bounded in all', async () => {
    const { httpPort, traces, context } = await startReceiver('max_request_body_size = "100KB"')
    const releases: (() => void)[] = []
    traces.accept = async () => {
      await new Promise<void>((resolve) => releases.push(resolve))
      return { kind: 'accepted' }
    }
    const padded = Buffer.concat([oneSpan, Buffer.from([0x7a, 0xe0, 0xd4, 3]), Buffer.alloc(60_000)])
    const answers: Promise<Answer>[] = []
    let refusals = 0
    for (let sent = 1; sent <= 20; sent++) {
      const answer = post(httpPort, padded)
      void answer.then(({ status }) => status === 503 && refusals++)
      answers.push(answer)
      while (releases.length + refusals < sent) await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect(releases.length).toBe(13)
    for (const release of releases) release()
    const all = await Promise.all(answers)
    expect(all.filter(({ status }) => status === 200).length).toBe(13)
    expect(all.at(-1)).toMatchObject({ status: 503, headers: { 'retry-after': '1' } })
    expect(context.values.get('weir_otlp_refused_requests_total{http,busy}')).toBe(7)
    traces.accept = () => Promise.resolve({ kind: 'accepted' })
    expect((await post(httpPort, padded)).status).toBe(200)
  })

  it('that breaks off is forgotten', async () => {
    const { httpPort, traces, context } = await startReceiver()
    const socket = net.connect(httpPort, '127.0.0.1', () =>
      socket.write(
        'POST /v1/traces HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-protobuf\r\nContent-Length: 99\r\n\r\nabc',
      ),
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket.destroy()
    const aborted = 'weir_otlp_refused_requests_total{http,aborted}'
    while (context.values.get(aborted) !== 1) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(traces.batches).toEqual([])
  })

  it('that trickles in is cut off in time', async () => {
    const { httpPort } = await startReceiver('read_timeout = "500ms"\nread_header_timeout = "300ms"')
    const started = performance.now()
    await raw(
      httpPort,
      'POST /v1/traces HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-protobuf\r\nContent-Length: 99\r\n\r\n',
    )
    await raw(httpPort, 'POST /v1/tra')
    expect(performance.now() - started).toBeLessThan(6_000)
  })
})

describe('a page in a browser', () => {
  const span = JSON.stringify({ resourceSpans: [] })
  const from = (origin: string, more: http.OutgoingHttpHeaders = {}) => ({ ...json, Origin: origin, ...more })

  it.each([
    ['http://evil.test', {}],
    ['null', {}],
    ['http://127.0.0.1:4318', {}],
    ['http://localhost:3000', { 'Sec-Fetch-Site': 'same-site' }],
  ])('of %s may not send', async (origin, more) => {
    const { httpPort, context } = await startReceiver()
    const answer = await post(httpPort, span, from(origin, more))
    expect(answer.status).toBe(403)
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    expect((await post(httpPort, '', from(origin), { method: 'OPTIONS' })).status).toBe(403)
    expect(context.values.get('weir_otlp_refused_requests_total{http,origin}')).toBe(2)
  })

  it.each(['cross-site', 'same-site'])('that hides its origin is known by Sec-Fetch-Site: %s', async (site) => {
    const { httpPort } = await startReceiver()
    expect((await post(httpPort, span, { ...json, 'Sec-Fetch-Site': site })).status).toBe(403)
  })

  it('may send when its origin is listed', async () => {
    const cors = `cors {
      allowed_origins = ["https://*.example.com", "http://localhost:3000"]
      allowed_headers = ["X-Custom"]
      exposed_headers = ["X-Seen"]
      max_age = 60
    }`
    const { httpPort } = await startReceiver(cors)
    const origin = 'https://app.example.com'
    const asked = { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'x-custom' }
    const preflight = await post(httpPort, '', { Origin: origin, ...asked }, { method: 'OPTIONS' })
    expect(preflight).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'Content-Type, Content-Encoding, X-Requested-With, X-Custom',
        'access-control-max-age': '60',
        vary: 'Origin',
      },
    })
    const answer = await post(httpPort, span, from(origin, { 'Sec-Fetch-Site': 'cross-site' }))
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'access-control-allow-origin': origin, 'access-control-expose-headers': 'X-Seen' },
    })
    for (const other of [
      'https://example.com.evil.test',
      'https://app.example.com.evil.test',
      'http://app.example.com',
      'null',
    ]) {
      expect((await post(httpPort, span, from(other))).status).toBe(403)
    }
  })
})

it.each(['alloy:4318', 'host.docker.internal:4318', 'evil.test', '10.0.0.1:4318', ''])(
  'a program may call the host %j',
  async (host) => {
    const { httpPort } = await startReceiver()
    expect((await post(httpPort, oneSpan, { ...proto, Host: host })).status).toBe(200)
  },
)

describe('a stranger', () => {
  it('that speaks gRPC is told in HTTP/2', async () => {
    const { httpPort, context } = await startReceiver()
    const client = new grpc.Client(`127.0.0.1:${httpPort}`, grpc.credentials.createInsecure(), {
      'grpc.enable_retries': 0,
    })
    const same = (bytes: Buffer): Buffer => bytes
    const error = await new Promise<grpc.ServiceError | null>((resolve) =>
      client.makeUnaryRequest('/a.B/C', same, same, Buffer.alloc(0), { deadline: Date.now() + 1000 }, resolve),
    )
    client.close()
    expect(error?.code).toBeDefined()
    expect(context.values.get('weir_otlp_refused_requests_total{http,http2}')).toBeGreaterThan(0)
    const bytes = await raw(httpPort, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]))
    expect(bytes.subarray(0, 9)).toEqual(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]))
    expect([bytes[12], bytes.readUInt32BE(22)]).toEqual([7, 0xd])
    expect(bytes.subarray(26).toString()).toContain('send gRPC to the gRPC port')
    expect(bytes.readUIntBE(9, 3)).toBe(bytes.length - 18)
  })

  it.each([
    ['TLS', Buffer.from([0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0]), 'tls', ''],
    ['nothing known', Buffer.from('hello\r\n\r\n'), 'bad_request', 'HTTP/1.1 400 Bad Request'],
    [
      'with endless headers',
      Buffer.from(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`),
      'too_large',
      'HTTP/1.1 431',
    ],
  ])('that speaks %s is counted', async (_, bytes, reason, answer) => {
    const { httpPort, context } = await startReceiver()
    expect((await raw(httpPort, bytes)).toString().slice(0, answer.length)).toBe(answer)
    expect(context.values.get(`weir_otlp_refused_requests_total{http,${reason}}`)).toBe(1)
  })
})
