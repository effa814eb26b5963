// The shell, in the order it starts: one instance, a locked-down session, the collector in a process of its own, a window
// that shows the collector's page. Everything the user sees comes from the collector over HTTP on this machine.
import { join } from 'node:path'
import { app, dialog, session, utilityProcess } from 'electron'
import { CollectorProcess } from './collector-process.ts'
import { configToOpen } from './config-to-open.ts'
import { denyPermissions } from './guards.ts'
import { Windows } from './windows.ts'

app.enableSandbox()
if (app.requestSingleInstanceLock()) start()
else app.quit()

function start(): void {
  const root = app.getAppPath()
  const windows = new Windows()
  const collector = new CollectorProcess({
    launch: (args) =>
      utilityProcess.fork(join(root, 'dist', 'weir.mjs'), args, { serviceName: 'Weir collector', stdio: 'pipe' }),
    later: (ms, action) => setTimeout(action, ms),
    onReady: (url) => windows.show(url),
    onFailed: (words) => void explainFailure(words),
  })
  const open = (path: string): void => collector.run(path)

  let toOpen = configToOpen(process.argv) ?? join(root, 'assets', 'examples', 'default.alloy')
  app.on('open-file', (event, path) => {
    event.preventDefault()
    toOpen = path
    if (app.isReady()) open(path)
  })
  app.on('second-instance', (_event, argv, workingDirectory) => {
    windows.focus()
    const path = configToOpen(argv, workingDirectory)
    if (path !== undefined) open(path)
  })
  app.on('activate', () => windows.reopen())
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (!collector.running) return
    event.preventDefault()
    void collector.stop().then(() => app.quit())
  })

  void app.whenReady().then(() => {
    denyPermissions(session.defaultSession)
    open(toOpen)
  })

  async function explainFailure(words: string): Promise<void> {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      title: 'Weir',
      message: 'The pipeline could not be started.',
      detail: words,
      buttons: ['Try again', 'Open another config…', 'Quit'],
      cancelId: 2,
    })
    if (response === 0) collector.again()
    else if (response === 1) await chooseConfig()
    else app.quit()
  }

  async function chooseConfig(): Promise<void> {
    const { filePaths } = await dialog.showOpenDialog({
      properties: ['openFile'],
      filters: [{ name: 'Alloy configuration', extensions: ['alloy'] }],
    })
    if (filePaths.length > 0) open(filePaths[0])
    else app.quit()
  }
}
