import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { largestMessageBytes, socketPath } from '../contract/transport.ts'
import { testHost } from '../testing/test-host.ts'
import { Access, installationToken } from './access.ts'
import { UiServer } from './ui-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'weir-ui-'))
const tokenPath = join(folder, 'app', 'token')
let token = ''
let access: Access
let server: UiServer
let port = 0

beforeAll(async () => {
  token = await installationToken(tokenPath)
  access = new Access(token)
  const { host } = testHost()
  const html = Buffer.from('<html><head><title>W</title></head></html>')
  const file = { contentType: 'text/html; charset=utf-8', cacheControl: 'no-store', body: html }
  server = new UiServer({
    access,
    page: new Map([
      ['/', file],
      ['/assets/a.js', { ...file, contentType: 'text/javascript', cacheControl: 'immutable' }],
    ]),
    session: { handlers: host.handlers, version: '1', report: () => undefined },
  })
  port = (await server.listen({ host: '127.0.0.1', port: 0 })).port
})
afterAll(() => server.close())

const cookie = (): string => access.cookie.split(';')[0]

interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: string
}

function get(path: string, headers: http.OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    request.on('error', reject)
    request.end()
  })
}

test('the token is made once, and nobody else may read it', async () => {
  expect(statSync(tokenPath).mode & 0o777).toBe(0o600)
  expect(await installationToken(tokenPath)).toBe(token)
  expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
  writeFileSync(tokenPath, 'cut off')
  expect(await installationToken(tokenPath)).not.toBe('cut off')
  expect(readFileSync(tokenPath, 'utf8').trim()).toHaveLength(43)
})

test('the printed address gives a cookie that no script reads and no other site sends, and leaves the token behind', async () => {
  const { status, headers } = await get(`/?token=${token}`)
  expect([status, headers.location]).toEqual([303, '/'])
  expect(headers['set-cookie']).toEqual([
    expect.stringMatching(/^weir_session=\S+; Path=\/; HttpOnly; SameSite=Strict$/),
  ])
  expect(headers['set-cookie']?.[0]).not.toContain(token)
  expect(headers['referrer-policy']).toBe('no-referrer')
  const page = await get('/', { Cookie: `other=1; ${cookie()}` })
  expect(page.status).toBe(200)
  expect(page.body).toContain('<meta name="weir-host" content="socket" />')
  expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
})

test.each([
  ['no cookie', {}],
  ['another cookie', { Cookie: 'weir_session=aaaa' }],
  ['the token as a cookie', { Cookie: 'weir_session=TOKEN' }],
  ['two cookies', { Cookie: 'COOKIE; COOKIE' }],
])('%s opens nothing', async (_, headers: { Cookie?: string }) => {
  const sent = headers.Cookie?.replaceAll('COOKIE', cookie()).replace('TOKEN', token)
  for (const path of ['/', '/assets/a.js', '/weir/session', '/?token=wrong', '/?token=', '/nothing']) {
    expect((await get(path, sent === undefined ? {} : { Cookie: sent })).status).toBe(401)
  }
})

test.each([
  ['another host', { Host: 'evil.test' }, 421],
  ['another port', { Host: '127.0.0.1:1' }, 421],
  ['another page', { Origin: 'http://evil.test' }, 403],
  ['a page without an origin', { Origin: 'null' }, 403],
  ['a page on another port', { Origin: 'http://127.0.0.1:1' }, 403],
  ['another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
  ['another local program', { 'Sec-Fetch-Site': 'same-site' }, 403],
  ['a proxy', { 'X-Forwarded-Host': 'evil.test' }, 421],
])('a request by way of %s is refused, cookie or token in hand', async (_, headers, status) => {
  expect((await get('/', { Cookie: cookie(), ...headers })).status).toBe(status)
  const opened = await get(`/?token=${token}`, headers)
  expect(opened.status).toBe(status)
  expect(opened.headers['set-cookie']).toBeUndefined()
})

test('the session says who is let in, and nothing changes by requests', async () => {
  expect((await get('/weir/session', { Cookie: cookie() })).status).toBe(204)
  expect((await get('/', { Cookie: cookie() }, 'POST')).status).toBe(405)
  expect((await get('/..%2fsecret', { Cookie: cookie() })).status).toBe(404)
  expect((await get('/%', { Cookie: cookie() })).status).toBe(404)
})

/** Opens a socket; gives the status that refused it, or the open socket. */
function open(headers: Record<string, string>, path = socketPath): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}?window=a`, { headers })
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
    socket.on('error', reject)
  })
}

const own = (): Record<string, string> => ({ Cookie: cookie(), Origin: `http://127.0.0.1:${port}` })

test.each([
  ['no cookie', (headers: Record<string, string>) => ({ Origin: headers.Origin }), 401],
  ['no origin', (headers: Record<string, string>) => ({ Cookie: headers.Cookie }), 403],
  ['another origin', (headers: Record<string, string>) => ({ ...headers, Origin: 'http://evil.test' }), 403],
  [
    'the page of another program',
    (headers: Record<string, string>) => ({ ...headers, Origin: 'http://127.0.0.1:1' }),
    403,
  ],
  ['another host', (headers: Record<string, string>) => ({ ...headers, Host: 'evil.test' }), 421],
])('a socket with %s is refused', async (_, change, status) => {
  expect(await open(change(own()))).toBe(status)
})

test('there is one socket and no other', async () => {
  expect(await open(own(), '/weir/other')).toBe(404)
})

async function connected(): Promise<{ socket: WebSocket; heard: unknown[]; closed: Promise<number> }> {
  const socket = await open(own())
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
  const heard: unknown[] = []
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString('utf8'))))
  socket.on('error', () => undefined)
  return { socket, heard, closed: new Promise((resolve) => socket.on('close', resolve)) }
}

test('a call is answered over the socket', async () => {
  const { socket, heard } = await connected()
  socket.send(JSON.stringify({ kind: 'call', id: 1, name: 'settings', args: {} }))
  await expect.poll(() => heard).toContainEqual(expect.objectContaining({ kind: 'answer', id: 1 }))
  socket.close()
})

test.each([
  ['no JSON', 'nonsense'],
  ['no message', '{"kind":"other"}'],
  ['binary', Buffer.from('{"kind":"taken","id":1}')],
])('a window that sends %s is closed', async (_, data) => {
  const { socket, closed } = await connected()
  socket.send(data)
  expect(await closed).toBe(1008)
})

test('a message beyond the limit closes the window and never reaches a handler', async () => {
  const { socket, heard, closed } = await connected()
  socket.send(`{"kind":"call","id":1,"name":"settings","args":{"x":"${'x'.repeat(largestMessageBytes)}"}}`)
  expect(await closed).toBe(1009)
  expect(heard).not.toContainEqual(expect.objectContaining({ id: 1 }))
})

test('windows have a limit', async () => {
  const windows = await Promise.all(Array.from({ length: 32 }, () => open(own())))
  expect(await open(own())).toBe(503)
  for (const socket of windows) if (typeof socket !== 'number') socket.terminate()
})
