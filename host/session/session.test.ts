import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FakeClock } from '../../collector-core/testing/fake-clock.ts'
import { mostCalls, mostEventsUnderWay, mostSubscriptions } from '../contract/transport.ts'
import { weirApi } from '../contract/weir-api.ts'
import { testHost, TestWindow } from '../testing/test-host.ts'
import type { Handlers } from './handlers.ts'

/** Every call answered with its own arguments, every stream with nothing. */
function echoing(): Handlers {
  const calls = Object.fromEntries(Object.keys(weirApi.calls).map((name) => [name, (args: unknown) => args]))
  const streams = Object.fromEntries(
    Object.keys(weirApi.streams).map((name) => [name, { begin: () => () => undefined, merge: () => [] }]),
  )
  return { calls, streams } as unknown as Handlers
}

test('every call and stream of the table has a handler, and there is no other', () => {
  const { host } = testHost()
  expect(Object.keys(host.handlers.calls).sort()).toEqual(Object.keys(weirApi.calls).sort())
  expect(Object.keys(host.handlers.streams).sort()).toEqual(Object.keys(weirApi.streams).sort())
})

test.each(Object.keys(weirApi.calls))('%s takes no arguments it does not know', async (name) => {
  const window = new TestWindow({ handlers: echoing() })
  for (const args of [{ unknownThing: 1 }, 'text', 7, [], [{}]]) {
    const answer = await window.call(name, args)
    expect(answer).toMatchObject({ kind: 'failure', failure: { code: 'bad-arguments' } })
  }
})

test.each(Object.keys(weirApi.streams))('the stream %s takes no arguments it does not know', (name) => {
  const window = new TestWindow({ handlers: echoing() })
  const id = window.subscribe(name, { unknownThing: 1 })
  expect(window.heard).toContainEqual({
    kind: 'ended',
    id,
    failure: expect.objectContaining({ code: 'bad-arguments' }) as object,
  })
})

test('bad arguments are named, and their values are not repeated', async () => {
  const window = new TestWindow({ handlers: echoing() })
  const answer = await window.call('saveSecret', { name: 'token', value: { secret: 'hunter2' } })
  expect(answer).toMatchObject({ failure: { message: expect.stringContaining('value: ') as string } })
  expect(JSON.stringify(answer)).not.toContain('hunter2')
})

test.each(['nope', '', 'constructor', '__proto__', 'toString', 'frames'])('there is no call "%s"', async (name) => {
  expect(await new TestWindow({ handlers: echoing() }).call(name)).toMatchObject({ failure: { code: 'unknown-name' } })
})

test('a defect is reported here, and the window only hears that there was one', async () => {
  const handlers = echoing()
  const broken: Handlers = {
    ...handlers,
    calls: {
      ...handlers.calls,
      runningConfig: () => {
        throw new TypeError('password is undefined')
      },
    },
  }
  const window = new TestWindow({ handlers: broken })
  const answer = await window.call('runningConfig')
  expect(answer).toMatchObject({ kind: 'failure', failure: { code: 'defect' } })
  expect(JSON.stringify(answer)).not.toContain('password')
  expect(window.defects).toHaveLength(1)
})

test('messages that are none of the protocol are refused, whatever they are', () => {
  const { session } = new TestWindow({ handlers: echoing() })
  fc.assert(
    fc.property(fc.anything(), (message) => {
      expect(session.hear(message)).toBe(false)
    }),
  )
  expect(session.hear({ kind: 'call', id: 1, name: 'x', args: {}, more: 1 })).toBe(false)
  expect(session.hear({ kind: 'call', id: -1, name: 'x', args: {} })).toBe(false)
  expect(session.hear({ kind: 'taken', id: 99 })).toBe(true)
  expect(session.hear({ kind: 'unsubscribe', id: 99 })).toBe(true)
})

test('calls and subscriptions have a limit, and room comes back', async () => {
  let release: (() => void)[] = []
  const handlers = echoing()
  const slow: Handlers = {
    ...handlers,
    calls: { ...handlers.calls, runningConfig: () => new Promise((resolve) => release.push(() => resolve(''))) },
  }
  const window = new TestWindow({ handlers: slow })
  const calls = Array.from({ length: mostCalls }, () => window.call('runningConfig'))
  expect(await window.call('settings')).toMatchObject({ failure: { code: 'too-many-calls' } })
  for (const end of release.splice(0)) end()
  await Promise.all(calls)
  expect(await window.call('settings')).toMatchObject({ kind: 'answer' })
  release = []

  const ids = Array.from({ length: mostSubscriptions + 1 }, () => window.subscribe('frames'))
  const ended = (id: number) => window.heard.some((message) => message.kind === 'ended' && message.id === id)
  expect(ids.map(ended)).toEqual([...Array<boolean>(mostSubscriptions).fill(false), true])
  window.send({ kind: 'unsubscribe', id: ids[0] })
  expect(ended(window.subscribe('frames'))).toBe(false)
})

test('a window that takes nothing gets few events, and the newest when it takes again', async () => {
  const clock = new FakeClock()
  const { host, collectors } = testHost({ clock })
  await host.supervisor.start({ file: 'a', text: '' })
  await clock.advance(0)
  const window = new TestWindow(host)
  const frames = window.subscribe('frames')
  const logs = window.subscribe('collectorLog')
  const stats = (at: number) => ({ kind: 'stats' as const, at, components: [], edges: [] })
  const picture = { kind: 'pipeline' as const, nodes: [], edges: [] }
  const [collector] = collectors.launched
  for (let at = 0; at < 1_000; at++) {
    collector.says({ kind: 'frame', frame: stats(at) })
    if (at === 500) collector.says({ kind: 'frame', frame: picture })
    collector.says({ kind: 'log', lines: [{ at, level: 'info', component: undefined, message: 'x'.repeat(10) }] })
  }
  expect(window.events(frames)).toHaveLength(mostEventsUnderWay)
  for (let count = 0; count < mostEventsUnderWay; count++) {
    window.send({ kind: 'taken', id: frames })
    window.send({ kind: 'taken', id: logs })
  }
  expect(window.events(frames).slice(mostEventsUnderWay)).toEqual([picture, stats(999)])
  const lines = (window.events(logs) as { at: number }[][]).flat().map(({ at }) => at)
  expect(lines).toEqual(Array.from({ length: 1_000 }, (_, at) => at))
})

test('everything ends with the window', async () => {
  const clock = new FakeClock()
  const { host, collectors } = testHost({ clock })
  await host.supervisor.start({ file: 'a', text: '' })
  await clock.advance(0)
  const window = new TestWindow(host)
  window.subscribe('frames')
  await clock.advance(0)
  window.session.end()
  await clock.advance(0)
  expect(collectors.launched[0].heard.at(-1)).toEqual({ kind: 'watch', watched: false })
  const { length } = window.heard
  window.send({ kind: 'call', id: 900, name: 'runningConfig', args: {} })
  await clock.advance(0)
  expect(window.heard).toHaveLength(length)
})
