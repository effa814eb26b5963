// Our client against the gRPC library of Node, and against servers that do not behave.
import http from 'node:http'
import http2 from 'node:http2'
import net from 'node:net'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import * as grpc from '@grpc/grpc-js'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../runtime/clock.ts'
import { makeCertificates } from '../../testing/certificates.ts'
import type { Certificates } from '../../testing/certificates.ts'
import { inflateBody } from '../body.ts'
import { failure } from '../failure.ts'
import { GrpcClient } from './client.ts'
import type { GrpcClientOptions, GrpcRequest, GrpcResult } from './client.ts'
import { createGrpcServer } from './server.ts'
import { frameMessage } from './message-frame.ts'
import { encodeStatus, grpcCodeName, grpcCodes } from './status.ts'

const method = '/test.Service/Echo'
const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})
const pause = promisify(setTimeout)

type Handler = grpc.handleUnaryCall<Buffer, Buffer>
const echo: Handler = (call, answer) => answer(null, call.request)

/** A server of the library, on a port of choice. */
async function serve(handler: Handler = echo, credentials = grpc.ServerCredentials.createInsecure(), port = 0) {
  const server = new grpc.Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 })
  const same = (bytes: Buffer): Buffer => bytes
  const codec = {
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
    requestStream: false,
    responseStream: false,
  } as const
  server.addService({ echo: { path: method, ...codec } }, { echo: handler })
  const bound = await promisify(server.bindAsync.bind(server))(`127.0.0.1:${port}`, credentials)
  cleanups.push(() => server.forceShutdown())
  return { server, port: bound }
}

function clientOf(port: number, options: Partial<GrpcClientOptions> = {}): GrpcClient {
  const client = new GrpcClient({ target: `localhost:${port}`, userAgent: 'Weir/test', ...options })
  cleanups.push(() => client.close())
  return client
}

const request = (message: Uint8Array | string, more: Partial<GrpcRequest> = {}): GrpcRequest => ({
  method,
  message: [Buffer.from(message)],
  metadata: {},
  compression: 'none',
  timeoutMs: 5_000,
  ...more,
})

const text = (result: GrpcResult): string =>
  result.kind === 'ok' ? Buffer.from(result.message).toString() : JSON.stringify(result)

describe('a call', () => {
  it('sends the message with metadata and gets the answer', async () => {
    const seen: grpc.Metadata[] = []
    const { port } = await serve((call, answer) => {
      seen.push(call.metadata)
      answer(null, call.request)
    })
    const client = clientOf(port)
    const metadata = { 'x-scope-orgid': 'tenant', 'content-type': 'text/plain' }
    expect(text(await client.call(request('hällo', { metadata })))).toBe('hällo')
    expect(seen[0].get('x-scope-orgid')).toEqual(['tenant'])
    expect(seen[0].get('user-agent')).toEqual(['Weir/test'])
  })

  it('sends a message in pieces as one', async () => {
    const { port } = await serve()
    const pieces = ['one ', 'two ', 'three'].map((piece) => Buffer.from(piece))
    expect(text(await clientOf(port).call(request('', { message: pieces })))).toBe('one two three')
  })

  it('can be compressed', async () => {
    const { port } = await serve()
    const message = Buffer.alloc(100_000, 'abc')
    expect(text(await clientOf(port).call(request(message, { compression: 'gzip' })))).toBe(message.toString())
  })

  it('can be compressed with snappy, which our own server reads', async () => {
    const { server } = createGrpcServer({
      clock: systemClock,
      methods: new Set([request('').method]),
      handle: ({ message, metadata }) =>
        Promise.resolve({
          message: Buffer.from(`${String(metadata['grpc-encoding'])} ${Buffer.from(message).toString()}`),
        }),
      maxMessageBytes: 1024 * 1024,
      maxHeldBytes: 1024 * 1024,
      receiveMs: 5_000,
      connections: { connections: 10, connectionsPerAddress: 10 },
      advice: '',
      inflate: async (encoding, body, maxBytes) => {
        const inflated = await inflateBody(body, encoding, { maxBytes })
        return inflated instanceof Uint8Array ? inflated : { problem: inflated.message, code: inflated.code }
      },
      onRefused: () => undefined,
      onStranger: () => undefined,
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    cleanups.push(() => server.close())
    const message = Buffer.alloc(100_000, 'abc')
    const { port } = server.address() as AddressInfo
    const answer = text(await clientOf(port).call(request(message, { compression: 'snappy' })))
    expect(answer).toBe(`snappy ${message.toString()}`)
  })

  it('keeps calls of any size apart', async () => {
    const { port } = await serve((call, answer) => answer(null, Buffer.from(String(call.request.readUInt32LE(0)))))
    const client = clientOf(port)
    const sizes = [100_000, 40, 2_000_000, 9, 300_000, 5_000_000, 100]
    for (const size of sizes) expect(text(await client.call(request(Buffer.alloc(size, size % 251))))).toMatch(/^\d+$/)
    const first = (size: number): string => String(Buffer.alloc(4, size % 251).readUInt32LE(0))
    const together = await Promise.all(sizes.map((size) => client.call(request(Buffer.alloc(size, size % 251)))))
    expect(together.map(text)).toEqual(sizes.map(first))
  })

  it('may be larger than all windows, and so may the answer', async () => {
    const { port } = await serve()
    const message = Buffer.alloc(16 * 1024 * 1024)
    for (let i = 0; i < message.length; i += 4096) message.writeUInt32LE(i, i)
    const result = await clientOf(port, { maxResponseBytes: 32 * 1024 * 1024 }).call(request(message))
    expect(result.kind === 'ok' && Buffer.compare(result.message, message)).toBe(0)
  })

  it('is one of many at once', async () => {
    const { port } = await serve((call, answer) => answer(null, call.request.subarray(0, 1)))
    const client = clientOf(port)
    const results = await Promise.all(
      Array.from({ length: 32 }, (_, i) => client.call(request(Buffer.alloc(2_000_000, 65 + i)))),
    )
    expect(results.map(text).join('')).toBe(Array.from({ length: 32 }, (_, i) => String.fromCharCode(65 + i)).join(''))
  })

  const failures = Object.values(grpc.status).filter(
    (code): code is grpc.status => typeof code === 'number' && code !== grpc.status.OK,
  )
  it.each(failures.map((code) => [grpcCodeName(code), code] as const))('can fail with %s', async (_, code) => {
    const details = 'schön: 100 % “quoted”\n日本'
    const { port } = await serve((__, answer) => answer({ code, details }))
    const result = await clientOf(port).call(request('x'))
    expect(result).toEqual({ kind: 'status', status: { code, message: details } })
  })

  it.each([
    [1500, 1500],
    [0, 0],
    [86_400_000_000, 86_400_000_000],
  ])('is told to wait %d ms', async (retryAfterMs, expected) => {
    const { port } = await serve((_, answer) => {
      const metadata = new grpc.Metadata()
      const status = { code: 8, message: 'slow down', retryAfterMs }
      metadata.set('grpc-status-details-bin', Buffer.from(encodeStatus(status)))
      answer({ code: grpc.status.RESOURCE_EXHAUSTED, details: 'slow down', metadata })
    })
    const result = await clientOf(port).call(request('x'))
    expect(result).toEqual({ kind: 'status', status: { code: 8, message: 'slow down', retryAfterMs: expected } })
  })

  it('for an unknown method fails with UNIMPLEMENTED', async () => {
    const { port } = await serve()
    const result = await clientOf(port).call(request('x', { method: '/test.Service/Other' }))
    expect(result).toMatchObject({ kind: 'status', status: { code: grpcCodes.UNIMPLEMENTED } })
  })

  it('tells the server its deadline and ends with it, on a connection that is not used again', async () => {
    const deadlines: number[] = []
    const peers = new Set<string>()
    const { port } = await serve((call, answer) => {
      deadlines.push(Number(call.getDeadline()) - Date.now())
      peers.add(call.getPeer())
      if (call.request.toString() === 'fast') answer(null, call.request)
    })
    const client = clientOf(port)
    expect(text(await client.call(request('fast')))).toBe('fast')
    const slow = await client.call(request('slow', { timeoutMs: 200 }))
    expect(slow).toMatchObject({ kind: 'failure', code: 'timeout', retryable: true })
    expect(slow).toMatchObject({ message: `localhost:${port}: no answer within 0.2 s` })
    expect(deadlines[1]).toBeLessThanOrEqual(200)
    expect(text(await client.call(request('fast')))).toBe('fast')
    expect(peers.size).toBe(2)
  })

  it('ends when it is stopped', async () => {
    const { port } = await serve(() => undefined)
    const stop = new AbortController()
    const call = clientOf(port).call(request('x'), stop.signal)
    await pause(50)
    stop.abort()
    expect(await call).toMatchObject({ kind: 'failure', code: 'aborted' })
    expect(await clientOf(port).call(request('x'), stop.signal)).toMatchObject({ code: 'aborted' })
  })

  it('fails, and may be tried again, when the client is closed', async () => {
    const { port } = await serve(() => undefined)
    const client = clientOf(port)
    const call = client.call(request('x'))
    await pause(50)
    client.close()
    expect(await call).toMatchObject({ kind: 'failure', retryable: true })
  })
})

describe('a server that goes away', () => {
  it('fails the calls under way; when it is back, calls reach it', async () => {
    const { server, port } = await serve((call, answer) => {
      if (call.request.toString() !== 'hang') answer(null, call.request)
    })
    const client = clientOf(port)
    expect(text(await client.call(request('one')))).toBe('one')
    const hanging = client.call(request('hang'))
    await pause(50)
    server.forceShutdown()
    expect(await hanging).toMatchObject({ kind: 'failure', retryable: true })
    expect(await client.call(request('two'))).toMatchObject({ kind: 'failure', code: 'refused' })
    await serve(echo, undefined, port)
    expect(text(await client.call(request('three')))).toBe('three')
  })

  it('politely, finishes what it has, and calls after that make a new connection', async () => {
    const { server, port } = await serve((call, answer) => setTimeout(() => answer(null, call.request), 100))
    const client = clientOf(port)
    const call = client.call(request('one'))
    await pause(50)
    const down = promisify(server.tryShutdown.bind(server))()
    expect(text(await call)).toBe('one')
    await down
    await serve(echo, undefined, port)
    expect(text(await client.call(request('two')))).toBe('two')
  })
})

/** A server of any kind on a free port. */
async function listening(server: net.Server): Promise<number> {
  const sockets = new Set<net.Socket>()
  server.on('connection', (socket: net.Socket) => sockets.add(socket.on('error', () => undefined)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return (server.address() as AddressInfo).port
}

/** A server over bare HTTP/2. */
function bare(respond: (stream: http2.ServerHttp2Stream) => void): Promise<number> {
  const server = http2.createServer()
  server.on('sessionError', () => undefined)
  server.on('stream', (stream: http2.ServerHttp2Stream) => {
    stream.on('error', () => undefined)
    stream.resume()
    respond(stream)
  })
  return listening(server)
}

const grpcHead = { ':status': 200, 'content-type': 'application/grpc' }

describe('a server that does not behave', () => {
  it('and is not there is told by its own reason', async () => {
    const server = net.createServer()
    const port = await listening(server)
    server.close()
    expect(await clientOf(port).call(request('x'))).toMatchObject({ kind: 'failure', code: 'refused' })
    expect(await clientOf(port, { target: 'nowhere.invalid:4317' }).call(request('x'))).toMatchObject({
      code: expect.stringMatching(/unknown_host|dns/) as string,
    })
  })

  it('and speaks HTTP/1 is told as such', async () => {
    const port = await listening(http.createServer((_, response) => response.end('hello')))
    expect(await clientOf(port).call(request('x'))).toMatchObject({
      kind: 'failure',
      retryable: true,
      nextStep: expect.stringContaining('4317') as string,
    })
  })

  it('and says nothing is given up on, then tried anew', async () => {
    let connections = 0
    const port = await listening(
      net.createServer(() => {
        connections++
      }),
    )
    const client = clientOf(port)
    for (let i = 0; i < 2; i++) {
      expect(await client.call(request('x', { timeoutMs: 100 }))).toMatchObject({ code: 'timeout' })
    }
    expect(connections).toBe(2)
  })

  it.each([
    [401, grpcCodes.UNAUTHENTICATED],
    [403, grpcCodes.PERMISSION_DENIED],
    [404, grpcCodes.UNIMPLEMENTED],
    [503, grpcCodes.UNAVAILABLE],
    [500, grpcCodes.UNKNOWN],
  ])('and answers with HTTP status %d is taken by the table', async (status, code) => {
    const port = await bare((stream) => {
      stream.respond({ ':status': status })
      stream.end('<html>')
    })
    expect(await clientOf(port).call(request('x'))).toMatchObject({ kind: 'status', status: { code } })
  })

  it('and hangs up at once may want TLS, or none', async () => {
    const server = net.createServer((socket) =>
      socket.on('error', () => undefined).once('data', () => socket.destroy()),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    cleanups.push(() => server.close())
    const { port } = server.address() as AddressInfo
    const advice = async (options: Partial<GrpcClientOptions>): Promise<unknown> => {
      const result = await clientOf(port, options).call(request('x'))
      return result.kind === 'failure' && result.nextStep
    }
    expect(await advice({})).toContain('leave out insecure = true')
    expect(await advice({ tls: () => Promise.resolve({}) })).toContain('set insecure = true')
  })

  it.each<[string, (stream: http2.ServerHttp2Stream) => void, object]>([
    [
      'no status',
      (stream) => (stream.respond(grpcHead), stream.end()),
      { kind: 'failure', code: 'malformed_response' },
    ],
    ['a reset', (stream) => stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR), { kind: 'failure', code: 'reset' }],
    [
      'a reset after the head',
      (stream) => {
        stream.respond(grpcHead)
        stream.write(Buffer.alloc(3))
        setTimeout(() => stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR), 20)
      },
      { kind: 'failure', retryable: true },
    ],
    [
      'a lost connection after the head',
      (stream) => {
        stream.respond(grpcHead)
        setTimeout(() => stream.session?.destroy(), 20)
      },
      { kind: 'failure', retryable: true },
    ],
    [
      'a status that is no number',
      (stream) => stream.respond({ ...grpcHead, 'grpc-status': 'fine' }, { endStream: true }),
      { kind: 'status', status: { code: grpcCodes.UNKNOWN } },
    ],
    [
      'a message that is not percent-encoded',
      (stream) =>
        stream.respond({ ...grpcHead, 'grpc-status': '3', 'grpc-message': '100% wrong' }, { endStream: true }),
      { kind: 'status', status: { code: 3, message: '100% wrong' } },
    ],
    [
      'details that are garbage',
      (stream) =>
        stream.respond({ ...grpcHead, 'grpc-status': '8', 'grpc-status-details-bin': '/////w' }, { endStream: true }),
      { kind: 'status', status: { code: 8, message: '' } },
    ],
    [
      'an answer that never ends',
      (stream) => {
        stream.respond(grpcHead)
        const write = (): void => {
          if (!stream.destroyed) stream.write(Buffer.alloc(100_000, 0xff), () => setImmediate(write))
        }
        write()
      },
      { kind: 'failure', code: 'malformed_response' },
    ],
  ])('and sends %s', async (_, respond, expected) => {
    const port = await bare(respond)
    expect(await clientOf(port).call(request('x'))).toMatchObject(expected)
  })

  it('and breaks off in the middle of the request is no success', async () => {
    const port = await bare((stream) => {
      stream.respond({ ...grpcHead, 'grpc-status': '14', 'grpc-message': 'busy' }, { endStream: true })
      stream.close(http2.constants.NGHTTP2_NO_ERROR)
    })
    const client = clientOf(port)
    for (let i = 0; i < 5; i++) {
      expect(await client.call(request(Buffer.alloc(5_000_000)))).toMatchObject({
        kind: 'status',
        status: { code: 14, message: 'busy' },
      })
    }
  })

  it('and answers with success but an unreadable message has taken the data', async () => {
    const port = await bare((stream) => {
      stream.respond(grpcHead, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
      stream.end(frameMessage([Buffer.from('zip')], true))
    })
    expect(await clientOf(port).call(request('x'))).toEqual({ kind: 'ok', message: new Uint8Array(0) })
  })
})

describe('TLS', () => {
  let certificates: Certificates
  beforeAll(async () => (certificates = await makeCertificates()))
  const credentials = (clientCertificates: boolean) =>
    grpc.ServerCredentials.createSsl(
      Buffer.from(certificates.ca),
      [{ private_key: Buffer.from(certificates.server.key), cert_chain: Buffer.from(certificates.server.cert) }],
      clientCertificates,
    )

  it('trusts the authority it is given, and no other', async () => {
    const { port } = await serve(echo, credentials(false))
    const trusting = clientOf(port, { tls: async () => ({ ca: certificates.ca }) })
    expect(text(await trusting.call(request('x')))).toBe('x')
    expect(await clientOf(port, { tls: async () => ({}) }).call(request('x'))).toMatchObject({ code: 'tls' })
    const byAddress = clientOf(port, { target: `127.0.0.1:${port}`, tls: async () => ({ ca: certificates.ca }) })
    expect(text(await byAddress.call(request('x')))).toBe('x')
  })

  it('presents a client certificate', async () => {
    const { port } = await serve(echo, credentials(true))
    const known = clientOf(port, { tls: async () => ({ ca: certificates.ca, ...certificates.client }) })
    expect(text(await known.call(request('x')))).toBe('x')
    const unknown = clientOf(port, { tls: async () => ({ ca: certificates.ca }) })
    expect(await unknown.call(request('x'))).toMatchObject({ kind: 'failure', retryable: true })
  })

  it('that cannot be set up fails the call, and is asked for again', async () => {
    const { port } = await serve(echo, credentials(false))
    let ready = false
    const client = clientOf(port, {
      tls: async () => (ready ? { ca: certificates.ca } : failure('credentials', 'ca_file is missing', 'Write it.')),
    })
    expect(await client.call(request('x'))).toMatchObject({ kind: 'failure', code: 'credentials' })
    ready = true
    expect(text(await client.call(request('x')))).toBe('x')
  })

  it('towards a port without it is told as such', async () => {
    const plain = net.createServer((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    )
    const port = await listening(plain)
    expect(await clientOf(port, { tls: async () => ({}) }).call(request('x'))).toMatchObject({ code: 'tls' })
  })
})
