// As much of Electron's API as the shell uses, in plain Node: utility processes are threads with real message ports, a
// window is a preload script without a page. The test that started this process pulls its strings by messages.
const { EventEmitter } = require('node:events')
const { MessageChannel, Worker } = require('node:worker_threads')
const { dirname } = require('node:path')

const root = dirname(dirname(__dirname))
const seen = { notifications: [], opened: [], errors: [], toolTip: '', frameMessagesOfTheShell: 0 }

class App extends EventEmitter {
  isPackaged = false
  enableSandbox() {}
  requestSingleInstanceLock() {
    return true
  }
  getAppPath() {
    return root
  }
  getLocale() {
    return 'en-US'
  }
  whenReady() {
    return Promise.resolve()
  }
  addRecentDocument() {}
  quit() {
    let prevented = false
    this.emit('will-quit', { preventDefault: () => (prevented = true) })
    if (!prevented) process.exit(0)
  }
}
const app = new App()

const ipcMain = new EventEmitter()
const ipcRenderer = Object.assign(new EventEmitter(), {
  send(channel, message) {
    const { webContents } = windows.at(-1)
    const senderFrame = { url: webContents.url, parent: null }
    setImmediate(() => ipcMain.emit(channel, { sender: webContents, senderFrame }, structuredClone(message)))
  },
})
let page = {}
const contextBridge = { exposeInMainWorld: (name, api) => (page[name] = api) }
const webUtils = { getPathForFile: () => '' }

let served
const protocol = { registerSchemesAsPrivileged() {}, handle: (_scheme, answer) => (served = answer) }

class WebContents extends EventEmitter {
  constructor(id) {
    super()
    this.id = id
    this.url = ''
    this.gone = false
  }
  isDestroyed() {
    return this.gone
  }
  setWindowOpenHandler(handler) {
    this.open = handler
  }
  send(channel, message) {
    if (message?.kind === 'event' && ['stats', 'pipeline'].includes(message.value?.kind)) seen.frameMessagesOfTheShell++
    setImmediate(() => ipcRenderer.emit(channel, { ports: [] }, structuredClone(message)))
  }
  postMessage(channel, message, ports) {
    setImmediate(() => ipcRenderer.emit(channel, { ports }, message))
  }
  reload() {
    seen.opened.push('reload')
    load(this)
  }
}

function load(webContents) {
  ipcRenderer.removeAllListeners()
  page = {}
  delete require.cache[webContents.preload]
  require(webContents.preload)
}

const windows = []
class BrowserWindow extends EventEmitter {
  constructor(options) {
    super()
    this.options = options
    this.webContents = new WebContents(windows.length + 1)
    this.webContents.preload = options.webPreferences.preload
    windows.push(this)
  }
  async loadURL(url) {
    this.webContents.url = url
    const answer = await served(new Request(url))
    seen.page = {
      status: answer.status,
      policy: answer.headers.get('content-security-policy'),
      text: await answer.text(),
    }
    load(this.webContents)
  }
  show() {
    seen.opened.push(this.webContents.id)
  }
  focus() {}
  restore() {}
  maximize() {}
  isFocused() {
    return false
  }
  isMinimized() {
    return false
  }
  isMaximized() {
    return false
  }
  getNormalBounds() {
    return { x: 10, y: 10, width: 1200, height: 800 }
  }
  close() {
    this.emit('close')
    this.webContents.gone = true
    this.webContents.emit('destroyed')
    this.emit('closed')
    app.emit('window-all-closed')
  }
}

const collectors = []
const bootstrap = `
const { EventEmitter } = require('node:events')
const { parentPort, workerData } = require('node:worker_threads')
const port = Object.assign(new EventEmitter(), { postMessage: (message) => parentPort.postMessage(message) })
parentPort.on('message', ({ data, ports }) => port.emit('message', { data, ports }))
process.parentPort = port
import(workerData)`
const utilityProcess = {
  fork(path, args, { serviceName }) {
    const worker = new Worker(bootstrap, { eval: true, argv: args, workerData: path, stdout: true, stderr: true })
    const child = Object.assign(new EventEmitter(), {
      stderr: worker.stderr,
      stdout: worker.stdout,
      postMessage: (data, ports = []) => worker.postMessage({ data, ports }, ports),
      kill: () => Boolean(worker.terminate()),
    })
    worker.on('message', (message) => child.emit('message', message))
    worker.on('error', (error) => seen.errors.push(String(error)))
    worker.on('exit', (code) => child.emit('exit', code))
    if (serviceName === 'Weir collector') collectors.push(child)
    return child
  },
}

let menu = []
const Menu = { buildFromTemplate: (template) => template, setApplicationMenu: (template) => (menu = template) }
let trayMenu = []
class Tray extends EventEmitter {
  setToolTip(text) {
    seen.toolTip = text
  }
  setContextMenu(items) {
    trayMenu = items
  }
}
class Notification extends EventEmitter {
  static isSupported() {
    return true
  }
  constructor(text) {
    super()
    this.text = text
  }
  show() {
    seen.notifications.push(this.text)
  }
}

const find = (items, label) =>
  items
    .flatMap((item) => [item, ...(Array.isArray(item.submenu) ? item.submenu : [])])
    .find((item) => item.label === label)
let frames = 0
let leave = () => undefined
const requests = []

/** What the test may ask for. */
const strings = {
  seen: () => ({ ...seen, frames, requests, labels: [menu, trayMenu].flat().map(({ label }) => label) }),
  call: ([name, args]) => page.weir.call(name, args),
  watch() {
    frames = 0
    leave = page.weir.subscribe(
      'frames',
      {},
      () => frames++,
      (failure) => seen.errors.push(failure.message),
    )
  },
  leave: () => leave(),
  listen: () =>
    void page.weir.subscribe(
      'shellRequests',
      {},
      (request) => requests.push(request),
      () => undefined,
    ),
  click: (label) => find([...menu, ...trayMenu], label).click(),
  killCollector: () => void collectors.at(-1).kill(),
  crashPage: () => void windows.at(-1).webContents.emit('render-process-gone', {}, { reason: 'crashed' }),
  closeWindow: () => windows.at(-1).close(),
  secondInstance: (argv) => void app.emit('second-instance', {}, argv, '/'),
}
process.on('message', async ({ id, pull, value }) => {
  try {
    process.send({ id, answer: await strings[pull](value) })
  } catch (error) {
    process.send({ id, error: String(error?.stack ?? error) })
  }
})
process.on('unhandledRejection', (error) => seen.errors.push(String(error?.stack ?? error)))

const MessageChannelMain = MessageChannel
const clipboard = { readText: () => Promise.resolve('// copied elsewhere') }
const dialog = { showErrorBox: (_title, detail) => seen.errors.push(detail) }
const nativeImage = { createFromPath: () => ({ resize: () => ({}) }) }
const nativeTheme = { shouldUseDarkColors: true }
const safeStorage = { isEncryptionAvailable: () => false, getSelectedStorageBackend: () => 'basic_text' }
const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] }
const setHandler = () => undefined
const session = {
  defaultSession: {
    setPermissionRequestHandler: setHandler,
    setPermissionCheckHandler: setHandler,
    setDevicePermissionHandler: setHandler,
  },
}
const shell = { openExternal: () => undefined }

// Names alone: more, and Node would not find what may be imported by name.
module.exports = {
  app,
  BrowserWindow,
  clipboard,
  contextBridge,
  dialog,
  ipcMain,
  ipcRenderer,
  Menu,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  Notification,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
  webUtils,
}
