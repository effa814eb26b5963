import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { inflateBody } from '../../../../net/body.ts'
import { GrpcClient } from '../../../../net/grpc/client.ts'
import type { GrpcResult } from '../../../../net/grpc/client.ts'
import { frameMessage } from '../../../../net/grpc/message-frame.ts'
import { refused } from '../../../../signal/receiver.ts'
import { argumentsFrom } from '../../../../testing/arguments-from.ts'
import { makeCertificates } from '../../../../testing/certificates.ts'
import { exportMethods } from '../../../../wire/otlp/methods.ts'
import type { OtlpKind } from '../../../../signal/otlp-batch.ts'
import { connect } from 'node:http2'
import type { IncomingHttpHeaders } from 'node:http2'
import { definition } from './definition.ts'
import { oneLog, oneSpan, startReceiver } from './testing/started-receiver.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean()
})

function exportTo(port: number, kind: OtlpKind, message: Uint8Array, tls?: object): Promise<GrpcResult> {
  const client = new GrpcClient({
    target: `localhost:${port}`,
    userAgent: 'test',
    ...(tls && { tls: async () => tls }),
  })
  cleanups.push(() => client.close())
  const call = { method: exportMethods[kind], message: [message], metadata: {}, compression: 'none' } as const
  return client.call({ ...call, timeoutMs: 5_000 })
}

describe('gRPC', () => {
  it('hands requests on byte for byte and counts them', async () => {
    const { grpcPort, traces, logs, context } = await startReceiver()
    expect(await exportTo(grpcPort, 'traces', oneSpan)).toEqual({ kind: 'ok', message: Buffer.alloc(0) })
    expect((await exportTo(grpcPort, 'logs', oneLog)).kind).toBe('ok')
    expect((await exportTo(grpcPort, 'traces', new Uint8Array(0))).kind).toBe('ok')
    expect(traces.batches).toEqual([{ kind: 'traces', bytes: oneSpan, items: 1 }])
    expect(logs.batches).toEqual([{ kind: 'logs', bytes: oneLog, items: 1 }])
    const accepted = '{otlp/test.component.default,grpc}'
    expect(context.values.get(`otelcol_receiver_accepted_spans_total${accepted}`)).toBe(1)
    expect(context.values.get(`otelcol_receiver_accepted_log_records_total${accepted}`)).toBe(1)
  })

  it('passes refusals on as what the sender can do about them', async () => {
    const { grpcPort, traces } = await startReceiver()
    traces.answer = () => refused('the queue is full', true, 1500)
    expect(await exportTo(grpcPort, 'traces', oneSpan)).toEqual({
      kind: 'status',
      status: { code: 14, message: 'the queue is full', retryAfterMs: 1500 },
    })
    traces.answer = () => refused('never', false)
    expect(await exportTo(grpcPort, 'traces', oneSpan)).toMatchObject({ status: { code: 13, message: 'never' } })
  })

  it.each<[string, OtlpKind, Uint8Array, number, string, string]>([
    ['a kind that goes nowhere', 'metrics', oneSpan, 12, 'not_taken', 'connect metrics in its output block'],
    ['a body that is no request', 'traces', Buffer.from('hello'), 3, 'malformed', 'not a well-formed OTLP traces'],
    ['JSON', 'traces', Buffer.from('{"a":1}'), 3, 'malformed', 'looks like JSON'],
    ['too much', 'traces', Buffer.alloc(5_000_000), 8, 'too_large', 'more than the 4194304 allowed'],
  ])('tells senders of %s', async (_, kind, message, code, reason, words) => {
    const { grpcPort, context } = await startReceiver()
    const result = await exportTo(grpcPort, kind, message)
    expect(result).toMatchObject({
      kind: 'status',
      status: { code, message: expect.stringContaining(words) as string },
    })
    expect(context.values.get(`weir_otlp_refused_requests_total{grpc,${reason}}`)).toBe(1)
    expect(context.logLines.filter(({ level }) => level === 'warn').length).toBe(1)
  })

  it('answers HTTP/1 with the port to use', async () => {
    const { grpcPort, context } = await startReceiver()
    const answer = await new Promise<string>((resolve) => {
      http
        .request({ port: grpcPort, host: '127.0.0.1', method: 'POST', path: '/v1/traces' }, (response) => {
          let text = `${response.statusCode} `
          response.on('data', (chunk: Buffer) => (text += chunk.toString()))
          response.on('end', () => resolve(text))
        })
        .end(oneSpan)
    })
    expect(answer).toMatch(/^400 This port speaks OTLP over gRPC\. For OTLP over HTTP use the HTTP port \(4318/)
    expect(context.values.get('weir_otlp_refused_requests_total{grpc,http1}')).toBe(1)
  })

  it('is served on a socket file, also where a killed process left one', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'weir-socket-')), 'otlp.sock')
    const left = spawnSync(process.execPath, [
      '-e',
      `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`,
    ])
    expect(left.signal).toBe('SIGKILL')
    expect(existsSync(path)).toBe(true)
    const { component, context, traces } = await startReceiver('', `endpoint = "${path}"\ntransport = "unix"`)
    expect(component.debugInfo!()).toContainEqual({ kind: 'attribute', name: 'grpc_address', value: path })
    const session = connect('http://localhost', { createConnection: () => net.connect(path) })
    cleanups.push(() => session.destroy())
    const status = await new Promise<unknown>((resolve) => {
      const headers = { ':method': 'POST', ':path': exportMethods.traces, 'content-type': 'application/grpc' }
      const stream = session.request(headers)
      stream.on('trailers', (received: IncomingHttpHeaders) => resolve(received['grpc-status']))
      stream.on('error', resolve)
      stream.end(frameMessage([oneSpan], false))
    })
    expect(status).toBe('0')
    expect(traces.batches).toEqual([{ kind: 'traces', bytes: oneSpan, items: 1 }])
    const second = await startReceiver('', `endpoint = "${path}"\ntransport = "unix"`)
    expect(second.context.health.at(-1)?.message).toContain(`${path} is in use by another process`)
    expect(context.health.at(-1)?.state).toBe('healthy')
  })

  it.each([
    ['localhost:0', 'tcp4', /^127\.0\.0\.1:\d+$/],
    [':0', 'tcp4', /^0\.0\.0\.0:\d+$/],
  ])('is served on %s over %s alone', async (endpoint, transport, expected) => {
    const { component } = await startReceiver('', `endpoint = "${endpoint}"\ntransport = "${transport}"`)
    expect(component.debugInfo!()[0]).toMatchObject({
      name: 'grpc_address',
      value: expect.stringMatching(expected) as string,
    })
  })

  it('is not served over a network that has no such address', async () => {
    const { context } = await startReceiver('', 'endpoint = "127.0.0.1:0"\ntransport = "tcp6"')
    expect(context.health.at(-1)).toMatchObject({
      state: 'unhealthy',
      message: expect.stringContaining('127.0.0.1 has no IPv6 address') as string,
    })
  })

  it('keeps the headers of requests with the data when asked to', async () => {
    const { grpcPort, httpPort, traces } = await startReceiver('include_metadata = true', 'include_metadata = true')
    const client = new GrpcClient({ target: `localhost:${grpcPort}`, userAgent: 'test' })
    cleanups.push(() => client.close())
    const call = { method: exportMethods.traces, message: [oneSpan], compression: 'none', timeoutMs: 5_000 } as const
    await client.call({ ...call, metadata: { 'x-scope-orgid': 'a' } })
    await fetch(`http://localhost:${httpPort}/v1/traces`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-protobuf', 'X-Scope-OrgID': 'b' },
      body: oneSpan,
    })
    const kept = traces.batches.map(({ metadata }) => metadata)
    expect(kept.map((metadata) => metadata?.get('x-scope-orgid'))).toEqual([['a'], ['b']])
    expect([...kept[0]!.keys()].some((name) => name.startsWith(':'))).toBe(false)
  })

  it('counts what a mistake behind it costs', async () => {
    const { grpcPort, traces, context } = await startReceiver()
    traces.answer = () => {
      throw new Error('a bug')
    }
    expect(await exportTo(grpcPort, 'traces', oneSpan)).toMatchObject({ status: { code: 13, message: 'a bug' } })
    expect(context.values.get('otelcol_receiver_failed_spans_total{otlp/test.component.default,grpc}')).toBe(1)
  })

  it('lets bombs cost little', async () => {
    const { grpcPort } = await startReceiver('', 'max_recv_msg_size = "1MiB"')
    const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024))
    const session = connect(`http://127.0.0.1:${grpcPort}`)
    cleanups.push(() => session.destroy())
    const before = process.memoryUsage().rss
    const send = (): Promise<unknown> =>
      new Promise((resolve) => {
        const headers = { ':method': 'POST', ':path': exportMethods.traces, 'content-type': 'application/grpc' }
        const stream = session.request({ ...headers, 'grpc-encoding': 'gzip' })
        stream.on('response', (received) => resolve(received['grpc-status']))
        stream.on('error', resolve)
        stream.end(frameMessage([bomb], true))
      })
    const answers = await Promise.all(Array.from({ length: 20 }, send))
    expect(new Set(answers)).toEqual(new Set(['8']))
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
    expect(await inflateBody(bomb, 'gzip', { maxBytes: 1024 })).toMatchObject({ code: 'too_large' })
  })
})

describe('ports', () => {
  it('are told when they are open', async () => {
    const { context, httpPort, grpcPort } = await startReceiver()
    expect(context.health.at(-1)).toEqual({
      state: 'healthy',
      message: `listening on 127.0.0.1:${grpcPort} and 127.0.0.1:${httpPort}`,
    })
  })

  it('that are taken are tried again, while the other one serves', async () => {
    const holder = net.createServer()
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
    const { port } = holder.address() as AddressInfo
    const { context, component, argumentsOf, grpcPort } = await startReceiver()
    await component.update(
      argumentsOf(`http {\nendpoint = "127.0.0.1:${port}"\n}\ngrpc {\nendpoint = "127.0.0.1:0"\n}`),
    )
    expect(context.health.at(-1)).toMatchObject({
      state: 'unhealthy',
      message: expect.stringContaining(`127.0.0.1:${port}: the port is in use`) as string,
    })
    expect((await exportTo(grpcPort, 'traces', oneSpan)).kind).toBe('ok')
    await new Promise((resolve) => holder.close(resolve))
    while (context.health.at(-1)?.state !== 'healthy') await context.clock.advance(5_000)
    expect(context.health.at(-1)?.message).toBe(`listening on 127.0.0.1:${grpcPort} and 127.0.0.1:${port}`)
  })

  it('stay open when only the output changes, and move when their address does', async () => {
    const { component, argumentsOf, grpcPort, httpPort, logs, traces } = await startReceiver()
    const same = argumentsOf('http {\nendpoint = "127.0.0.1:0"\n}\ngrpc {\nendpoint = "127.0.0.1:0"\n}')
    await component.update({ ...same, output: { traces: [logs], logs: [], metrics: [] } })
    expect((await exportTo(grpcPort, 'traces', oneSpan)).kind).toBe('ok')
    expect([traces.batches.length, logs.batches.length]).toEqual([0, 1])
    const started = performance.now()
    await component.update(argumentsOf('http {\nendpoint = "127.0.0.1:0"\n}'))
    expect(performance.now() - started).toBeLessThan(1_000)
    expect(await exportTo(grpcPort, 'traces', oneSpan)).toMatchObject({ kind: 'failure' })
    expect(component.debugInfo!()).toEqual([
      { kind: 'attribute', name: 'http_address', value: `127.0.0.1:${httpPort}` },
    ])
  })

  it('close at once with clients connected, after what is under way', async () => {
    const { grpcPort, httpPort, traces, stop } = await startReceiver()
    let release: (() => void) | undefined
    traces.accept = async () => {
      await new Promise<void>((resolve) => (release = resolve))
      return { kind: 'accepted' }
    }
    const agent = new http.Agent({ keepAlive: true })
    await new Promise((resolve) =>
      http.get({ port: httpPort, host: '127.0.0.1', agent }, (r) => r.resume().on('end', resolve)),
    )
    const call = exportTo(grpcPort, 'traces', oneSpan)
    while (release === undefined) await new Promise((resolve) => setTimeout(resolve, 5))
    const started = performance.now()
    const stopped = stop()
    setTimeout(release, 100)
    expect((await call).kind).toBe('ok')
    await stopped
    expect(performance.now() - started).toBeLessThan(1_000)
    agent.destroy()
  })

  it('without any block are none', async () => {
    const { component, argumentsOf, context } = await startReceiver()
    await component.update(argumentsOf(''))
    expect(context.health.at(-1)?.message).toContain('nothing to listen on')
  })

  it('speak TLS, and can ask for client certificates', async () => {
    const { component, argumentsOf, context } = await startReceiver()
    const { ca, server, client } = await makeCertificates()
    const file = (name: string, content: string): string => {
      const path = join(context.dataDirectory, name)
      writeFileSync(path, content)
      return path
    }
    const tls = `tls {
      cert_file = "${file('server.crt', server.cert)}"
      key_file = "${file('server.key', server.key)}"
      client_ca_file = "${file('ca.crt', ca)}"
    }`
    await component.update(
      argumentsOf(`http {\nendpoint = "127.0.0.1:0"\n${tls}\n}\ngrpc {\nendpoint = "127.0.0.1:0"\n${tls}\n}`),
    )
    const [grpcPort, httpPort] = component.debugInfo!().map((shown) =>
      Number(
        String(shown.kind === 'attribute' && shown.value)
          .split(':')
          .at(-1),
      ),
    )
    expect((await exportTo(grpcPort, 'traces', oneSpan, { ca, ...client })).kind).toBe('ok')
    expect((await exportTo(grpcPort, 'traces', oneSpan, { ca })).kind).toBe('failure')
    expect(await exportTo(grpcPort, 'traces', oneSpan)).toMatchObject({
      nextStep: expect.stringContaining('leave out insecure = true') as string,
    })
    await expect(fetch(`http://localhost:${httpPort}/v1/traces`)).rejects.toThrow()
    const told = (): unknown[] => context.logLines.flatMap(({ fields }) => fields?.detail ?? [])
    await expect
      .poll(told)
      .toEqual(
        expect.arrayContaining([
          'a sender came without the client certificate that client_ca_file asks for',
          'a sender without TLS came to a port with TLS; it needs https://, or over gRPC a secure connection',
        ]),
      )
    const status = await new Promise((resolve, reject) => {
      const headers = { 'Content-Type': 'application/x-protobuf' }
      const options = { port: httpPort, host: 'localhost', path: '/v1/traces', method: 'POST', headers, ca, ...client }
      https
        .request(options, (response) => resolve(response.statusCode))
        .on('error', reject)
        .end(oneSpan)
    })
    expect(status).toBe(200)
    await component.update(argumentsOf('grpc {\nendpoint = "127.0.0.1:0"\ntls {\ncert_file = "/nowhere"\n}\n}'))
    expect(context.health.at(-1)).toMatchObject({
      state: 'unhealthy',
      message: expect.stringContaining('cert_file /nowhere could not be read') as string,
    })
  })
})

it.each([
  ['', 'neither a grpc nor an http block'],
  ['http {\nendpoint = "4318"\n}', 'not an address to listen on'],
  ['grpc {\nendpoint = "http://0.0.0.0:4317"\n}', 'not an address to listen on'],
  ['grpc {\ntransport = "unix"\n}', 'not the path of a socket file'],
  ['http {\ntraces_url_path = "v1/traces"\n}', 'traces_url_path must be a path'],
])('its check finds fault with %j', (body, message) => {
  const problems = definition.check!(argumentsFrom(definition, `${body}\noutput { }`))
  expect(problems.map((problem) => problem.message).join()).toContain(message)
})
