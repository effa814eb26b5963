import { BrowserWindow, nativeTheme, screen, shell } from 'electron'
import type { JsonFile } from '../host/project/json-file.ts'
import { appUrl, isAppUrl } from './app-page.ts'
import { guardContents } from './guards.ts'
import { windowOptions } from './window-options.ts'
import { boundsOnDisplays } from './window-state.ts'
import type { WindowState } from './window-state.ts'

/** The window of the app; it may be closed and made again while everything else goes on. */
export class Windows {
  private readonly preload: string
  private readonly state: JsonFile<WindowState>
  private window: BrowserWindow | undefined
  private opening: Promise<BrowserWindow> | undefined

  constructor(preload: string, state: JsonFile<WindowState>) {
    this.preload = preload
    this.state = state
  }

  get current(): BrowserWindow | undefined {
    return this.window
  }

  get focused(): boolean {
    return this.window?.isFocused() ?? false
  }

  /** Brings the window to the front; makes it when there is none. */
  async show(): Promise<BrowserWindow> {
    const window = this.window ?? (await (this.opening ??= this.open()))
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
    return window
  }

  private async open(): Promise<BrowserWindow> {
    const kept = await this.state.read()
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea)
    const backgroundColor = nativeTheme.shouldUseDarkColors ? '#0f1318' : '#f7f8fa'
    const window = new BrowserWindow({
      ...windowOptions(this.preload),
      ...boundsOnDisplays(kept?.bounds, areas),
      backgroundColor,
    })
    guardContents(window.webContents, isAppUrl, (url) => void shell.openExternal(url))
    // A page that crashed is loaded anew; the host keeps its draft.
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') window.webContents.reload()
    })
    window.on('close', () => {
      const state = { bounds: window.getNormalBounds(), maximized: window.isMaximized() }
      void this.state.change(() => state).catch(() => undefined)
    })
    window.on('closed', () => {
      this.window = undefined
      this.opening = undefined
    })
    if (kept?.maximized) window.maximize()
    this.window = window
    await window.loadURL(appUrl)
    return window
  }
}
