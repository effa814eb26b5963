// Backends somebody else runs: the embedded backend behind a server that wants a tenant, a user name and a password.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { IncomingMessage, RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { generate } from 'selfsigned'
import type { WeirError } from '../../../collector-core/weir-error.ts'
import type { RemoteEndpoint, RemoteName } from '../../contract/stack.ts'
import { findLines } from '../../explore/loki.ts'
import { startEmbeddedBackend } from '../embedded/embedded-backend.ts'
import { thisMachine } from '../engine/find-engine.ts'
import { proveStack } from '../proof/prove-stack.ts'
import { queryEndpoints } from '../query-endpoints.ts'
import { Stack } from '../stack.ts'
import { testRemote } from './test-remote.ts'

const password = 'correct-horse-battery'
const basic = `Basic ${Buffer.from(`me:${password}`).toString('base64')}`
const nobody = '127.0.0.1:1'
const closing: (() => unknown)[] = []
let folder: string
let gate: string
let asked: IncomingMessage[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weir-remote-'))
  asked = []
  const free = { host: '127.0.0.1', port: 0 }
  const backend = await startEmbeddedBackend({
    directory: join(folder, 'data'),
    listen: { loki: free, mimir: free, tempo: free, otlpGrpc: free, otlpHttp: free },
  })
  closing.push(() => backend.stop())
  gate = await listening(createServer(letIn(backend.addresses)))
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  rmSync(folder, { recursive: true, force: true })
})

/** `/loki/…` of the gate is `/…` of the backend's Loki port, and so on, for whoever is let in. */
const letIn =
  (addresses: Readonly<Partial<Record<string, string>>>): RequestListener =>
  (incoming, outgoing) => {
    asked.push(incoming)
    const { authorization, 'x-scope-orgid': tenant } = incoming.headers
    if (authorization !== basic) return void outgoing.writeHead(401).end(`no access for ${authorization}`)
    if (tenant !== 'team') return void outgoing.writeHead(401).end('no org id')
    const [, name, path] = /^\/(\w+)(\/.*)$/.exec(incoming.url ?? '') ?? []
    const address = addresses[name]
    if (address === undefined) return void outgoing.writeHead(404).end('404 page not found')
    const [host, port] = address.split(':')
    const headers = { ...incoming.headers, host: address }
    const onward = request({ host, port, path, method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  }

/** Listens until the test ends; answers with `host:port`. */
async function listening(server: Server & { closeAllConnections?(): void }): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections?.()
    server.close()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const remote = (name: RemoteName, change: Partial<RemoteEndpoint> = {}): RemoteEndpoint => ({
  name,
  url: `http://${gate}/${name}${name === 'mimir' ? '/prometheus' : ''}`,
  writeUrl: name === 'tempo' ? `http://${gate}/otlpHttp` : undefined,
  tenant: 'team',
  username: 'me',
  secret: 'team-password',
  ...change,
})
const secrets = (name: string): Promise<string | undefined> =>
  Promise.resolve({ 'team-password': password, 'old-password': 'hunter2' }[name])

async function open(): Promise<Stack> {
  const stack = await Stack.open({
    folder: join(folder, 'stack'),
    userAgent: 'Weir/test',
    launchBackend: () => {
      throw new Error('nothing is started for remote backends')
    },
    config: () => undefined,
    secret: secrets,
    machine: { ...thisMachine, platform: 'linux', home: folder, env: { DOCKER_HOST: `unix://${folder}/none.sock` } },
  })
  closing.push(() => stack.close())
  return stack
}

test('a stack elsewhere is asked, proven and explored with its tenant and password, which stand nowhere in clear', async () => {
  const stack = await open()
  await stack.change({ provider: 'remote' })
  for (const name of ['loki', 'tempo', 'mimir'] as const) await stack.saveRemote(remote(name))
  expect(await stack.start()).toMatchObject({ kind: 'done' })
  expect(stack.state.cards.map(({ backend, state }) => [backend, state])).toEqual([
    ['loki', 'ready'],
    ['tempo', 'ready'],
    ['mimir', 'ready'],
  ])
  const { ticks, traceId } = await proveStack(stack, nobody)
  expect(ticks.map(({ state }) => state)).toEqual(['passed', 'passed', 'passed', 'skipped', 'skipped', 'skipped'])
  const { logs } = queryEndpoints(stack)!
  const lines = await findLines(logs, {
    query: '{service_name="weir-proof"}',
    from: Date.now() - 60_000,
    to: Date.now() + 1_000,
    limit: 10,
  })
  expect(lines.lines.map((line) => line.traceId)).toEqual([traceId])
  expect(asked.every(({ headers }) => headers.authorization === basic && headers['x-scope-orgid'] === 'team')).toBe(
    true,
  )
  const kept = readdirSync(join(folder, 'stack')).map((file) => readFileSync(join(folder, 'stack', file), 'utf8'))
  expect(kept.join('\n')).toContain('team-password')
  for (const text of [...kept, JSON.stringify(stack.state)]) expect(text).not.toMatch(/correct-horse|Basic /)
})

test.each([
  ['a wrong password', { secret: 'old-password' }, 'denied', 'refuses the credentials (HTTP 401)'],
  ['no credentials', { username: undefined, secret: undefined }, 'denied', 'refuses the credentials'],
  ['a secret that is not stored', { secret: 'lost' }, 'no-secret', 'no stored secret "lost"'],
  ['no tenant', { tenant: undefined }, 'no-tenant', 'loki wants a tenant: no org id'],
  ['another path', { url: 'http://GATE/nothing' }, 'wrong-path', 'not on the path of loki'],
  ['a port nobody listens at', { url: 'http://127.0.0.1:2' }, 'refused', 'nothing listens at 127.0.0.1:2'],
  ['a name that is none', { url: 'http://no-such-host.invalid' }, 'no-such-host', 'does not resolve'],
  ['TLS where there is none', { url: 'https://GATE/loki' }, 'no-tls', 'does not speak TLS'],
] as const)('%s is said in words', async (_, change, code, words) => {
  const url = 'url' in change ? { url: change.url.replace('GATE', gate) } : {}
  const found = await testRemote(remote('loki', { ...change, ...url }), secrets)
  expect(found).toMatchObject({ state: 'failed', problem: { code } })
  expect(found.words).toContain(words)
  expect(JSON.stringify(found)).not.toMatch(/correct-horse|hunter2|Basic [A-Za-z0-9]/)
  expect(found.problem?.nextStep).not.toBe('')
})

test('a server that is something else, or repeats what it was sent, is said without what it repeats', async () => {
  const page = await listening(createServer((_, answer) => answer.end('<html>a page</html>')))
  expect(await testRemote(remote('mimir', { url: `http://${page}` }), secrets)).toMatchObject({
    problem: { code: 'not-it' },
  })
  const echo = await listening(
    createServer((incoming, answer) => answer.writeHead(500).end(`you sent ${incoming.headers.authorization}`)),
  )
  const { words } = await testRemote(remote('mimir', { url: `http://${echo}` }), secrets)
  expect(words).toBe('mimir answered HTTP 500: you sent Basic …')
})

test('a certificate nobody vouches for is refused', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'self' }], { keySize: 2048 })
  const safe = await listening(createTlsServer({ key, cert }, (_, answer) => answer.end('{}')))
  const found = await testRemote(remote('loki', { url: `https://${safe}` }), secrets)
  expect(found).toMatchObject({ problem: { code: 'bad-certificate' } })
  expect(found.words).toContain(`the certificate of ${safe} is not trusted`)
  expect(found.problem?.nextStep).toContain('NODE_EXTRA_CA_CERTS')
})

test('an address in a file that holds a password is refused without repeating it', async () => {
  mkdirSync(join(folder, 'stack'))
  const file = join(folder, 'stack', 'remotes.json')
  writeFileSync(file, JSON.stringify([{ name: 'loki', url: 'https://me:hunter2@logs.example.net' }]))
  const failure = (await open().catch((error: unknown) => error)) as WeirError
  expect(failure).toMatchObject({ code: 'bad-remotes' })
  expect(`${failure.message} ${failure.nextStep}`).not.toContain('hunter2')
})
