import http from 'node:http'
import https from 'node:https'
import { generate } from 'selfsigned'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { HttpRequest, HttpResponse } from './http-message.ts'
import { Loopback } from './loopback.ts'

const loopback = new Loopback()
afterEach(() => loopback.close())

const text = (response: unknown): string => Buffer.from((response as HttpResponse).body).toString()
const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  timeoutMs: 5000,
  ...more,
})

describe('TLS', () => {
  let cert: string
  let key: string
  beforeAll(async () => {
    const made = await generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    })
    cert = made.cert
    key = made.private
  })
  const secure = async (options: https.ServerOptions = {}): Promise<string> => {
    const server = https.createServer({ cert, key, ...options }, (request, response) => {
      const peer = (
        request.socket as unknown as { getPeerCertificate(): { subject?: { CN?: string } } }
      ).getPeerCertificate()
      response.end(`${peer.subject?.CN ?? 'nobody'} ${'x'.repeat(200_000)}`)
    })
    return (await loopback.listen(server)).replace('http://127.0.0.1', 'https://localhost')
  }
  const trusting = { rejectUnauthorized: true, minVersion: 'TLSv1.2' } as const

  it('trusts a named authority and keeps the connection', async () => {
    const client = loopback.transport({ tls: () => Promise.resolve({ ...trusting, ca: [cert] }) })
    const url = await secure()
    for (let round = 0; round < 3; round++)
      expect(text(await client.request(get(url)))).toBe(`nobody ${'x'.repeat(200_000)}`)
  })

  it('sends nothing to a server it does not trust', async () => {
    const url = await secure()
    expect(await loopback.transport().request(get(url))).toMatchObject({
      code: 'tls',
      message: expect.stringContaining('self-signed') as string,
    })
    const client = loopback.transport({ tls: () => Promise.resolve({ ...trusting, ca: [cert] }) })
    expect(await client.request(get(url.replace('localhost', '127.0.0.1')))).toMatchObject({
      code: 'tls',
      message: expect.stringContaining('another host name') as string,
    })
    const named = loopback.transport({
      tls: () => Promise.resolve({ ...trusting, ca: [cert], servername: 'localhost' }),
    })
    expect(await named.request(get(url.replace('localhost', '127.0.0.1')))).toMatchObject({ kind: 'response' })
    const careless = loopback.transport({ tls: () => Promise.resolve({ ...trusting, rejectUnauthorized: false }) })
    expect(await careless.request(get(url))).toMatchObject({ kind: 'response' })
  })

  it('shows a client certificate, and says when one is missing', async () => {
    const url = await secure({ requestCert: true, rejectUnauthorized: true, ca: [cert] })
    const client = loopback.transport({ tls: () => Promise.resolve({ ...trusting, ca: [cert], cert, key }) })
    expect(text(await client.request(get(url)))).toContain('localhost')
    const anonymous = loopback.transport({ tls: () => Promise.resolve({ ...trusting, ca: [cert] }) })
    expect(await anonymous.request(get(url))).toMatchObject({
      kind: 'failure',
      code: expect.stringMatching(/tls|reset|closed/) as string,
    })
  })

  it('says when the server speaks no TLS, or too old a version', async () => {
    const plain = await loopback.listen(http.createServer((_, response) => response.end()))
    expect(await loopback.transport().request(get(plain.replace('http', 'https')))).toMatchObject({ code: 'tls' })
    const old = await secure({ maxVersion: 'TLSv1.2' })
    const client = loopback.transport({
      tls: () => Promise.resolve({ ...trusting, ca: [cert], minVersion: 'TLSv1.3' }),
    })
    expect(await client.request(get(old))).toMatchObject({
      code: 'tls',
      nextStep: expect.stringContaining('min_version') as string,
    })
  })
})
