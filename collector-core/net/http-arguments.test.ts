import http from 'node:http'
import http2 from 'node:http2'
import net from 'node:net'
import { generate } from 'selfsigned'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttpClient, httpArgumentsConflict } from './http-arguments.ts'
import type { HttpClient, HttpClientArguments, HttpClientContext } from './http-arguments.ts'
import type { HttpResponse } from './http-message.ts'
import { Loopback } from './loopback.ts'

const loopback = new Loopback()
afterEach(() => loopback.close())

const secret = (text: string) => ({ reveal: () => text, toString: () => '(secret)' })

function client(args: HttpClientArguments, context: Partial<HttpClientContext> = {}): HttpClient {
  const created = createHttpClient(args, { userAgent: 'Weir/test', environment: {}, ...context })
  loopback.after(() => created.close())
  return created
}

interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: http.IncomingHttpHeaders
  readonly body: string
}

/** An HTTP server that keeps what it was sent; `answer` gives status, headers and body. */
async function recording(
  answer: (seen: Seen, count: number) => [number, Record<string, string>?, string?] = () => [200],
) {
  const seen: Seen[] = []
  const url = await loopback.listen(
    http.createServer((request, response) => {
      let body = ''
      request.on('data', (data: Buffer) => (body += data.toString()))
      request.on('end', () => {
        const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body }
        seen.push(one)
        const [status, headers = {}, text = ''] = answer(one, seen.length)
        response.writeHead(status, headers).end(text)
      })
    }),
  )
  return { url, seen }
}

const text = (response: unknown): string => Buffer.from((response as HttpResponse).body).toString()
const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`

describe('httpArgumentsConflict', () => {
  it.each<[HttpClientArguments, string | undefined]>([
    [{}, undefined],
    [{ basic_auth: { username: 'a', password: secret('b') } }, undefined],
    [{ bearer_token: secret(''), basic_auth: {} }, undefined],
    [{ basic_auth: {}, authorization: {} }, 'at most one of basic_auth and authorization may be set'],
    [
      { bearer_token: secret('x'), bearer_token_file: 'y' },
      'at most one of bearer_token and bearer_token_file may be set',
    ],
    [
      { basic_auth: { password: secret('x'), password_file: 'y' } },
      'at most one of password and password_file may be set',
    ],
    [
      { authorization: { credentials: secret('x'), credentials_file: 'y' } },
      'at most one of credentials and credentials_file may be set',
    ],
    [{ authorization: { type: ' Basic ' } }, 'authorization type "basic" is not allowed, use the basic_auth block'],
    [{ oauth2: { client_id: 'a', token_url: 'http://x' } }, 'oauth2 needs one of client_secret and client_secret_file'],
    [{ oauth2: { client_id: '', token_url: 'http://x' } }, 'oauth2 needs a client_id'],
    [{ tls_config: { ca_pem: 'x', ca_file: 'y' } }, 'at most one of ca_pem and ca_file may be set'],
    [{ tls_config: { cert_file: 'x' } }, 'a client certificate needs its key: set key_file or key_pem'],
    [{ http_headers: new Map([['user-agent', [secret('x')]]]) }, 'http_headers may not set the header user-agent'],
    [{ no_proxy: 'a' }, 'no_proxy needs proxy_url'],
    [{ proxy_url: 'http://a', proxy_from_environment: true }, 'proxy_from_environment excludes proxy_url and no_proxy'],
    [{ proxy_url: 'socks5://a' }, 'proxy_url must be an http or https URL'],
    [{ proxy_connect_header: new Map([['a', []]]) }, 'proxy_connect_header needs a proxy'],
  ])('%# %j', (args, reason) => expect(httpArgumentsConflict(args)).toBe(reason))
})

describe('send', () => {
  it.each<[string, HttpClientArguments, string | undefined]>([
    ['nothing', {}, undefined],
    ['basic_auth', { basic_auth: { username: 'me', password: secret('pä:ss') } }, basic('me:pä:ss')],
    ['basic_auth from a file', { basic_auth: { username: 'me', password_file: '/pw' } }, basic('me:from file')],
    ['authorization', { authorization: { type: 'Token', credentials: secret('abc') } }, 'Token abc'],
    ['authorization with its default type', { authorization: { credentials: secret('abc') } }, 'Bearer abc'],
    ['authorization from a file', { authorization: { credentials_file: '/c' } }, 'Bearer from file'],
    ['bearer_token', { bearer_token: secret('t') }, 'Bearer t'],
    ['bearer_token_file', { bearer_token_file: '/t' }, 'Bearer from file'],
  ])('authorizes with %s', async (_, args, expected) => {
    const { url, seen } = await recording()
    await client(args, { readText: () => Promise.resolve(' from file\n') }).send({ method: 'GET', url })
    expect(seen[0].headers.authorization).toBe(expected)
    expect(seen[0].headers['user-agent']).toBe('Weir/test')
  })

  it('reads a token file for every request, and says when it cannot', async () => {
    let content: string | undefined = 'one'
    const readText = (path: string): Promise<string> =>
      content === undefined
        ? Promise.reject(Object.assign(new Error(), { code: 'ENOENT' }))
        : Promise.resolve(`${path} ${content}`)
    const { url, seen } = await recording()
    const sender = client({ bearer_token_file: '/t' }, { readText })
    await sender.send({ method: 'GET', url })
    content = 'two'
    await sender.send({ method: 'GET', url })
    content = undefined
    expect(await sender.send({ method: 'GET', url })).toEqual({
      kind: 'failure',
      code: 'credentials',
      message: 'bearer_token_file /t could not be read (ENOENT)',
      nextStep: 'Check the path and its permissions.',
      retryable: true,
    })
    expect(seen.map((one) => one.headers.authorization)).toEqual(['Bearer /t one', 'Bearer /t two'])
  })

  it('takes user and password from the URL, and sends http_headers', async () => {
    const { url, seen } = await recording()
    const headers = new Map([['X-Key', [secret('a'), secret('b')]]])
    await client({ http_headers: headers }).send({ method: 'GET', url: url.replace('//', '//u:p%40@') })
    expect(seen[0].headers).toMatchObject({ authorization: basic('u:p@'), 'x-key': 'a, b' })
  })

  it('never shows a secret in a failure', async () => {
    const canary = 'CANARY-7f3a'
    const args: HttpClientArguments = {
      basic_auth: { username: 'u', password: secret(canary) },
      http_headers: new Map([['X-Key', [secret(`${canary}\nbreaks out`)]]]),
      tls_config: { cert_pem: 'x', key_pem: secret(canary) },
    }
    for (const url of [
      `http://u:${canary}@127.0.0.1:1/?t=${canary}`,
      `https://u:${canary}@127.0.0.1:1/`,
      `http://u:${canary}@[`,
      `x://u:${canary}@h`,
    ]) {
      const result = await client(args).send({ method: 'GET', url })
      expect(result.kind).toBe('failure')
      expect(JSON.stringify(result)).not.toContain(canary)
    }
  })

  it('asks for a certificate file that is not there by name', async () => {
    const failed = await client({ tls_config: { ca_file: '/none.pem' } }).send({
      method: 'GET',
      url: 'https://127.0.0.1:1/',
    })
    expect(failed).toMatchObject({ code: 'credentials', message: 'ca_file /none.pem could not be read (ENOENT)' })
  })
})

describe('redirects', () => {
  it('are followed with credentials on the same server, without them elsewhere', async () => {
    const other = await recording(() => [200, {}, 'there'])
    const first = await recording((seen) =>
      seen.url === '/a'
        ? [302, { location: '/b' }]
        : [301, { location: `${other.url.replace('127.0.0.1', 'localhost')}/c` }],
    )
    const args = { bearer_token: secret('t'), http_headers: new Map([['X-Key', [secret('k')]]]) }
    const result = await client(args).send({
      method: 'GET',
      url: `${first.url}/a`,
      headers: [['X-Scope-OrgID', 'tenant'], ['Accept', 'text/plain'], ['Cookie', 'c']], // prettier-ignore
    })
    expect(text(result)).toBe('there')
    expect(first.seen[1]).toMatchObject({
      url: '/b',
      headers: { authorization: 'Bearer t', 'x-key': 'k', cookie: 'c' },
    })
    const { headers } = other.seen[0]
    expect(headers).toMatchObject({ accept: 'text/plain', 'user-agent': 'Weir/test' })
    expect(Object.keys(headers).sort()).toEqual(['accept', 'host', 'user-agent'])
  })

  it('come to an end', async () => {
    const { url, seen } = await recording(() => [302, { location: '/again' }])
    expect(await client({}).send({ method: 'GET', url })).toMatchObject({ code: 'redirect', retryable: false })
    expect(seen).toHaveLength(11)
  })

  it('are not followed when told not to, nor to a metadata service, nor as a GET in place of a POST', async () => {
    const { url, seen } = await recording(() => [302, { location: 'http://169.254.169.254/latest' }])
    expect(await client({ follow_redirects: false }).send({ method: 'GET', url })).toMatchObject({ status: 302 })
    expect(await client({}).send({ method: 'GET', url })).toMatchObject({ code: 'redirect' })
    expect(await client({}).send({ method: 'POST', url, body: Buffer.from('x') })).toMatchObject({ status: 302 })
    expect(seen).toHaveLength(3)
  })

  it('send a body again on 307', async () => {
    const { url, seen } = await recording((one) => (one.url === '/' ? [307, { location: '/b' }] : [204]))
    expect(await client({}).send({ method: 'POST', url, body: Buffer.from('payload') })).toMatchObject({ status: 204 })
    expect(seen[1]).toMatchObject({ method: 'POST', url: '/b', body: 'payload' })
  })

  it('share one deadline', async () => {
    const url = await loopback.listen(
      http.createServer((_, response) => setTimeout(() => response.writeHead(302, { location: '/' }).end(), 40)),
    )
    const started = performance.now()
    expect(await client({}).send({ method: 'GET', url, timeoutMs: 100 })).toMatchObject({ code: 'timeout' })
    expect(performance.now() - started).toBeLessThan(300)
  })
})

describe('oauth2', () => {
  const args = (token_url: string): HttpClientArguments => ({
    oauth2: {
      client_id: 'id',
      client_secret: secret('s&cret'),
      token_url,
      scopes: ['a', 'b'],
      endpoint_params: new Map([['audience', 'x y']]),
    },
  })

  it('fetches one token for many requests, and a new one when it is refused or expires', async () => {
    const issuer = await recording((_, count) => [
      200,
      {},
      JSON.stringify({ access_token: `token${count}`, token_type: 'bearer', expires_in: count === 3 ? 10 : 3600 }),
    ])
    let refuse = false
    const target = await recording(() => [refuse ? 401 : 200])
    const sender = client(args(issuer.url))
    await Promise.all(Array.from({ length: 5 }, () => sender.send({ method: 'GET', url: target.url })))
    expect(issuer.seen).toHaveLength(1)
    expect(Object.fromEntries(new URLSearchParams(issuer.seen[0].body))).toEqual({
      grant_type: 'client_credentials',
      scope: 'a b',
      audience: 'x y',
      client_id: 'id',
      client_secret: 's&cret',
    })
    refuse = true
    expect(await sender.send({ method: 'GET', url: target.url })).toMatchObject({ status: 401 })
    refuse = false
    await sender.send({ method: 'GET', url: target.url })
    expect(target.seen.map((one) => one.headers.authorization).slice(-2)).toEqual(['Bearer token1', 'Bearer token2'])
  })

  it.each<[number, string]>([
    [401, '{"error":"s&cret is wrong"}'],
    [200, '{}'],
    [200, 'not JSON'],
    [200, '{"access_token":"a\\nb"}'],
    [200, '[]'],
    [200, 'null'],
  ])('fails in plain words when the issuer answers %i %s', async (status, body) => {
    const issuer = await recording(() => [status, {}, body])
    const target = await recording()
    const failed = await client(args(issuer.url)).send({ method: 'GET', url: target.url })
    expect(failed).toMatchObject({
      kind: 'failure',
      code: 'credentials',
      retryable: true,
      message: expect.stringMatching(/^no OAuth 2 token: /) as string,
    })
    expect(JSON.stringify(failed)).not.toContain('s&cret')
    expect(target.seen).toHaveLength(0)
  })
})

describe('proxies and HTTP/2', () => {
  /** A proxy that forwards and tunnels, and keeps what it was asked. */
  async function proxy(): Promise<{ url: string; asked: string[] }> {
    const asked: string[] = []
    const server = http.createServer((request, response) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers['proxy-authorization'] ?? '-'}`)
      const onward = http.request(request.url ?? '', { method: request.method, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
      })
      request.pipe(onward)
    })
    server.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
      asked.push(`CONNECT ${request.url ?? ''} ${request.headers['proxy-authorization'] ?? '-'}`)
      if (request.url?.startsWith('forbidden') === true) {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
        return
      }
      const port = Number(request.url?.split(':')[1])
      const onward = net.connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
        onward.pipe(socket).pipe(onward)
      })
      onward.on('error', () => socket.destroy())
      socket.on('error', () => onward.destroy())
      loopback.after(() => onward.destroy())
    })
    return { url: await loopback.listen(server), asked }
  }

  async function http2Only(): Promise<{ url: string; cert: string }> {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    })
    const server = http2.createSecureServer({ cert, key, allowHTTP1: false }, (request, response) => {
      response.end(`${request.httpVersion} ${request.headers.authorization ?? ''}`)
    })
    server.on('session', (session) => loopback.after(() => session.destroy()))
    const url = await loopback.listen(server)
    return { url: url.replace('http://127.0.0.1', 'https://localhost'), cert }
  }

  it('goes through a proxy for http, with credentials for both', async () => {
    const { url: proxyUrl, asked } = await proxy()
    const { url, seen } = await recording(() => [200, {}, 'behind'])
    const sender = client({ proxy_url: proxyUrl.replace('//', '//pu:pp@'), bearer_token: secret('t') })
    expect(text(await sender.send({ method: 'POST', url: `${url}/x?y`, body: Buffer.from('body') }))).toBe('behind')
    expect(asked).toEqual([`POST ${url}/x?y ${basic('pu:pp')}`])
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/x?y', body: 'body', headers: { authorization: 'Bearer t' } })
    expect(await sender.send({ method: 'GET', url, limits: { bodyBytes: 3 } })).toMatchObject({
      code: 'response_too_large',
    })
    let streamed = ''
    const end = await sender.stream({
      method: 'GET',
      url,
      onBytes: (bytes) => void (streamed += Buffer.from(bytes).toString()),
    })
    expect([end.kind, streamed]).toEqual(['ended', 'behind'])
  })

  it('tunnels https through a proxy, and says when the proxy refuses', async () => {
    const { url: proxyUrl, asked } = await proxy()
    const server = await http2Only()
    const sender = client({ proxy_url: proxyUrl, tls_config: { ca_pem: server.cert }, enable_http2: true })
    const refused = await sender.send({ method: 'GET', url: 'https://forbidden.invalid/' })
    expect(refused).toMatchObject({
      kind: 'failure',
      code: 'proxy',
      message: expect.stringContaining('user and password') as string,
    })
    await sender.send({ method: 'GET', url: server.url, timeoutMs: 3000 })
    expect(asked[1]).toBe(`CONNECT ${new URL(server.url).host} -`)
  })

  it('leaves out what no_proxy names', async () => {
    const { url: proxyUrl, asked } = await proxy()
    const { url } = await recording()
    expect(await client({ proxy_url: proxyUrl, no_proxy: 'example.org' }).send({ method: 'GET', url })).toMatchObject({
      status: 200,
    })
    expect(asked).toEqual([])
  })

  it('falls back to HTTP/2 where a server speaks nothing else, unless told not to', async () => {
    const { url, cert } = await http2Only()
    const args = { tls_config: { ca_pem: cert }, bearer_token: secret('t') }
    const sender = client(args)
    expect(text(await sender.send({ method: 'GET', url, timeoutMs: 3000 }))).toBe('2.0 Bearer t')
    expect(text(await sender.send({ method: 'GET', url, timeoutMs: 3000 }))).toBe('2.0 Bearer t')
    expect(await client({ ...args, enable_http2: false }).send({ method: 'GET', url, timeoutMs: 3000 })).toMatchObject({
      code: 'no_protocol',
      nextStep: 'Set enable_http2 = true.',
    })
  })
})
