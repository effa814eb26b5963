import { expect, test } from 'vitest'
import type { Pipeline, StatsFrame } from '../../collector-core/protocol.ts'
import { FakeClient } from '../bridge/fake.ts'
import { unused } from '../bridge/fake-answers.ts'
import { Cell } from '../model/cell.ts'
import { Connection } from './connection.ts'

const pipeline = (...ids: readonly string[]): Pipeline => ({
  kind: 'pipeline',
  nodes: ids.map((id) => ({ id, name: id, label: '', summary: '', stage: 'send', fact: '', takes: [], gives: [] })),
  edges: [],
})
const frame = (at: number, ...ids: readonly string[]): StatsFrame => ({
  kind: 'stats',
  at,
  components: ids.map((id) => ({ id, health: { state: 'healthy', message: '', since: 0 }, dropped: {} })),
  edges: [],
})

function connected() {
  const client = new FakeClient(unused)
  const visible = new Cell(true)
  const connection = new Connection({ client, servedBy: 'host', visible })
  const stop = connection.start()
  return { client, visible, connection, stop }
}

const running = { kind: 'running', address: '127.0.0.1:1', since: 0, demo: false } as const

test('the pipeline and the numbers arrive', () => {
  const { client, connection } = connected()
  expect(connection.state.get()).toBe('connecting')
  client.send('collectorState', running)
  expect(connection.state.get()).toBe('waiting')
  client.send('frames', pipeline('a'))
  client.send('frames', frame(1000, 'a'))
  expect(connection.state.get()).toBe('live')
  expect(connection.numbers.component('a').get()?.health.state).toBe('healthy')
})

test('an unchanged pipeline stays the same object, so that nothing is drawn again', () => {
  const { client, connection } = connected()
  client.send('frames', pipeline('a'))
  const before = connection.pipeline.get()
  client.send('frames', pipeline('a'))
  expect(connection.pipeline.get()).toBe(before)
  client.send('frames', pipeline('a', 'b'))
  expect(connection.pipeline.get()?.nodes).toHaveLength(2)
})

test('a lost host keeps the last picture, and so does a collector that stopped or died', () => {
  const { client, connection } = connected()
  client.send('collectorState', running)
  client.send('frames', pipeline('a'))
  client.become({ kind: 'lost', since: 5 })
  expect(connection.state.get()).toBe('lost')
  expect(connection.pipeline.get()?.nodes).toHaveLength(1)
  client.become({ kind: 'open', version: '' })
  expect(connection.state.get()).toBe('live')
  client.send('collectorState', { kind: 'restarting', afterMs: 500, words: 'killed' })
  expect(connection.state.get()).toBe('restarting')
  expect(connection.pipeline.get()?.nodes).toHaveLength(1)
  client.send('frames', frame(1_000, 'a'))
  client.send('collectorState', { kind: 'stopped' })
  expect(connection.state.get()).toBe('stopped')
  expect(connection.pipeline.get()?.nodes).toHaveLength(1)
  expect(connection.numbers.component('a').get()?.health.state).toBe('exited')
})

test('a stopped collector ended once, however often its state is told', async () => {
  const { client, connection } = connected()
  client.send('frames', frame(1_000, 'a'))
  client.send('collectorState', { kind: 'stopped' })
  const ended = connection.numbers.component('a').get()
  await new Promise((resolve) => setTimeout(resolve, 5))
  client.send('collectorState', { kind: 'stopped' })
  expect(connection.numbers.component('a').get()).toBe(ended)
})

test('a hidden page is sent no frames, and asks for them again when it is seen', () => {
  const { client, visible } = connected()
  expect(client.listening('frames')).toHaveLength(1)
  visible.set(false)
  expect(client.listening('frames')).toHaveLength(0)
  visible.set(true)
  expect(client.listening('frames')).toHaveLength(1)
})

test('leaves nothing behind when it ends', () => {
  const { client, visible, stop } = connected()
  stop()
  visible.set(true)
  expect(client.listening('frames')).toHaveLength(0)
  expect(client.listening('collectorState')).toHaveLength(0)
})
