// The same runs in the desktop's own window, and what only that one has. Skipped, loudly, where Electron cannot run;
// WEIR_ELECTRON_REQUIRED=1 forbids that.
import { fileURLToPath } from 'node:url'
import { _electron } from 'playwright-core'
import type { ElectronApplication } from 'playwright-core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { hear } from '../page/browser.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { waitUntil } from '../wait-until.ts'
import { wholeApp } from './whole-app.ts'
import type { OpenApp } from './whole-app.ts'
import { makeWorld } from './world.ts'

interface FindElectron {
  findElectron(): { readonly program: string } | { readonly program?: undefined; readonly why: string }
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const { findElectron } = (await import(new URL('../../bin/find-electron.mjs', import.meta.url).href)) as FindElectron
const electron = findElectron()

if (electron.program === undefined) {
  const message = `the whole app in Electron was not run: ${electron.why}`
  if (process.env.WEIR_ELECTRON_REQUIRED === '1') throw new Error(message)
  console.error(`SKIPPED: ${message}`)
}

describe.skipIf(electron.program === undefined)('the whole app in Electron', () => {
  wholeApp(async (file) => openApp(await launch(file)))

  test('the page has neither Node nor a way out of its place', async () => {
    const { file } = await makeWorld({ series: 1 })
    const { page } = await openApp(await launch(file))
    expect(page.url()).toBe('app://weir/')
    expect(await page.evaluate('[typeof require, typeof process, typeof window.weir]')).toEqual([
      'undefined',
      'undefined',
      'object',
    ])
    expect(await page.evaluate('window.open("https://example.com/") === null')).toBe(true)
    await page.evaluate('location.href = "https://example.com/"')
    expect(await page.evaluate('location.href')).toBe('app://weir/')
    expect(await page.evaluate('fetch("https://example.com/").then(() => "asked", () => "refused")')).toBe('refused')
  })

  test('the collector goes on while there is no window, and a page that crashed is there again', async () => {
    const { file, mimir } = await makeWorld({ series: 1 })
    const app = await launch(file)
    const { page } = await openApp(app)
    await page.locator('.react-flow__node').first().waitFor()
    await app.evaluate(({ webContents }) => webContents.getAllWebContents()[0].forcefullyCrashRenderer())
    await waitUntil(
      'the page is back',
      async () => (await app.windows()[0]?.locator('.react-flow__node').count()) !== 0,
    )
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().forEach((window) => window.close()))
    const before = mimir.samples.length
    await waitUntil('samples arrive without a window', () => mimir.samples.length > before)
    await app.evaluate(({ app: electronApp }) => void electronApp.emit('activate'))
    await (await app.waitForEvent('window')).locator('.react-flow__node').first().waitFor()
  })
})

/** Starts the shell on a config, with data of its own. */
async function launch(file: string): Promise<ElectronApplication> {
  const home = scratchFolder()
  const app = await _electron.launch({
    executablePath: electron.program,
    args: [`--user-data-dir=${home}/electron`, root, file],
    env: { ...(process.env as Record<string, string>), WEIR_HOME: `${home}/weir` },
  })
  onTestFinished(() => app.close())
  return app
}

async function openApp(app: ElectronApplication): Promise<OpenApp> {
  const page = await app.firstWindow()
  return { page, complaints: hear(page) }
}
