// Our server against the gRPC library of Node, and against clients that do not behave.
import { connect as connectHttp2, constants } from 'node:http2'
import type { ClientHttp2Session, IncomingHttpHeaders } from 'node:http2'
import net from 'node:net'
import tls from 'node:tls'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import * as grpc from '@grpc/grpc-js'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../runtime/clock.ts'
import { makeCertificates } from '../../testing/certificates.ts'
import type { Certificates } from '../../testing/certificates.ts'
import { listen } from '../server.ts'
import { WeirError } from '../../weir-error.ts'
import { frameMessage } from './message-frame.ts'
import { createGrpcServer } from './server.ts'
import type { GrpcCall, GrpcServer, GrpcServerOptions } from './server.ts'
import { decodeStatus, grpcCodes } from './status.ts'

const method = '/test.Service/Echo'
const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

interface Started extends GrpcServer {
  readonly port: number
  readonly calls: GrpcCall[]
  readonly refusals: string[]
  readonly strangers: string[]
}

/** An echo server on a free port. */
async function start(overrides: Partial<GrpcServerOptions> = {}): Promise<Started> {
  const calls: GrpcCall[] = []
  const refusals: string[] = []
  const strangers: string[] = []
  const created = createGrpcServer({
    clock: systemClock,
    methods: new Set([method]),
    maxMessageBytes: 32 * 1024 * 1024,
    maxHeldBytes: 256 * 1024 * 1024,
    receiveMs: 5_000,
    connections: { connections: 100, connectionsPerAddress: 100 },
    advice: 'this port speaks gRPC',
    handle: (call) => {
      calls.push(call)
      return Promise.resolve({ message: call.message })
    },
    inflate: (encoding, body) =>
      Promise.resolve(
        encoding === 'gzip' ? gunzipSync(body) : { problem: `no ${encoding} here`, code: 'unsupported' as const },
      ),
    onRefused: (misfortune) => void refusals.push(misfortune),
    onStranger: (stranger) => void strangers.push(stranger),
    ...overrides,
  })
  const listening = await listen(created.server, { host: '127.0.0.1', port: 0 })
  if (listening instanceof WeirError) throw listening
  cleanups.push(() => {
    created.goAway()
    return listening.close(100)
  })
  return { ...created, port: listening.port, calls, refusals, strangers }
}

/** A client of the library; `call` settles with the answer or the error. */
function clientOf(port: number, credentials = grpc.credentials.createInsecure(), options: grpc.ClientOptions = {}) {
  const client = new grpc.Client(`localhost:${port}`, credentials, {
    'grpc.max_receive_message_length': -1,
    'grpc.enable_retries': 0,
    ...options,
  })
  cleanups.push(() => client.close())
  const same = (bytes: Buffer): Buffer => bytes
  const call = (
    message: Uint8Array,
    {
      path = method,
      metadata = new grpc.Metadata(),
      ...more
    }: { path?: string; metadata?: grpc.Metadata } & grpc.CallOptions = {},
  ): Promise<Buffer | grpc.ServiceError> =>
    new Promise((resolve) => {
      client.makeUnaryRequest(path, same, same, Buffer.from(message), metadata, more, (error, answer) =>
        resolve(error ?? answer!),
      )
    })
  return { client, call }
}

const pause = promisify(setTimeout)

describe('a unary call', () => {
  it('brings the message and the metadata, and the answer back', async () => {
    const { port, calls } = await start()
    const { call } = clientOf(port)
    const metadata = new grpc.Metadata()
    metadata.set('x-scope-orgid', 'tenant')
    expect(await call(Buffer.from('hällo'), { metadata })).toEqual(Buffer.from('hällo'))
    expect(await call(new Uint8Array(0))).toEqual(Buffer.alloc(0))
    expect(calls.map((made) => made.metadata['x-scope-orgid'])).toEqual(['tenant', undefined])
  })

  it('may be compressed', async () => {
    const { port } = await start()
    const { call } = clientOf(port, undefined, {
      'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip,
    })
    const message = Buffer.alloc(100_000, 'abc')
    expect(Buffer.compare((await call(message)) as Buffer, message)).toBe(0)
  })

  it('may be larger than all windows', async () => {
    const { port } = await start()
    const message = Buffer.alloc(16 * 1024 * 1024)
    for (let i = 0; i < message.length; i += 4096) message.writeUInt32LE(i, i)
    const answer = await clientOf(port).call(message)
    expect(Buffer.compare(answer as Buffer, message)).toBe(0)
  })

  it('is one of many at once', async () => {
    const { port } = await start()
    const { call } = clientOf(port)
    const messages = Array.from({ length: 32 }, (_, i) => Buffer.alloc(2_000_000, i))
    const answers = await Promise.all(messages.map((message) => call(message)))
    answers.forEach((answer, i) => expect(Buffer.compare(answer as Buffer, messages[i])).toBe(0))
  })

  it.each(Object.entries(grpcCodes).filter(([name]) => name !== 'OK'))('can fail with %s', async (_, code) => {
    const message = 'schön: 100 % “quoted”\n日本'
    const { port } = await start({ handle: () => Promise.resolve({ status: { code, message } }) })
    expect(await clientOf(port).call(Buffer.from('x'))).toMatchObject({ code, details: message })
  })

  it('tells when to try again', async () => {
    const status = { code: grpcCodes.UNAVAILABLE, message: 'later', retryAfterMs: 1500 }
    const { port } = await start({ handle: () => Promise.resolve({ status }) })
    const error = (await clientOf(port).call(Buffer.from('x'))) as grpc.ServiceError
    const [details] = error.metadata.get('grpc-status-details-bin')
    expect(decodeStatus(details as Buffer)).toEqual(status)
  })

  it('fails with INTERNAL when the handler has a bug', async () => {
    const { port, refusals } = await start({ handle: () => Promise.reject(new Error('oops')) })
    expect(await clientOf(port).call(Buffer.from('x'))).toMatchObject({ code: grpcCodes.INTERNAL, details: 'oops' })
    expect(refusals).toEqual(['failed'])
  })
})

describe('a call that is refused', () => {
  it('for its method is told which there are', async () => {
    const { port, refusals } = await start()
    const error = await clientOf(port).call(Buffer.from('x'), { path: '/test.Service/Other' })
    expect(error).toMatchObject({ code: grpcCodes.UNIMPLEMENTED })
    expect((error as grpc.ServiceError).details).toContain(method)
    expect(refusals).toEqual(['method'])
  })

  it('for its encoding says so', async () => {
    const { port, refusals } = await start()
    const { call } = clientOf(port, undefined, {
      'grpc.default_compression_algorithm': grpc.compressionAlgorithms.deflate,
    })
    expect(await call(Buffer.alloc(1000))).toMatchObject({ code: grpcCodes.UNIMPLEMENTED, details: 'no deflate here' })
    expect(refusals).toEqual(['encoding'])
  })

  it('for its size is told the limit, and the connection lives on', async () => {
    const { port, refusals } = await start({ maxMessageBytes: 1000 })
    const { call } = clientOf(port)
    for (let i = 0; i < 3; i++) {
      const error = (await call(Buffer.alloc(5_000_000))) as grpc.ServiceError
      expect(error.code).toBe(grpcCodes.RESOURCE_EXHAUSTED)
      expect(error.details).toContain('more than the 1000 allowed')
    }
    expect(await call(Buffer.from('small'))).toEqual(Buffer.from('small'))
    expect(refusals).toEqual(['too_large', 'too_large', 'too_large'])
  })

  it('because too much is held already may be tried again', async () => {
    const releases: (() => void)[] = []
    const handle = async ({ message }: GrpcCall) => {
      await new Promise<void>((resolve) => releases.push(resolve))
      return { message: message.subarray(0, 1) }
    }
    const { port, refusals } = await start({ maxHeldBytes: 3_000_000, handle })
    const { call } = clientOf(port)
    const held = call(Buffer.alloc(2_000_000))
    while (releases.length === 0) await pause(5)
    const error = (await call(Buffer.alloc(2_000_000))) as grpc.ServiceError
    expect(error.code).toBe(grpcCodes.UNAVAILABLE)
    expect(decodeStatus(error.metadata.get('grpc-status-details-bin')[0] as Buffer)?.retryAfterMs).toBe(1000)
    expect(refusals).toEqual(['busy'])
    releases[0]()
    expect(await held).toEqual(Buffer.alloc(1))
    const again = call(Buffer.alloc(2_000_000))
    while (releases.length === 1) await pause(5)
    releases[1]()
    expect(await again).toEqual(Buffer.alloc(1))
  })
})

/** A bare HTTP/2 connection, for what the library will not send. */
function bare(port: number): ClientHttp2Session {
  const session = connectHttp2(`http://127.0.0.1:${port}`)
  session.on('error', () => undefined)
  cleanups.push(() => session.destroy())
  return session
}

/** Sends a request in pieces; settles with headers, trailers and body when the stream closes. */
async function exchange(
  session: ClientHttp2Session,
  headers: Record<string, string>,
  chunks: readonly Buffer[],
  end = true,
): Promise<{ headers: IncomingHttpHeaders; body: string; rst: number | undefined }> {
  const stream = session.request({ ':method': 'POST', ':path': method, 'content-type': 'application/grpc', ...headers })
  let received: IncomingHttpHeaders = {}
  let body = ''
  stream.on('response', (response) => (received = { ...received, ...response }))
  stream.on('trailers', (trailers: IncomingHttpHeaders) => (received = { ...received, ...trailers }))
  stream.on('data', (chunk: Buffer) => (body += chunk.toString()))
  stream.on('error', () => undefined)
  const closed = new Promise((resolve) => stream.once('close', resolve))
  for (const chunk of chunks) {
    stream.write(chunk)
    await pause(5)
  }
  if (end) stream.end()
  await closed
  return { headers: received, body, rst: stream.rstCode }
}

describe('a client that does not behave', () => {
  const frame = frameMessage([Buffer.from('message')], false)

  it('may cut a message into any pieces', async () => {
    const { port } = await start()
    const chunks = [...frame].map((byte) => Buffer.from([byte]))
    const { headers, body } = await exchange(bare(port), {}, chunks)
    expect(headers['grpc-status']).toBe('0')
    expect(body).toBe(frame.toString())
  })

  it.each([
    ['nothing', []],
    ['half a prefix', [frame.subarray(0, 3)]],
    ['half a message', [frame.subarray(0, 8)]],
    ['two messages', [frame, frame]],
  ])('and sends %s is told', async (_, chunks) => {
    const { port, refusals, calls } = await start()
    const { headers } = await exchange(bare(port), {}, chunks)
    expect(headers['grpc-status']).toBe(String(grpcCodes.INVALID_ARGUMENT))
    expect(refusals).toEqual(['malformed'])
    expect(calls).toEqual([])
  })

  it('and says no more is not waited for', async () => {
    const { port, refusals } = await start({ receiveMs: 100 })
    const { headers } = await exchange(bare(port), {}, [frame.subarray(0, 8)], false)
    expect(headers['grpc-status']).toBe(String(grpcCodes.DEADLINE_EXCEEDED))
    expect(refusals).toEqual(['too_slow'])
  })

  it('and announces more than is allowed is told at once', async () => {
    const { port } = await start({ maxMessageBytes: 100 })
    const { headers, rst } = await exchange(bare(port), {}, [Buffer.from([0, 255, 255, 255, 255, 1])], false)
    expect(headers['grpc-status']).toBe(String(grpcCodes.RESOURCE_EXHAUSTED))
    expect(rst).toBe(constants.NGHTTP2_NO_ERROR)
  })

  it('and hangs up in the middle is no refusal', async () => {
    const { port, refusals, calls } = await start({ maxHeldBytes: 100 })
    const session = bare(port)
    for (let i = 0; i < 5; i++) {
      const stream = session.request({ ':method': 'POST', ':path': method, 'content-type': 'application/grpc' })
      stream.on('error', () => undefined)
      stream.write(frameMessage([Buffer.alloc(80)], false).subarray(0, 60))
      await pause(20)
      stream.destroy(new Error('gone'))
      await new Promise((resolve) => stream.once('close', resolve))
    }
    const { headers } = await exchange(session, {}, [frame])
    expect(headers['grpc-status']).toBe('0')
    expect(refusals).toEqual([])
    expect(calls.length).toBe(1)
  })

  it.each([
    ['a content type of its own', { 'content-type': 'application/json' }],
    ['gRPC-Web', { 'content-type': 'application/grpc-web+proto' }],
    ['GET', { ':method': 'GET' }],
  ])('and sends %s is told what the port is for', async (_, headers) => {
    const { port, refusals } = await start()
    const answer = await exchange(bare(port), headers, [])
    expect(answer.headers[':status']).toBe(415)
    expect(answer.body).toBe('this port speaks gRPC\n')
    expect(refusals).toEqual(['not_grpc'])
  })

  it('and sends compressed garbage is told', async () => {
    const { port } = await start({
      inflate: () => Promise.resolve({ problem: 'the body is not valid gzip', code: 'malformed' }),
    })
    const { headers } = await exchange(bare(port), { 'grpc-encoding': 'gzip' }, [
      frameMessage([Buffer.from('no gzip')], true),
    ])
    expect(headers['grpc-status']).toBe(String(grpcCodes.INVALID_ARGUMENT))
  })
})

/** Sends bytes over TCP; what comes back until the server hangs up. */
function raw(port: number, text: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    let received = ''
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (chunk: Buffer) => (received += chunk.toString()))
    socket.on('end', () => socket.end())
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(received))
    cleanups.push(() => socket.destroy())
  })
}

describe('a stranger', () => {
  it.each([
    'POST /v1/traces HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc',
    'GET / HTTP/1.0\r\n\r\n',
    'P'.repeat(3) + ' ',
  ])('that speaks HTTP/1 is answered: %j', async (request) => {
    const { port, strangers } = await start()
    const answer = await raw(port, request)
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect(answer).toContain('\r\n\r\nthis port speaks gRPC\n')
    expect(strangers).toEqual(['http1'])
  })

  it('that sends a large body still gets its answer', async () => {
    const { port } = await start()
    const body = Buffer.alloc(3_000_000)
    const head = `POST /v1/traces HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n`
    expect(await raw(port, Buffer.concat([Buffer.from(head), body]))).toContain('this port speaks gRPC')
  })

  it('that speaks TLS or nothing known is hung up on', async () => {
    const { port, strangers } = await start()
    expect(await raw(port, Buffer.from([0x16, 3, 1, 0, 5, 1, 2, 3]))).toBe('')
    expect(await raw(port, '\0\0\0')).toBe('')
    expect(strangers).toEqual(['tls', 'unknown'])
  })

  it('does not keep others from being served', async () => {
    const { port } = await start()
    const sockets = Array.from({ length: 50 }, () => net.connect(port, '127.0.0.1').on('error', () => undefined))
    cleanups.push(() => sockets.forEach((socket) => socket.destroy()))
    for (const socket of sockets) socket.write('PRI * HT')
    expect(await clientOf(port).call(Buffer.from('x'))).toEqual(Buffer.from('x'))
  })
})

describe('TLS', () => {
  let certificates: Certificates
  beforeAll(async () => (certificates = await makeCertificates()))
  const credentials = (client = true) =>
    grpc.credentials.createSsl(
      Buffer.from(certificates.ca),
      client ? Buffer.from(certificates.client.key) : null,
      client ? Buffer.from(certificates.client.cert) : null,
    )

  it('serves clients that trust the certificate', async () => {
    const { port } = await start({ tls: certificates.server })
    expect(await clientOf(port, credentials(false)).call(Buffer.from('x'))).toEqual(Buffer.from('x'))
    const stranger = clientOf(port, grpc.credentials.createSsl())
    expect(await stranger.call(Buffer.from('x'))).toMatchObject({ code: grpcCodes.UNAVAILABLE })
  })

  it('can ask for client certificates', async () => {
    const required = { ...certificates.server, ca: certificates.ca, requestCert: true, rejectUnauthorized: true }
    const { port } = await start({ tls: required })
    expect(await clientOf(port, credentials()).call(Buffer.from('x'))).toEqual(Buffer.from('x'))
    expect(await clientOf(port, credentials(false)).call(Buffer.from('x'))).toMatchObject({
      code: grpcCodes.UNAVAILABLE,
    })
  })

  it('answers HTTP/1 inside TLS', async () => {
    const { port, strangers } = await start({ tls: certificates.server })
    const answer = await new Promise<string>((resolve) => {
      let received = ''
      const socket = tls.connect({ port, ca: certificates.ca, servername: 'localhost' }, () =>
        socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
      )
      socket.on('data', (chunk: Buffer) => (received += chunk.toString()))
      socket.on('error', () => undefined)
      socket.on('close', () => resolve(received))
    })
    expect(answer).toContain('this port speaks gRPC')
    expect(strangers).toEqual(['http1'])
  })
})

it('lets calls under way finish when it goes away', async () => {
  let release: (() => void) | undefined
  const { port, goAway, server } = await start({
    handle: async ({ message }) => {
      await new Promise<void>((resolve) => (release = resolve))
      return { message }
    },
  })
  const call = clientOf(port).call(Buffer.from('x'))
  while (release === undefined) await pause(5)
  goAway()
  const closed = new Promise((resolve) => server.close(resolve))
  await pause(20)
  release()
  expect(await call).toEqual(Buffer.from('x'))
  await closed
})
