import { expect, test } from 'vitest'
import { WeirError } from '../../collector-core/weir-error.ts'
import { ChannelClient } from './channel-client.ts'
import type { ChannelListener } from './channel-client.ts'
import type { HostConnection } from './client.ts'
import type { WindowMessage } from './window-message.ts'

function harness() {
  const opened: { listener: ChannelListener; sent: WindowMessage[] }[] = []
  const pauses: { ms: number; action: () => void }[] = []
  const states: HostConnection['kind'][] = []
  const client = new ChannelClient({
    open(listener) {
      const sent: WindowMessage[] = []
      opened.push({ listener, sent })
      return { send: (message) => sent.push(message) }
    },
    later: (ms, action) => pauses.push({ ms, action }),
    now: () => 1_000,
    random: () => 0.5,
  })
  client.watchConnection(({ kind }) => states.push(kind))
  const last = () => opened[opened.length - 1]
  return {
    client,
    pauses,
    states,
    get sent() {
      return last().sent
    },
    says: (message: Parameters<ChannelListener['message']>[0]) => last().listener.message(message),
    listener: () => last().listener,
    welcome: () => last().listener.message({ kind: 'welcome', version: '1' }),
    close: (refusal?: { message: string; nextStep: string }) => last().listener.closed(refusal),
    retry: () => pauses.shift()?.action(),
  }
}

const failure = { code: 'bad-thing', message: 'It broke.', nextStep: 'Mend it.' }

test('a call asked before the host answers is sent once it does, and gets its own answer', async () => {
  const host = harness()
  const first = host.client.call('runningConfig', {})
  const second = host.client.call('settings', {})
  expect(host.sent).toEqual([])
  host.welcome()
  expect(host.sent).toEqual([
    { kind: 'call', id: 1, name: 'runningConfig', args: {} },
    { kind: 'call', id: 2, name: 'settings', args: {} },
  ])
  host.says({ kind: 'failure', id: 2, failure })
  host.says({ kind: 'answer', id: 1, value: 'text' })
  host.says({ kind: 'answer', id: 1, value: 'again' })
  expect(await first).toBe('text')
  await expect(second).rejects.toEqual(new WeirError('bad-thing', 'It broke.', 'Mend it.'))
})

test('calls under way are rejected when the host goes, and not sent a second time', async () => {
  const host = harness()
  host.welcome()
  const call = host.client.call('stopCollector', {})
  host.close()
  await expect(call).rejects.toMatchObject({ code: 'host-lost' })
  await expect(host.client.call('settings', {})).rejects.toMatchObject({ code: 'host-lost' })
  host.retry()
  host.welcome()
  expect(host.sent).toEqual([])
})

test('subscriptions begin again with the host, and say so', () => {
  const host = harness()
  const events: unknown[] = []
  let restarts = 0
  host.client.subscribe('collectorState', {}, (event) => events.push(event), { restarted: () => restarts++ })
  const leave = host.client.subscribe('frames', {}, () => undefined)
  host.welcome()
  host.says({ kind: 'event', id: 1, value: { kind: 'stopped' } })
  expect(host.sent).toContainEqual({ kind: 'taken', id: 1 })
  leave()
  expect(host.sent).toContainEqual({ kind: 'unsubscribe', id: 2 })
  expect(restarts).toBe(0)
  host.close()
  host.retry()
  host.welcome()
  expect(restarts).toBe(1)
  expect(host.sent).toEqual([{ kind: 'subscribe', id: 1, name: 'collectorState', args: {} }])
  host.says({ kind: 'event', id: 1, value: { kind: 'starting' } })
  expect(events).toEqual([{ kind: 'stopped' }, { kind: 'starting' }])
})

test('a stream the host ends tells why and is not asked for again', () => {
  const host = harness()
  const ends: string[] = []
  host.client.subscribe('tap', {}, () => undefined, { ended: ({ code }) => ends.push(code) })
  host.welcome()
  host.says({ kind: 'ended', id: 1, failure })
  host.close()
  host.retry()
  host.welcome()
  expect(ends).toEqual(['bad-thing'])
  expect(host.sent).toEqual([])
})

test('a lost host is tried again, each time later up to five seconds, until it answers', () => {
  const host = harness()
  const pauses: number[] = []
  for (let round = 0; round < 7; round++) {
    host.close()
    pauses.push(host.pauses[0].ms)
    host.retry()
  }
  expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000])
  host.welcome()
  host.close()
  expect(host.pauses[0].ms).toBe(250)
  expect(host.states.slice(-2)).toEqual(['open', 'lost'])
})

test('a refusal is final and its words reach the callers', async () => {
  const host = harness()
  const call = host.client.call('settings', {})
  host.close({ message: 'Not let in.', nextStep: 'Use the address.' })
  await expect(call).rejects.toMatchObject({ code: 'host-refused', message: 'Not let in.' })
  await expect(host.client.call('settings', {})).rejects.toMatchObject({ nextStep: 'Use the address.' })
  expect(host.states).toEqual(['connecting', 'refused'])
  expect(host.pauses).toEqual([])
})

test('a channel that was replaced is heard no more', () => {
  const host = harness()
  host.welcome()
  const events: unknown[] = []
  host.client.subscribe('collectorState', {}, (event) => events.push(event))
  const before = host.listener()
  before.closed()
  before.closed()
  expect(host.pauses).toHaveLength(1)
  host.retry()
  before.message({ kind: 'event', id: 1, value: { kind: 'stopped' } })
  expect(events).toEqual([])
})
