import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { HttpRequest, HttpResponse } from './http-message.ts'
import { Loopback } from './loopback.ts'
import { ReusableBody } from './response-body.ts'

const loopback = new Loopback()
afterEach(() => loopback.close())

const hi = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'
const text = (response: unknown): string => Buffer.from((response as HttpResponse).body).toString()
const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  timeoutMs: 5000,
  ...more,
})

describe('request', () => {
  it('talks to node:http, keeping the connection', async () => {
    const server = http.createServer((request, response) => {
      let size = 0
      request.on('data', (data: Buffer) => (size += data.length))
      request.on('end', () => {
        response.setHeader(
          'X-Seen',
          `${request.method ?? ''} ${request.url ?? ''} ${request.headers.host ?? ''} ${size}`,
        )
        if (request.url === '/chunked') response.write('a')
        response.end(request.method === 'HEAD' ? undefined : 'b'.repeat(100_000))
      })
    })
    let connections = 0
    server.on('connection', () => connections++)
    const url = await loopback.listen(server)
    const client = loopback.transport()
    const first = await client.request(get(`${url}/x?y=1#z`))
    expect(first).toMatchObject({ kind: 'response', status: 200 })
    expect(text(first)).toBe('b'.repeat(100_000))
    expect((first as HttpResponse).headers.get('x-seen')).toBe(`GET /x?y=1 ${url.slice(7)} 0`)
    expect(text(await client.request(get(`${url}/chunked`)))).toBe(`a${'b'.repeat(100_000)}`)
    const parts = [Buffer.alloc(70_000, 1), Buffer.alloc(0), Buffer.alloc(5, 2)]
    const posted = await client.request(get(`${url}/p`, { method: 'POST', body: parts }))
    expect((posted as HttpResponse).headers.get('x-seen')).toMatch(/^POST \/p .* 70005$/)
    const empty = await client.request(get(`${url}/p`, { method: 'POST' }))
    expect((empty as HttpResponse).headers.get('x-seen')).toMatch(/ 0$/)
    const head = await client.request(get(url, { method: 'HEAD' }))
    expect(text(head)).toBe('')
    expect(connections).toBe(1)
  })

  it('sends headers in order, repeated ones too, and refuses what would break out', async () => {
    const { url, seen } = await loopback.scripted((_, socket) => socket.write(hi))
    const client = loopback.transport()
    await client.request(get(url, { headers: [['X-A', '1'], ['X-A', '2'], ['Host', 'other']] })) // prettier-ignore
    expect(seen.received).toBe('GET / HTTP/1.1\r\nHost: other\r\nX-A: 1\r\nX-A: 2\r\n\r\n')
    for (const header of [
      ['X-A', 'secret\r\nX-B: 1'],
      ['X-A', 'secret\0'],
      ['X A', 'secret'],
      ['X-A:', 'secret'],
      ['', 'secret'],
      ['Content-Length', 'secret'],
      ['transfer-encoding', 'secret'],
      ['X-A', 'secret\u0100'],
    ] as const) {
      const refused = await client.request(get(url, { headers: [header] }))
      expect(refused).toMatchObject({ kind: 'failure', code: 'invalid_request', retryable: false })
      expect(JSON.stringify(refused)).not.toContain('secret')
    }
    expect(await client.request(get(url, { method: 'GET / HTTP/1.1\r\nX: y\r\n\r\nGET' }))).toMatchObject({
      code: 'invalid_request',
    })
    expect(await client.request(get(url, { path: '/a b' }))).toMatchObject({ code: 'invalid_request' })
    expect(seen.requests).toBe(1)
  })

  it('answers a second request while the first is running, on a second connection, up to the limit', async () => {
    const { url, seen } = await loopback.scripted((_, socket) => setTimeout(() => socket.write(hi), 30))
    const client = loopback.transport({ limits: { connectionsPerOrigin: 2, waitingPerOrigin: 3 } })
    const all = await Promise.all(Array.from({ length: 6 }, () => client.request(get(url))))
    expect(all.filter((one) => one.kind === 'response')).toHaveLength(5)
    expect(all[5]).toMatchObject({ kind: 'failure', code: 'overloaded', retryable: true })
    expect(seen.connections).toBe(2)
  })

  it('does not keep a connection whose server sent more than it announced', async () => {
    const { url, seen } = await loopback.scripted((_, socket) =>
      socket.write(`${hi}HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil`),
    )
    const client = loopback.transport()
    expect(text(await client.request(get(url)))).toBe('hi')
    expect(text(await client.request(get(url)))).toBe('hi')
    expect(seen.connections).toBe(2)
  })

  it('drops an idle connection on which bytes arrive unasked', async () => {
    const { url, seen } = await loopback.scripted((_, socket) => {
      socket.write(hi)
      setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil'), 20)
    })
    const client = loopback.transport()
    expect(text(await client.request(get(url)))).toBe('hi')
    await new Promise((resolve) => setTimeout(resolve, 80))
    expect(text(await client.request(get(url)))).toBe('hi')
    expect(seen.connections).toBe(2)
  })

  it('gives up an idle connection a second before the server announced to', async () => {
    const { url, seen } = await loopback.scripted((_, socket) =>
      socket.write('HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\nhi'),
    )
    const client = loopback.transport()
    await client.request(get(url))
    await client.request(get(url))
    expect(seen.connections).toBe(2)
  })

  it('sends once more when a kept connection is found closed, if that does no harm', async () => {
    const once = async (more: Partial<HttpRequest>) => {
      const { url, seen } = await loopback.scripted((_, socket, connection) => {
        if (connection === 1 && seen.requests > 1) socket.resetAndDestroy()
        else socket.write(hi)
      })
      const client = loopback.transport()
      await client.request(get(url))
      return { result: await client.request(get(url, more)), requests: seen.requests }
    }
    expect(await once({})).toMatchObject({ result: { kind: 'response' }, requests: 3 })
    expect(await once({ method: 'POST', body: Buffer.from('x') })).toMatchObject({
      result: { code: 'reset' },
      requests: 2,
    })
    expect(await once({ method: 'POST', body: Buffer.from('x'), idempotent: true })).toMatchObject({
      result: { kind: 'response' },
      requests: 3,
    })
    expect(await once({ idempotent: false })).toMatchObject({ result: { code: 'reset' }, requests: 2 })
  })

  it('does not send again when any byte of an answer came, or on a fresh connection', async () => {
    const { url, seen } = await loopback.scripted((request, socket) => {
      if (request === 1) socket.write(hi)
      else socket.end('HTTP/1.1 2')
    })
    const client = loopback.transport()
    await client.request(get(url))
    expect(await client.request(get(url))).toMatchObject({ code: 'closed' })
    expect(await client.request(get(url))).toMatchObject({ code: 'closed' })
    expect(seen.requests).toBe(3)
  })

  it('fails cleanly wherever the answer is cut, by end or by reset', async () => {
    const answer = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'
    let end = 0
    let reset = false
    const { url } = await loopback.scripted((_, socket) => {
      if (end > 0) socket.write(answer.slice(0, end))
      setTimeout(() => (reset ? socket.resetAndDestroy() : socket.end()), 1)
    })
    const client = loopback.transport()
    for (end = 0; end < answer.length; end += 3) {
      for (reset of [false, true]) {
        const result = await client.request(get(url))
        expect(result).toMatchObject({ kind: 'failure', retryable: true })
        expect((result as { code: string }).code).toMatch(/^(closed|reset)$/)
      }
    }
  })

  it('limits the body: fails, or cuts it', async () => {
    const { url } = await loopback.scripted((request, socket) => {
      if (request <= 2) socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n${'x'.repeat(100)}`)
      else {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
        const flood = (): void => {
          if (socket.writable && socket.write(`400\r\n${'x'.repeat(1024)}\r\n`)) setImmediate(flood)
        }
        flood()
        socket.on('drain', flood)
      }
    })
    const client = loopback.transport()
    const limits = { bodyBytes: 50 }
    expect(await client.request(get(url, { limits }))).toMatchObject({ code: 'response_too_large' })
    const cut = await client.request(get(url, { limits: { ...limits, excess: 'truncate' } }))
    expect(cut).toMatchObject({ kind: 'response', truncated: true })
    expect(text(cut)).toBe('x'.repeat(50))
    expect(await client.request(get(url, { limits }))).toMatchObject({ code: 'response_too_large' })
    expect(text(await client.request(get(url, { limits: { ...limits, excess: 'truncate' } })))).toBe('x'.repeat(50))
  })

  it('ends at the deadline: silence after connecting, after the head, a byte at a time', async () => {
    const { url } = await loopback.scripted((request, socket) => {
      if (request === 2) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nh')
      if (request === 3) setInterval(() => socket.writable && socket.write('x'), 5)
    })
    const client = loopback.transport()
    for (let round = 0; round < 3; round++) {
      const started = performance.now()
      expect(await client.request(get(url, { timeoutMs: 60 }))).toMatchObject({ code: 'timeout', retryable: true })
      expect(performance.now() - started).toBeLessThan(1000)
    }
  })

  it('ends when the caller gives up, before and during', async () => {
    const { url } = await loopback.scripted(() => undefined)
    const client = loopback.transport()
    const before = AbortSignal.abort()
    expect(await client.request(get(url, { signal: before }))).toMatchObject({ code: 'aborted', retryable: false })
    const during = new AbortController()
    setTimeout(() => during.abort(), 20)
    expect(await client.request(get(url, { signal: during.signal }))).toMatchObject({ code: 'aborted' })
    const running = client.request(get(url))
    setTimeout(() => client.close(), 20)
    expect(await running).toMatchObject({ code: 'aborted' })
  })

  it('names what is wrong and what to do', async () => {
    const client = loopback.transport({ limits: { connectMs: 100 } })
    const unused = net.createServer()
    const port = new URL(await loopback.listen(unused)).port
    unused.close()
    expect(await client.request(get(`http://u:hunter2@127.0.0.1:${port}/p?token=hunter2`))).toEqual({
      kind: 'failure',
      code: 'refused',
      message: `http://127.0.0.1:${port}/p: the connection was refused`,
      nextStep: 'Nothing listens there: start the server, or correct the host and port.',
      retryable: true,
    })
    expect(await client.request(get('http://no-such-host.invalid/'))).toMatchObject({
      code: expect.stringMatching(/unknown_host|dns|timeout/) as string,
    })
    expect(await client.request(get('unix:///no/such/socket'))).toMatchObject({ code: 'no_socket' })
    expect(await client.request(get('ftp://x/'))).toMatchObject({ code: 'invalid_request' })
    expect(await client.request(get('nonsense'))).toMatchObject({ code: 'invalid_request' })
    const ssh = await loopback.scripted((_, socket) => socket.write('SSH-2.0-x\r\n\r\n'))
    expect(await client.request(get(ssh.url))).toMatchObject({ code: 'malformed_response' })
  })

  it('reads large bodies into memory that is used again', async () => {
    let fill = 'a'
    const { url } = await loopback.scripted((_, socket) =>
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n${fill.repeat(300_000)}`),
    )
    const client = loopback.transport()
    const reuse = new ReusableBody()
    const first = (await client.request(get(url, { reuse }))) as HttpResponse
    expect(text(first)).toBe('a'.repeat(300_000))
    fill = 'b'
    const second = (await client.request(get(url, { reuse }))) as HttpResponse
    expect(text(second)).toBe('b'.repeat(300_000))
    expect(second.body.buffer).toBe(first.body.buffer)
    const kept = (await client.request(get(url))) as HttpResponse
    fill = 'c'
    await client.request(get(url))
    expect(text(kept)).toBe('b'.repeat(300_000))
  })

  it('reaches localhost by whichever family listens', async () => {
    const url = (await loopback.listen(http.createServer((_, response) => response.end('hi')))).replace(
      '127.0.0.1',
      'localhost',
    )
    expect(text(await loopback.transport().request(get(url)))).toBe('hi')
  })

  it('talks over a socket file', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'weir-net-'))
    loopback.after(() => rmSync(directory, { recursive: true }))
    const path = await loopback.listen(
      http.createServer((request, response) => response.end(`${request.url ?? ''} ${request.headers.host ?? ''}`)),
      join(directory, 's.sock'),
    )
    const client = loopback.transport()
    expect(text(await client.request(get(`unix://${path}`, { path: '/containers/json?a=b' })))).toBe(
      '/containers/json?a=b localhost',
    )
  })
})
