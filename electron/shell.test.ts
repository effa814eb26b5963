import { EventEmitter } from 'node:events'
import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { HostMessage } from '../host/contract/transport.ts'
import type { FromCollector, ToCollector } from '../host/collector-supervisor/messages.ts'
import { testHost } from '../host/testing/test-host.ts'
import { channels } from './channels.ts'
import { FrameLine } from './frame-line.ts'
import { FramePorts } from './frame-ports.ts'
import { HealthNotices } from './health-notices.ts'
import { keychain } from './keychain.ts'
import { applicationMenu, trayMenu } from './menus.ts'
import { TrayNotice } from './tray-notice.ts'
import { shellWords } from './words.ts'
import { utilityCollectors } from './utility-collectors.ts'
import { windowBridge } from './window-bridge.ts'
import { WindowSessions } from './window-sessions.ts'
import type { SpeakingContents } from './window-sessions.ts'
import { boundsOnDisplays } from './window-state.ts'

/** Both ends of Electron's channels in one process. */
class FakeIpc extends EventEmitter {
  readonly toPage: HostMessage[] = []
  readonly portsToPage: string[] = []
  page: ((message: HostMessage) => void) | undefined
  readonly contents = Object.assign(new EventEmitter(), {
    id: 7,
    send: (channel: string, message: HostMessage) => {
      expect(channel).toBe(channels.message)
      this.toPage.push(structuredClone(message))
      this.page?.(structuredClone(message))
    },
    postMessage: (channel: string, message: null, ports: string[]) => {
      expect([channel, message]).toEqual([channels.frames, null])
      this.portsToPage.push(...ports)
    },
    isDestroyed: () => false,
  })

  says(channel: string, message?: unknown, frame: unknown = { url: 'app://weir/', parent: null }): void {
    this.emit(channel, { sender: this.contents as unknown as SpeakingContents<string>, senderFrame: frame }, message)
  }
}

function shell() {
  const { host } = testHost()
  const ipc = new FakeIpc()
  let pairs = 0
  const frames = new FramePorts(() => ({ port1: `in ${++pairs}`, port2: `out ${pairs}` }))
  const toCollector: string[] = []
  frames.collectorOpened((port) => toCollector.push(port))
  new WindowSessions(ipc, frames, { handlers: host.handlers, version: '1.2.3', report: () => undefined })
  return { ipc, host, frames, toCollector }
}

function bridged() {
  const { ipc, host } = shell()
  const bridge = windowBridge(
    (listener) => {
      ipc.page = (message) => listener.message(message)
      queueMicrotask(() => ipc.says(channels.begin))
      return { send: (message) => ipc.says(channels.message, structuredClone(message)) }
    },
    new FrameLine((watched) => ipc.says(channels.frames, watched)),
    () => '/dropped',
  )
  return { bridge, ipc, host }
}

test('a page asks and listens through the shell, by the same table as in a browser', async () => {
  const { bridge, host } = bridged()
  expect(await bridge.call('settings', {})).toMatchObject({ value: { theme: 'system' } })
  expect(bridge.version()).toBe('1.2.3')
  expect(await bridge.call('component', { id: 'a.b' })).toMatchObject({ failure: { code: 'no-such-component' } })
  expect(await bridge.call('component', { id: 7 })).toMatchObject({ failure: { code: 'bad-arguments' } })
  const states: unknown[] = []
  bridge.subscribe(
    'collectorState',
    {},
    (state) => states.push(state),
    () => undefined,
  )
  expect(states).toEqual([{ kind: 'stopped' }])
  const requests: unknown[] = []
  host.shellRequests.send('window 7', { kind: 'open-file', path: '/a.alloy' })
  bridge.subscribe(
    'shellRequests',
    {},
    (request) => requests.push(request),
    () => undefined,
  )
  host.shellRequests.send('window 7', { kind: 'save' })
  host.shellRequests.send('window 8', { kind: 'new' })
  expect(requests).toEqual([{ kind: 'open-file', path: '/a.alloy' }, { kind: 'save' }])
})

test('names that are not in the table do not even reach the shell', async () => {
  const { bridge, ipc } = bridged()
  await bridge.call('settings', {})
  const heard: unknown[] = []
  ipc.on(channels.message, (_, message) => heard.push(message))
  for (const name of ['eval', 'constructor', '__proto__', 'frames', channels.message]) {
    expect(await bridge.call(name, {})).toMatchObject({ failure: { code: 'unknown-name' } })
  }
  const ends: string[] = []
  bridge.subscribe(
    'settings',
    {},
    () => undefined,
    ({ code }) => ends.push(code),
  )
  expect(ends).toEqual(['unknown-name'])
  expect(heard).toEqual([])
})

test.each([
  ['a frame inside the page', { url: 'app://weir/', parent: {} }],
  ['another page', { url: 'https://evil.test/', parent: null }],
  ['a page that looks alike', { url: 'app://weir.evil.test/', parent: null }],
  ['a frame that is gone', null],
])('%s is not heard', (_, frame) => {
  const { ipc } = shell()
  ipc.says(channels.begin, undefined, frame)
  expect(ipc.toPage).toEqual([])
  ipc.says(channels.begin)
  ipc.says(channels.message, { kind: 'call', id: 1, name: 'runningConfig', args: {} }, frame)
  expect(ipc.toPage).toEqual([{ kind: 'welcome', version: '1.2.3' }])
})

test('a page that breaks the protocol, crashes or is loaded anew leaves nothing behind', async () => {
  const { ipc, host } = shell()
  const watch = (): void => ipc.says(channels.message, { kind: 'subscribe', id: 1, name: 'frames', args: {} })
  for (const leave of [
    () => ipc.says(channels.message, { nonsense: true }),
    () => ipc.contents.emit('render-process-gone'),
    () => ipc.says(channels.begin),
    () => ipc.contents.emit('destroyed'),
  ]) {
    ipc.says(channels.begin)
    watch()
    expect(host.supervisor.frames.watched).toBe(true)
    leave()
    expect(host.supervisor.frames.watched).toBe(false)
  }
})

test('a page that watches gets a port from the collector, and one from each that follows, until it leaves', () => {
  const { ipc, frames, toCollector } = shell()
  const restart = (): void => {
    frames.collectorEnded()
    frames.collectorOpened((port) => toCollector.push(port))
  }
  ipc.says(channels.frames, true)
  expect(ipc.portsToPage).toEqual([])
  ipc.says(channels.begin)
  ipc.says(channels.frames, true, { url: 'https://evil.test/', parent: null })
  ipc.says(channels.frames, { nonsense: true })
  expect(ipc.portsToPage).toEqual([])
  ipc.says(channels.frames, true)
  restart()
  expect(ipc.portsToPage).toEqual(['out 1', 'out 2'])
  expect(toCollector).toEqual(['in 1', 'in 2'])
  for (const leave of [
    () => ipc.says(channels.frames, false),
    () => ipc.says(channels.begin),
    () => ipc.contents.emit('render-process-gone'),
    () => ipc.contents.emit('destroyed'),
  ]) {
    ipc.says(channels.begin)
    ipc.says(channels.frames, true)
    const given = toCollector.length
    leave()
    restart()
    expect(toCollector).toHaveLength(given)
  }
})

/** A keychain that turns bytes around. */
const reversing = (backend: string, available = true) => ({
  isEncryptionAvailable: () => available,
  encryptString: (text: string) => Buffer.from(text).reverse(),
  decryptString: (bytes: Buffer) => Buffer.from(bytes).reverse().toString(),
  getSelectedStorageBackend: () => backend,
})
const folder = (): string => mkdtempSync(join(tmpdir(), 'weir-keys-'))

test('secrets are kept encrypted, in a file of this user, and come back to the host only', async () => {
  const at = folder()
  const store = keychain(at, reversing('gnome_libsecret'), 'linux')
  const listed = await store.save('GRAFANA', 'hunter2')
  expect(listed).toEqual({ available: true, why: undefined, names: ['GRAFANA'] })
  expect(JSON.stringify(listed)).not.toContain('hunter2')
  expect(readFileSync(join(at, 'secrets.json'), 'utf8')).not.toContain('hunter2')
  expect(statSync(join(at, 'secrets.json')).mode & 0o777).toBe(0o600)
  expect(await store.read('GRAFANA')).toBe('hunter2')
  expect(await store.read('constructor')).toBeUndefined()
  expect((await store.delete('GRAFANA')).names).toEqual([])
  expect(await store.read('GRAFANA')).toBeUndefined()
})

test.each([
  ['linux', 'basic_text', true],
  ['linux', 'unknown', true],
  ['linux', 'kwallet6', false],
  ['darwin', 'unknown', false],
] as const)(
  'on %s with %s and encryption %s no secret is taken, and the reason is told',
  async (platform, backend, available) => {
    const store = keychain(folder(), reversing(backend, available), platform)
    expect(await store.list()).toMatchObject({
      available: false,
      why: expect.stringMatching(/key(ring|chain)/) as string,
    })
    await expect(store.save('A', 'b')).rejects.toMatchObject({ code: 'no-keychain' })
    expect((await store.list()).names).toEqual([])
  },
)

test('a window opens where it was, unless that display is gone', () => {
  const screen = { x: 0, y: 25, width: 1920, height: 1055 }
  const kept = { x: 100, y: 100, width: 1200, height: 800 }
  expect(boundsOnDisplays(kept, [screen])).toEqual(kept)
  expect(boundsOnDisplays({ ...kept, x: 2500 }, [screen])).toBeUndefined()
  expect(boundsOnDisplays({ ...kept, x: 2500 }, [screen, { ...screen, x: 1920 }])).toBeDefined()
  expect(boundsOnDisplays({ ...kept, y: -10 }, [screen])).toBeUndefined()
  expect(boundsOnDisplays({ ...kept, x: 1800 }, [screen])).toBeUndefined()
  expect(boundsOnDisplays(undefined, [screen])).toBeUndefined()
})

const english = shellWords('en', 'ko-KR')
const korean = shellWords('system', 'ko-KR')

test('an unhealthy component is told once, after it stayed so, and again after it was healthy', () => {
  const notices = new HealthNotices()
  const frame = (at: number, state: 'healthy' | 'unhealthy', since: number, ids = ['a.b']) =>
    ({
      kind: 'stats' as const,
      at,
      edges: [],
      components: ids.map((id) => ({ id, health: { state, message: 'refused', since }, dropped: {} })),
    }) as unknown as Parameters<HealthNotices['look']>[0]
  expect(notices.look(frame(10_000, 'unhealthy', 0), english)).toBeUndefined()
  expect(notices.look(frame(20_000, 'unhealthy', 0), english)).toEqual({
    title: 'A component is unhealthy',
    body: 'a.b: refused',
  })
  expect(notices.look(frame(40_000, 'unhealthy', 0), english)).toBeUndefined()
  expect(notices.look(frame(50_000, 'healthy', 45_000), english)).toBeUndefined()
  expect(notices.look(frame(90_000, 'unhealthy', 60_000), english)).toBeDefined()
  const many = new HealthNotices().look(frame(90_000, 'unhealthy', 0, ['a', 'b', 'c', 'd', 'e']), english)
  expect(many).toEqual({ title: '5 components are unhealthy', body: 'a: refused\nb: refused\nc: refused\nand 2 more' })
})

test('the menus ask for what they say', () => {
  const asked: unknown[] = []
  const none = (): void => undefined
  const actions = { ask: (request: unknown) => asked.push(request), show: none, start: none, stop: none, quit: none }
  const menu = applicationMenu(actions, [{ path: '/a&b.alloy', openedAt: 0 }], 'linux', english)
  const click = (items: unknown): void => {
    for (const item of items as { label?: string; click?: () => void; submenu?: unknown }[]) {
      if (item.label !== 'Quit Weir') item.click?.()
      if (Array.isArray(item.submenu)) click(item.submenu)
    }
  }
  click(menu)
  expect(asked).toEqual([
    { kind: 'new' },
    { kind: 'open' },
    { kind: 'open-file', path: '/a&b.alloy' },
    { kind: 'save' },
    { kind: 'save-as' },
    { kind: 'settings' },
  ])
  const labels = (kind: 'running' | 'stopped') =>
    trayMenu(kind === 'running' ? { kind, address: '', since: 0 } : { kind }, actions, english).items.map(
      ({ label }) => label,
    )
  expect(labels('running')).toContain('Stop the pipeline')
  expect(labels('stopped')).toContain('Start the pipeline')
})

test('menus, tray and notices speak Korean where it is set, also on a system in English', () => {
  const none = (): void => undefined
  const actions = { ask: none, show: none, start: none, stop: none, quit: none }
  const say = shellWords('ko', 'en-US')
  const labels = (items: unknown): string[] =>
    (items as { label?: string; role?: string; submenu?: unknown }[]).flatMap(({ label, role, submenu }) => [
      ...((label ?? role) ? [label ?? `only a role: ${role}`] : []),
      ...(Array.isArray(submenu) ? labels(submenu) : []),
    ])
  const all = [
    ...labels(applicationMenu(actions, [], 'darwin', say)).filter((label) => label !== 'Weir'),
    ...labels(trayMenu({ kind: 'stopped' }, actions, say).items),
  ]
  expect(all.filter((label) => !/[가-힣]/.test(label))).toEqual([])
  expect(all.length).toBeGreaterThan(25)
})

test('that Weir goes on without a window is said once, in the language of the window', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-tray-'))
  expect(await new TrayNotice(folder).next(korean)).toMatchObject({
    title: 'Weir는 창 없이도 계속 실행됩니다',
  })
  expect(await new TrayNotice(folder).next(english)).toBeUndefined()
  const other = mkdtempSync(join(tmpdir(), 'weir-tray-'))
  expect(await new TrayNotice(other).next(english)).toMatchObject({ title: 'Weir goes on without its window' })
})

test('a utility process is spoken to until it is over, and its last words are kept', () => {
  const sent: ToCollector[] = []
  const child = Object.assign(new EventEmitter(), {
    stderr: new EventEmitter(),
    postMessage: (message: ToCollector) => sent.push(message),
    kill: () => true,
  })
  const heard: FromCollector[] = []
  const ends: string[] = []
  const frames = new FramePorts(() => ({ port1: 'in', port2: 'out' }))
  const collector = utilityCollectors(() => child, frames)(['collector'], {
    message: (message) => heard.push(message),
    exited: (words) => ends.push(words),
  })
  collector.send({ kind: 'watch', watched: true })
  child.emit('message', { kind: 'open', address: '127.0.0.1:1' })
  child.stderr.emit('data', Buffer.from('out of memory\n'))
  child.emit('exit', 9)
  collector.send({ kind: 'stop' })
  expect(heard).toEqual([{ kind: 'open', address: '127.0.0.1:1' }])
  expect(ends).toEqual(['out of memory'])
  expect(sent).toEqual([{ kind: 'watch', watched: true }])
})
