import http from 'node:http'
import https from 'node:https'
import { generate } from 'selfsigned'
import { afterEach, describe, expect, it } from 'vitest'
import type { SocketTransport } from './http-client.ts'
import type { HttpResponse, StreamRequest } from './http-message.ts'
import { Loopback } from './loopback.ts'

const loopback = new Loopback()
afterEach(() => loopback.close())

const text = (response: unknown): string => Buffer.from((response as HttpResponse).body).toString()
/** Reads a stream holding each range over a few turns of the loop, as a busy consumer does. */
async function slowRead(client: SocketTransport, url: string): Promise<string> {
  let received = ''
  let inside = 0
  const end = await client.stream({
    method: 'GET',
    url,
    onBytes: async (bytes) => {
      expect(++inside).toBe(1)
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 3))
      received += Buffer.from(bytes).toString('latin1')
      inside--
    },
  })
  expect(end).toMatchObject({ kind: 'ended', status: 200 })
  return received
}

describe('stream', () => {
  const streamOf = (url: string, more: Partial<StreamRequest> = {}): StreamRequest => ({
    method: 'GET',
    url,
    timeoutMs: 2000,
    onBytes: () => undefined,
    ...more,
  })

  it('hands on what one read brought in one call, dechunked', async () => {
    const lines = Array.from({ length: 500 }, (_, index) => `line ${index}\n`)
    const chunks = lines.map((line) => `${line.length.toString(16)}\r\n${line}\r\n`).join('')
    const { url } = await loopback.scripted((_, socket) =>
      socket.write(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`),
    )
    const parts: string[] = []
    let status = 0
    const end = await loopback.transport().stream(
      streamOf(url, {
        onBytes: (bytes) => void parts.push(Buffer.from(bytes).toString()),
        onHead: (head) => (status = head.status),
      }),
    )
    expect(end).toMatchObject({ kind: 'ended', status: 200 })
    expect(status).toBe(200)
    expect(parts.join('')).toBe(lines.join(''))
    expect(parts.length).toBeLessThan(10)
  })

  it('reads no further while the consumer is busy', async () => {
    let written = 0
    const { url } = await loopback.scripted((_, socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      const more = (): void => {
        while (socket.writable && socket.write(Buffer.alloc(65_536))) written += 65_536
      }
      socket.on('drain', more)
      more()
    })
    const stop = new AbortController()
    const reading = loopback
      .transport()
      .stream(streamOf(url, { signal: stop.signal, onBytes: () => new Promise(() => undefined) }))
    await new Promise((resolve) => setTimeout(resolve, 200))
    const before = written
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(written).toBe(before)
    stop.abort()
    expect(await reading).toMatchObject({ code: 'aborted' })
  })

  it('keeps the bytes of a slow consumer intact', async () => {
    const lines = Array.from({ length: 40_000 }, (_, index) => `line ${index}\n`)
    const url = await loopback.listen(
      http.createServer((_, response) => {
        for (const line of lines) response.write(line)
        response.end()
      }),
    )
    expect(await slowRead(loopback.transport(), url)).toBe(lines.join(''))
  })

  it('does so over TLS, where a read cannot be stopped at once', async () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => `line ${index}\n`)
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }])
    const server = https.createServer({ cert, key }, (_, response) => {
      for (const line of lines) response.write(line)
      response.end()
    })
    const url = (await loopback.listen(server)).replace('http://127.0.0.1', 'https://localhost')
    const client = loopback.transport({
      tls: () => Promise.resolve({ rejectUnauthorized: false, minVersion: 'TLSv1.2' }),
    })
    expect(await slowRead(client, url)).toBe(lines.join(''))
  })

  it('outlives the deadline once the head is there, but not silence', async () => {
    const { url } = await loopback.scripted((request, socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      let left = request === 1 ? 8 : 2
      const timer = setInterval(() => (left-- > 0 ? socket.write('x') : clearInterval(timer)), 25)
      if (request === 1) setTimeout(() => socket.end(), 250)
    })
    let seen = ''
    const onBytes = (bytes: Uint8Array): void => void (seen += Buffer.from(bytes).toString())
    expect(await loopback.transport().stream(streamOf(url, { timeoutMs: 60, silenceMs: 150, onBytes }))).toMatchObject({
      kind: 'ended',
    })
    expect(seen).toBe('xxxxxxxx')
    expect(await loopback.transport().stream(streamOf(url, { timeoutMs: 60, silenceMs: 150, onBytes }))).toMatchObject({
      code: 'timeout',
    })
  })

  it('collects an error response instead of streaming it', async () => {
    const { url } = await loopback.scripted((_, socket) =>
      socket.write('HTTP/1.1 404 Not Found\r\nContent-Length: 7\r\n\r\nno such'),
    )
    let called = false
    const result = await loopback.transport().stream(streamOf(url, { onBytes: () => void (called = true) }))
    expect(result).toMatchObject({ kind: 'response', status: 404 })
    expect(text(result)).toBe('no such')
    expect(called).toBe(false)
  })

  it('passes on what the consumer throws, sooner or later', async () => {
    const { url } = await loopback.scripted((_, socket) => socket.write('HTTP/1.1 200 OK\r\n\r\nx'))
    const client = loopback.transport()
    const throws = (): never => {
      throw new Error('bug')
    }
    await expect(client.stream(streamOf(url, { onBytes: throws }))).rejects.toThrow('bug')
    await expect(
      client.stream(streamOf(url, { onBytes: () => Promise.reject(new Error('late bug')) })),
    ).rejects.toThrow('late bug')
  })

  it('tells a cut stream from one that ended', async () => {
    const { url } = await loopback.scripted((_, socket) =>
      socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel'),
    )
    expect(await loopback.transport().stream(streamOf(url))).toMatchObject({ kind: 'failure', code: 'closed' })
  })
})
