import { chmodSync, mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { chooseApiVersion } from './api-version.ts'
import type { ContainerEvent, DockerEngine } from './engine.ts'
import { openEngine } from './open-engine.ts'
import { FakeDocker } from './testing/fake-docker.ts'
import { quickClock } from './testing/quick-clock.ts'
import { asOrdinaryUser } from '../testing/ordinary-user.ts'

const clock = quickClock(50)
const never = new AbortController().signal
let docker: FakeDocker
let engine: DockerEngine

beforeEach(async () => {
  docker = new FakeDocker(join(mkdtempSync(join(tmpdir(), 'weir-docker-')), 'docker.sock'))
  await docker.start()
  engine = openEngine(docker.host, undefined, { clock, userAgent: 'Weir/test' })
})

afterEach(async () => {
  engine.close()
  await docker.stop()
})

test.each([
  ['1.41', '1.12', '1.41'],
  ['1.55', '1.40', '1.47'],
  ['1.60', '1.50', '1.50'],
  [undefined, undefined, '1.47'],
  ['nonsense', '', '1.47'],
])('the API version is clamped: engine %s to %s', (maximum, minimum, expected) => {
  expect(chooseApiVersion(maximum, minimum)).toBe(expected)
})

test('containers, networks and state are read', async () => {
  const id = docker.create({ labels: { app: 'web' }, terminal: true })
  docker.startContainer(id)
  docker.create({ name: 'stopped' })
  docker.networks = [{ Id: 'n1', Name: 'bridge', Scope: 'local', Internal: false, Ingress: false, Labels: null }]
  const listed = await engine.containers({ filters: new Map([['status', ['running']]]) }, never)
  expect(listed).toMatchObject({
    kind: 'answer',
    value: [{ id, names: ['/app-1'], labels: new Map([['app', 'web']]) }],
  })
  expect(docker.requests.at(-1)).toContain(encodeURIComponent('{"status":["running"]}'))
  expect(await engine.containers({ all: true }, never)).toMatchObject({ value: { length: 2 } })
  expect(await engine.networks(never)).toMatchObject({ value: [{ id: 'n1', name: 'bridge', labels: new Map() }] })
  expect(await engine.inspect(id, never)).toMatchObject({ value: { running: true, terminal: true } })
  expect(await engine.inspect('f'.repeat(64), never)).toMatchObject({ kind: 'failure', code: 'not_found' })
})

test('events arrive once the stream is open, and its end is reported', async () => {
  const events: ContainerEvent[] = []
  const id = docker.create()
  const opened = new Promise<void>((resolve) => {
    void engine
      .events(resolve, (event) => events.push(event), never)
      .then((failure) => {
        events.push({ type: 'container', action: failure.code, containerId: '' })
      })
  })
  await opened
  docker.startContainer(id)
  await expect.poll(() => events).toEqual([{ type: 'container', action: 'start', containerId: id }])
  docker.dropEventStreams()
  await expect.poll(() => events.at(-1)?.action).toBe('unreachable')
})

test('an engine that does not answer is given up in time', async () => {
  await docker.stop()
  const sockets: Socket[] = []
  const silent = createServer((socket) => sockets.push(socket))
  await new Promise<void>((resolve) => silent.listen(docker.socketPath, resolve))
  expect(await engine.containers({}, never)).toMatchObject({ kind: 'failure', code: 'timeout' })
  for (const socket of sockets) socket.destroy()
  silent.close()
})

test('what stands in the way is said in plain words', async () => {
  docker.fault = () => 500
  expect(await engine.containers({}, never)).toMatchObject({
    code: 'rejected',
    message: expect.stringContaining('fault 500') as string,
  })
  await docker.stop()
  expect(await engine.containers({}, never)).toMatchObject({
    code: 'unreachable',
    message: `Docker is not running: the socket of ${docker.host} does not exist`,
  })
  const stopped = new AbortController()
  stopped.abort()
  expect(await engine.inspect('a', stopped.signal)).toMatchObject({ code: 'stopped' })
})

test('a socket without permission is explained', async () => {
  chmodSync(docker.socketPath, 0)
  expect(await asOrdinaryUser(() => engine.containers({}, never))).toMatchObject({
    code: 'denied',
    nextStep: expect.stringContaining('group `docker`') as string,
  })
})

test('a log driver that cannot be read is told apart from other failures', async () => {
  const id = docker.create({ readable: false })
  expect(await engine.logs(id, { since: 0, follow: false }, () => undefined, never)).toMatchObject({
    code: 'unsupported',
    nextStep: expect.stringContaining('json-file') as string,
  })
})

test('logs are delivered and the requested part is asked for', async () => {
  const id = docker.create()
  docker.write(id, ['one', 'two'])
  let received = ''
  const end = await engine.logs(
    id,
    { since: 5, follow: false, tail: 1 },
    (bytes) => {
      received += Buffer.from(bytes).toString('latin1')
    },
    never,
  )
  expect(end).toEqual({ kind: 'answer', value: 'ended' })
  expect(received).toContain('two')
  expect(received).not.toContain('one')
  expect(docker.requests.at(-1)).toBe(`/containers/${id}/logs?stdout=1&stderr=1&timestamps=1&follow=0&since=5&tail=1`)
})
