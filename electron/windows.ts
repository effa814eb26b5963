import { BrowserWindow, nativeTheme } from 'electron'
import { guardContents, originOf } from './guards.ts'
import { windowOptions } from './window-options.ts'

/** The one window and the page it shows. */
export class Windows {
  private window: BrowserWindow | undefined
  private url: string | undefined

  /** Shows a page of the collector; the page that is shown already mends its connection itself. */
  show(url: string): void {
    const sameOrigin = this.url !== undefined && originOf(this.url) === originOf(url)
    this.url = url
    if (this.window === undefined) this.reopen()
    else if (!sameOrigin) void this.window.loadURL(url)
  }

  focus(): void {
    if (this.window?.isMinimized()) this.window.restore()
    this.window?.focus()
  }

  /** Makes the window again after it was closed. */
  reopen(): void {
    if (this.window !== undefined || this.url === undefined) return
    const backgroundColor = nativeTheme.shouldUseDarkColors ? '#0f1318' : '#f7f8fa'
    const window = new BrowserWindow({ ...windowOptions, backgroundColor })
    guardContents(window.webContents, () => (this.url === undefined ? undefined : originOf(this.url)))
    window.once('ready-to-show', () => window.show())
    window.on('closed', () => (this.window = undefined))
    this.window = window
    void window.loadURL(this.url)
  }
}
