import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WeirError } from '../../collector-core/weir-error.ts'
import type { Handlers } from '../session/handlers.ts'
import { thisMachine } from '../stack/engine/find-engine.ts'
import { Stack } from '../stack/stack.ts'
import { TestWindow } from '../testing/test-host.ts'
import { stackTopic } from './stack.ts'

let folder: string
const closing: (() => unknown)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weir-stack-handlers-'))
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  rmSync(folder, { recursive: true, force: true })
})

/** A window in front of a stack on a machine without Docker, whose backend process cannot be started. */
function windowOf(stack: () => Promise<Stack> = openStack): TestWindow {
  let opened: Promise<Stack> | undefined
  const topic = stackTopic({
    stack: () => (opened ??= stack()),
    collector: () => '127.0.0.1:1',
    secret: (name) => Promise.resolve(name === 'kept' ? 'hunter2' : undefined),
    userAgent: 'Weir/test',
  })
  return new TestWindow({ handlers: topic as unknown as Handlers })
}

async function openStack(): Promise<Stack> {
  const stack = await Stack.open({
    folder,
    userAgent: 'Weir/test',
    launchBackend: () => {
      throw new WeirError('cannot-launch', 'the backend cannot be started here', 'Nothing: this is a test.')
    },
    config: () => undefined,
    secret: () => Promise.resolve(undefined),
    machine: { ...thisMachine, platform: 'linux', home: folder, env: { DOCKER_HOST: `unix://${folder}/none.sock` } },
  })
  closing.push(() => stack.close())
  return stack
}

const value = async (answer: ReturnType<TestWindow['call']>): Promise<unknown> => {
  const told = await answer
  if (told.kind === 'failure') throw new Error(told.failure.message)
  return told.value
}

test('the state comes at once and after every change, until the window leaves', async () => {
  const window = windowOf()
  const id = window.subscribe('stackState')
  await vi.waitFor(() => expect(window.events(id)).toHaveLength(1))
  expect(window.events(id)[0]).toMatchObject({ provider: 'embedded', phase: 'down' })
  window.send({ kind: 'taken', id })
  expect(await value(window.call('chooseProvider', { provider: 'remote' }))).toMatchObject({ kind: 'done' })
  await vi.waitFor(() => expect(window.events(id).at(-1)).toMatchObject({ provider: 'remote' }))
})

test('a stack that cannot be opened ends the stream with the reason, and fails the calls', async () => {
  const window = windowOf(() => Promise.reject(new WeirError('bad-settings', 'they are no JSON', 'Delete the file.')))
  const id = window.subscribe('stackState')
  await vi.waitFor(() =>
    expect(window.heard).toContainEqual({
      kind: 'ended',
      id,
      failure: expect.objectContaining({ code: 'bad-settings', message: 'they are no JSON' }) as object,
    }),
  )
  expect(await window.call('preflight')).toMatchObject({ failure: { code: 'bad-settings' } })
  expect(window.defects).toEqual([])
})

test('settings answer with the state they make, and every address follows a port', async () => {
  const window = windowOf()
  await window.call('chooseProvider', { provider: 'embedded' })
  const state = await value(window.call('saveStackSettings', { ports: { loki: 43_100 } }))
  expect(state).toMatchObject({
    settings: { ports: { loki: 43_100, tempo: 3200 } },
    endpoints: { lokiPush: 'http://127.0.0.1:43100/loki/api/v1/push' },
  })
  const pointed = await value(
    window.call('pointConfigAtStack', {
      text: 'loki.write "a" { endpoint { url = "http://loki:3100/loki/api/v1/push" } }',
    }),
  )
  expect(pointed).toMatchObject({ changes: [{ to: 'http://127.0.0.1:43100/loki/api/v1/push' }] })
  expect(await window.call('saveStackSettings', { ports: { loki: 0 } })).toMatchObject({
    failure: { code: 'bad-arguments' },
  })
})

test('a start that fails is an answer with the problem, which the state keeps', async () => {
  const window = windowOf()
  const free = Object.fromEntries(
    ['loki', 'tempo', 'tempoGrpc', 'tempoHttp', 'mimir'].map((name, index) => [name, 23_700 + index]),
  )
  await window.call('saveStackSettings', { ports: free })
  const problem = { code: 'cannot-launch', message: 'the backend cannot be started here' }
  expect(await value(window.call('startStack'))).toMatchObject({ kind: 'failed', problem })
  const id = window.subscribe('stackState')
  await vi.waitFor(() => expect(window.events(id).at(-1)).toMatchObject({ problem }))
})

test('a config is not pointed at a stack without addresses, and nothing is proven that does not run', async () => {
  const window = windowOf()
  await window.call('chooseProvider', { provider: 'remote' })
  expect(await window.call('pointConfigAtStack', { text: '' })).toMatchObject({ failure: { code: 'no-endpoints' } })
  expect(await window.call('runProof')).toMatchObject({ failure: { code: 'stack-down' } })
  expect(await value(window.call('doctor', {}))).toMatchObject({ broken: { name: 'pipeline runs' } })
})

test('remote endpoints are kept and forgotten, by the name of their secret only', async () => {
  const window = windowOf()
  const loki = { name: 'loki', url: 'https://logs.example.net', tenant: 'team', secret: 'kept' }
  expect(await value(window.call('saveRemote', loki))).toMatchObject({ remotes: [loki] })
  const changed = { ...loki, tenant: 'others' }
  expect(await value(window.call('saveRemote', changed))).toMatchObject({ remotes: [changed] })
  expect(readFileSync(join(folder, 'remotes.json'), 'utf8')).not.toContain('hunter2')
  expect(await value(window.call('deleteRemote', { name: 'loki' }))).toMatchObject({ remotes: [] })
  for (const url of ['https://me:hunter2@logs.example.net', 'ftp://logs.example.net', 'logs']) {
    const refused = await window.call('saveRemote', { name: 'loki', url })
    expect(refused).toMatchObject({ failure: { code: 'bad-arguments' } })
    expect(JSON.stringify(refused)).not.toContain('hunter2')
  }
})

test('an endpoint is tested as it stands in the form, with the secret it names', async () => {
  const seen: (string | undefined)[] = []
  const server = createServer(({ headers }, answer) => {
    seen.push(headers.authorization)
    answer.end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const window = windowOf()
  expect(await value(window.call('testRemote', { name: 'loki', url, secret: 'kept' }))).toMatchObject({ state: 'ok' })
  expect(seen).toEqual(['Bearer hunter2'])
  expect(await value(window.call('testRemote', { name: 'loki', url, secret: 'lost' }))).toMatchObject({
    state: 'failed',
    problem: { code: 'no-secret' },
  })
})

test('the log of a backend that has none ends with the reason', async () => {
  const window = windowOf()
  await window.call('chooseProvider', { provider: 'remote' })
  const id = window.subscribe('backendLogs', { backend: 'loki' })
  await vi.waitFor(() =>
    expect(window.heard).toContainEqual({
      kind: 'ended',
      id,
      failure: expect.objectContaining({ code: 'unsupported-order' }) as object,
    }),
  )
})
