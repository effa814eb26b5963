import { EventEmitter } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { answerAppRequest, appUrl, isAppUrl } from './app-page.ts'
import { configToOpen } from './config-to-open.ts'
import { denyPermissions, guardContents } from './guards.ts'
import type { GuardedContents } from './guards.ts'
import { windowOptions } from './window-options.ts'

class FakeContents extends EventEmitter implements GuardedContents {
  openHandler: ((details: { readonly url: string }) => { action: 'deny' }) | undefined

  setWindowOpenHandler(handler: (details: { readonly url: string }) => { action: 'deny' }): void {
    this.openHandler = handler
  }

  /** Whether the page may go there. */
  goes(event: string, url: string): boolean {
    let prevented = false
    this.emit(event, { url, preventDefault: () => (prevented = true) })
    return !prevented
  }
}

const navigations = ['will-navigate', 'will-frame-navigate', 'will-redirect']

function guarded(): { contents: FakeContents; opened: string[] } {
  const contents = new FakeContents()
  const opened: string[] = []
  guardContents(contents, isAppUrl, (url) => opened.push(url))
  return { contents, opened }
}

const elsewhere = [
  'https://example.com/',
  'http://weir/',
  'app://other/',
  'app://weir.evil.test/',
  'app://weir@evil.test/',
  'app://evil@weir/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'about:blank',
  'blob:app://weir/x',
  'view-source:app://weir/',
  'ms-msdt:/id',
  'smb://evil.test/share',
  'chrome://gpu',
  '',
  'not a url',
]

test.each(navigations)('%s stays on the page of the app', (event) => {
  expect(guarded().contents.goes(event, `${appUrl}index.html`)).toBe(true)
})

test.each(elsewhere)('a page cannot go to "%s"', (url) => {
  for (const event of navigations) expect(guarded().contents.goes(event, url)).toBe(false)
})

test('windows and embedded pages are refused; web addresses go to the browser, nothing else does', () => {
  const { contents, opened } = guarded()
  for (const url of [...elsewhere, 'https://user:secret@example.com/', 'http://127.0.0.1:3000/explore']) {
    expect(contents.openHandler?.({ url })).toEqual({ action: 'deny' })
  }
  expect(opened).toEqual(['https://example.com/', 'http://weir/', 'http://127.0.0.1:3000/explore'])
  expect(contents.goes('will-attach-webview', appUrl)).toBe(false)
})

test('every permission is refused, asked for or checked, but to write text to the clipboard', () => {
  const answers = (permission: string): boolean[] => {
    const given: boolean[] = []
    denyPermissions({
      setPermissionRequestHandler: (handler) => handler({}, permission, (granted) => given.push(granted)),
      setPermissionCheckHandler: (handler) => given.push(handler({}, permission)),
      setDevicePermissionHandler: (handler) => given.push(handler()),
    })
    return given
  }
  for (const permission of ['media', 'clipboard-read', 'notifications', 'openExternal', 'fileSystem']) {
    expect(answers(permission)).toEqual([false, false, false])
  }
  expect(answers('clipboard-sanitized-write')).toEqual([true, true, false])
})

test('a window has no way into Node, and there is one place that makes windows', () => {
  expect(windowOptions('/app/preload.cjs').webPreferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    preload: '/app/preload.cjs',
  })
  const makers = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter((name) => readFileSync(`${import.meta.dirname}/${name}`, 'utf8').includes('new BrowserWindow'))
  expect(makers).toEqual(['windows.ts'])
})

const file = { contentType: 'text/html; charset=utf-8', cacheControl: 'no-store', body: Buffer.from('page') }
const files = new Map([['/', file]])

test('the page is answered with its rules, and nothing but its files', async () => {
  const page = answerAppRequest({ method: 'GET', url: appUrl }, files)
  expect([page.status, await page.text()]).toEqual([200, 'page'])
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  for (const url of ['app://weir/other', 'app://weir/%', 'app://weir/..%2f', 'app://else/', 'app://weir:1/']) {
    expect(answerAppRequest({ method: 'GET', url }, files).status).toBe(404)
  }
  expect(answerAppRequest({ method: 'POST', url: appUrl }, files).status).toBe(404)
})

test.each([
  [['electron', '/app', 'my.alloy'], '/home/my.alloy'],
  [['weir', '--flag', '/etc/a.alloy', 'b.alloy'], '/home/b.alloy'],
  [['weir', '--config=x.alloy'], undefined],
  [['weir'], undefined],
])('the command line %j opens %s', (argv, path) => {
  expect(configToOpen(argv, '/home')).toBe(path)
})
