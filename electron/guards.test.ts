import { EventEmitter } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { configToOpen } from './config-to-open.ts'
import { denyPermissions, guardContents } from './guards.ts'
import type { GuardedContents } from './guards.ts'
import { windowOptions } from './window-options.ts'

class FakeContents extends EventEmitter implements GuardedContents {
  openHandler: (() => { action: 'deny' }) | undefined

  setWindowOpenHandler(handler: () => { action: 'deny' }): void {
    this.openHandler = handler
  }

  /** Whether the page may go there. */
  goes(event: string, url: string): boolean {
    let prevented = false
    this.emit(event, { url, preventDefault: () => (prevented = true) })
    return !prevented
  }
}

const origin = 'http://127.0.0.1:12345'
const navigations = ['will-navigate', 'will-frame-navigate', 'will-redirect']

function guarded(): FakeContents {
  const contents = new FakeContents()
  guardContents(contents, () => origin)
  return contents
}

test.each(navigations)('%s stays on the page of the collector', (event) => {
  expect(guarded().goes(event, `${origin}/`)).toBe(true)
})

test.each([
  'https://example.com/',
  'http://127.0.0.1:12346/',
  'http://127.0.0.1:12345@evil.test/',
  'http://127.0.0.1.evil.test:12345/',
  'http://localhost:12345/',
  'https://127.0.0.1:12345/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'about:blank',
  'blob:http://127.0.0.1:12345/x',
  'view-source:http://127.0.0.1:12345/',
  'ms-msdt:/id',
  'smb://evil.test/share',
  'chrome://gpu',
  '',
  'not a url',
])('a page cannot go to %s', (url) => {
  for (const event of navigations) expect(guarded().goes(event, url)).toBe(false)
})

test('nothing is allowed while no collector runs', () => {
  const contents = new FakeContents()
  guardContents(contents, () => undefined)
  expect(contents.goes('will-navigate', 'about:blank')).toBe(false)
})

test('windows and embedded pages are refused', () => {
  const contents = guarded()
  expect(contents.openHandler?.()).toEqual({ action: 'deny' })
  expect(contents.goes('will-attach-webview', origin)).toBe(false)
})

test('every permission is refused, asked for or checked', () => {
  const answers: boolean[] = []
  denyPermissions({
    setPermissionRequestHandler: (handler) => handler({}, 'media', (granted) => answers.push(granted)),
    setPermissionCheckHandler: (handler) => answers.push(handler()),
    setDevicePermissionHandler: (handler) => answers.push(handler()),
  })
  expect(answers).toEqual([false, false, false])
})

test('a window has no way into Node, and there is one place that makes windows', () => {
  expect(windowOptions.webPreferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  })
  expect(windowOptions.webPreferences).not.toHaveProperty('preload')
  const makers = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter((name) => readFileSync(`${import.meta.dirname}/${name}`, 'utf8').includes('new BrowserWindow'))
  expect(makers).toEqual(['windows.ts'])
})

test.each([
  [['electron', '/app', 'my.alloy'], '/home/my.alloy'],
  [['weir', '--flag', '/etc/a.alloy', 'b.alloy'], '/home/b.alloy'],
  [['weir', '--config=x.alloy'], undefined],
  [['weir'], undefined],
])('the command line %j opens %s', (argv, path) => {
  expect(configToOpen(argv, '/home')).toBe(path)
})
