// The shell, in the order it starts: one instance, a locked-down session, the host with its collector in a process of its
// own, a window that shows the page. The host does the work; here is only what needs Electron.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  app,
  clipboard,
  dialog,
  ipcMain,
  MessageChannelMain,
  protocol,
  safeStorage,
  session,
  utilityProcess,
} from 'electron'
import { readStaticFiles } from '../collector-core/http-api/static-files.ts'
import { systemClock } from '../collector-core/runtime/clock.ts'
import { WeirError } from '../collector-core/weir-error.ts'
import type { ShellRequest } from '../host/contract/shell.ts'
import { defaultStoragePath } from '../host/data-directory.ts'
import type { ChooseFile } from '../host/handlers/project.ts'
import { version } from '../host/version.ts'
import { WeirHost } from '../host/weir-host.ts'
import { answerAppRequest, appScheme } from './app-page.ts'
import { configToOpen } from './config-to-open.ts'
import { Desktop } from './desktop.ts'
import { FramePorts } from './frame-ports.ts'
import { denyPermissions } from './guards.ts'
import { keychain } from './keychain.ts'
import { TrayNotice } from './tray-notice.ts'
import { utilityCollectors } from './utility-collectors.ts'
import { WindowSessions, windowName } from './window-sessions.ts'
import { windowStateFile } from './window-state.ts'
import { Windows } from './windows.ts'

app.enableSandbox()
protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
])
if (app.requestSingleInstanceLock()) start()
else app.quit()

function start(): void {
  const root = app.getAppPath()
  const storagePath = defaultStoragePath()
  const folder = join(storagePath, 'app')
  const windows = new Windows(join(root, 'dist', 'electron', 'preload.cjs'), windowStateFile(folder))
  let toOpen = configToOpen(process.argv)
  let host: WeirHost | undefined
  let desktop: Desktop | undefined
  let stopped = false

  // The fuses leave no other way to run the bundle's commands.
  const fork = (serviceName: string, args: string[]): Electron.UtilityProcess =>
    utilityProcess.fork(join(root, 'dist', 'weir.mjs'), args, { serviceName, stdio: 'pipe' })

  const ask = async (request: ShellRequest): Promise<void> => {
    const window = await windows.show()
    host?.shellRequests.send(windowName(window.webContents), request)
  }
  app.on('open-file', (event, path) => {
    event.preventDefault()
    if (host === undefined) toOpen = path
    else void ask({ kind: 'open-file', path })
  })
  app.on('second-instance', (_event, argv, workingDirectory) => {
    const path = configToOpen(argv, workingDirectory)
    void (path === undefined ? windows.show() : ask({ kind: 'open-file', path }))
  })
  app.on('activate', () => void windows.show())
  // The pipeline goes on without a window; the tray brings it back.
  app.on('window-all-closed', () => void desktop?.sayThatItGoesOn())
  app.on('will-quit', (event) => {
    if (host === undefined || stopped) return
    event.preventDefault()
    void host.stop().finally(() => {
      stopped = true
      app.quit()
    })
  })

  void app.whenReady().then(async () => {
    denyPermissions(session.defaultSession)
    const files = readStaticFiles(join(root, 'dist', 'renderer'))
    protocol.handle(appScheme, (request) => answerAppRequest(request, files))
    const frames = new FramePorts(() => new MessageChannelMain())
    host = new WeirHost({
      clock: systemClock,
      random: Math.random,
      launch: utilityCollectors((args) => fork('Weir collector', args), frames),
      launchBackend: (flags) => fork('Weir backend', ['backend', ...flags]),
      storagePath,
      collectorAddress: '127.0.0.1:12345',
      file: toOpen,
      exampleText: readFileSync(join(root, 'assets', 'examples', 'default.alloy'), 'utf8'),
      secrets: keychain(folder, safeStorage),
      chooseFile,
      readClipboard: () => clipboard.readText(),
      onSettings: (settings) => desktop?.heed(settings, app.isPackaged),
      onFile(path) {
        app.addRecentDocument(path)
        void desktop?.showRecent()
      },
    })
    new WindowSessions(ipcMain, frames, {
      handlers: host.handlers,
      version,
      report: (name, error) => console.error(name, error),
    })
    await host.start().catch((error: unknown) => explain(error))
    const { supervisor } = host
    desktop = new Desktop(
      host,
      windows,
      {
        ask: (request) => void ask(request),
        show: () => void windows.show(),
        start: () => void supervisor.start(),
        stop: () => void supervisor.stop(),
        quit: () => app.quit(),
      },
      join(root, 'assets', 'icons', 'weir.png'),
      new TrayNotice(folder),
    )
    await desktop.showRecent()
    desktop.heed(await host.settings.read(), app.isPackaged)
    await windows.show()
  })

  const chooseFile: ChooseFile = async (_, purpose, suggested) => {
    const filters = [{ name: 'Alloy configuration', extensions: ['alloy', 'river'] }]
    const options = { filters, ...(suggested !== undefined && { defaultPath: suggested }) }
    const parent = windows.current
    if (purpose === 'save') {
      const { filePath } = await (parent ? dialog.showSaveDialog(parent, options) : dialog.showSaveDialog(options))
      return filePath === '' ? undefined : filePath
    }
    const open = { ...options, properties: ['openFile' as const] }
    const { filePaths } = await (parent ? dialog.showOpenDialog(parent, open) : dialog.showOpenDialog(open))
    return filePaths.at(0)
  }
}

function explain(error: unknown): void {
  const detail = error instanceof WeirError ? `${error.message}\n${error.nextStep}` : String(error)
  dialog.showErrorBox('Weir', detail)
}
