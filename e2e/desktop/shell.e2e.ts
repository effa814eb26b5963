// The built shell as it would be installed, over a stand-in for Electron's API: everything between that API and the real
// collector runs. What only Electron itself can show is in e2e/app/electron.e2e.ts.
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { extractAll } from '@electron/asar'
import { expect, onTestFinished, test } from 'vitest'
import { selfScrape as config } from '../configs.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { waitUntil } from '../wait-until.ts'
import { packageWithStub } from './stub-package.ts'

interface Seen {
  readonly frames: number
  readonly frameMessagesOfTheShell: number
  readonly errors: readonly string[]
  readonly labels: readonly string[]
  readonly notifications: readonly { readonly title: string }[]
  readonly opened: readonly (number | string)[]
  readonly page?: { readonly status: number; readonly policy: string; readonly text: string }
  readonly requests: readonly unknown[]
  readonly toolTip: string
}

const standIn = fileURLToPath(new URL('electron-stand-in', import.meta.url))

/** A running shell whose strings a test pulls. */
class Shell {
  readonly ended: Promise<number | null>
  output = ''
  private readonly child: ChildProcess
  private lastId = 0

  constructor(child: ChildProcess) {
    this.child = child
    this.ended = new Promise((resolve) => child.once('exit', resolve))
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString('utf8')))
    }
  }

  pull<T>(pull: string, value?: unknown): Promise<T> {
    const id = ++this.lastId
    return new Promise((resolve, reject) => {
      const hear = (message: { id: number; answer?: T; error?: string }): void => {
        if (message.id !== id) return
        this.child.off('message', hear)
        if (message.error === undefined) resolve(message.answer as T)
        else reject(new Error(`${message.error}\n${this.output}`))
      }
      this.child.on('message', hear)
      void this.ended.then(() => reject(new Error(`the shell has ended\n${this.output}`)))
      this.child.send({ id, pull, value })
    })
  }

  seen(): Promise<Seen> {
    return this.pull<Seen>('seen')
  }

  async until(what: string, holds: (seen: Seen) => boolean): Promise<void> {
    await waitUntil(
      () => `${what}\n${this.output}`,
      async () => holds(await this.seen()),
    )
  }
}

function start(): Shell {
  const folder = scratchFolder()
  extractAll(packageWithStub({ fuses: true }).archive, join(folder, 'app'))
  cpSync(standIn, join(folder, 'app', 'node_modules', 'electron'), { recursive: true })
  writeFileSync(join(folder, 'config.alloy'), config)
  const child = fork(join(folder, 'app', 'dist', 'electron', 'main.mjs'), [join(folder, 'config.alloy')], {
    env: { ...process.env, WEIR_HOME: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return new Shell(child)
}

test('the shell starts from its package, shows the page, and lives through the loss of each of its parts', async () => {
  const shell = start()
  await shell.until('a window with the page', ({ page, opened }) => page !== undefined && opened.length > 0)
  const { page } = await shell.seen()
  expect(page).toMatchObject({ status: 200, policy: expect.stringContaining("default-src 'none'") as string })
  expect(page?.text).toContain('id="root"')
  expect(await shell.pull('call', ['openProject', {}])).toMatchObject({ value: { text: config } })
  expect(await shell.pull('call', ['clipboardText', {}])).toMatchObject({ value: '// copied elsewhere' })

  await shell.pull('watch')
  await shell.until('frames', ({ frames }) => frames > 4)
  await shell.until('a tray that says so', ({ toolTip }) => toolTip === 'Weir: The pipeline runs')

  await shell.pull('killCollector')
  const before = (await shell.seen()).frames
  await shell.until('frames of the collector that took over', ({ frames }) => frames > before + 4)

  await shell.pull('crashPage')
  await shell.until('the page anew', ({ opened }) => opened.includes('reload'))
  await shell.pull('watch')
  await shell.until('frames for the new page', ({ frames }) => frames > 4)

  await shell.pull('closeWindow')
  await shell.until('a notice', ({ notifications }) => notifications.length > 0)
  await shell.pull('click', 'Open Weir')
  await shell.until('a second window', ({ opened }) => opened.includes(2))
  await waitUntil('the host answers it', async () => 'value' in (await shell.pull<object>('call', ['settings', {}])))
  await shell.pull('watch')
  await shell.until('frames in the second window', ({ frames }) => frames > 4)

  await shell.pull('listen')
  await shell.pull('click', 'Save')
  await shell.pull('secondInstance', ['weir', '/another.alloy'])
  await shell.until('requests', ({ requests }) => requests.length === 2)
  const seen = await shell.seen()
  expect(seen.requests).toEqual([{ kind: 'save' }, { kind: 'open-file', path: '/another.alloy' }])
  expect(seen.labels).toEqual(expect.arrayContaining(['File', 'Edit', 'View', 'Window', 'Stop the pipeline']))
  expect(seen.frameMessagesOfTheShell).toBe(0)
  expect(seen.errors).toEqual([])

  await shell.pull('click', 'Quit Weir').catch(() => undefined)
  expect(await shell.ended).toBe(0)
  expect(shell.output).toBe('')
})
