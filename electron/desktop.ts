// What the operating system shows of Weir outside its window: menus, tray, notifications, updates.
import { app, Menu, nativeImage, Notification, Tray } from 'electron'
import electronUpdater from 'electron-updater'
import type { Settings } from '../host/contract/project.ts'
import type { WeirHost } from '../host/weir-host.ts'
import { HealthNotices } from './health-notices.ts'
import { applicationMenu, trayMenu } from './menus.ts'
import type { MenuActions } from './menus.ts'
import type { NotificationText, TrayNotice } from './tray-notice.ts'
import type { Windows } from './windows.ts'
import { shellWords } from './words.ts'

const noticeEveryMs = 15_000
const traySize = 18

export class Desktop {
  private readonly host: WeirHost
  private readonly windows: Windows
  private readonly actions: MenuActions
  private readonly notices = new HealthNotices()
  private readonly tray: Tray
  private readonly trayNotice: TrayNotice
  private updatesAsked = false
  private words = shellWords('system', app.getLocale())

  constructor(host: WeirHost, windows: Windows, actions: MenuActions, icon: string, trayNotice: TrayNotice) {
    this.trayNotice = trayNotice
    this.host = host
    this.windows = windows
    this.actions = actions
    this.tray = new Tray(nativeImage.createFromPath(icon).resize({ width: traySize, height: traySize }))
    this.tray.on('click', actions.show)
    this.showState()
    host.supervisor.states.listen(() => this.showState())
    setInterval(() => this.lookAtHealth(), noticeEveryMs)
  }

  /** Rebuilds the menu with the configs opened lately. */
  async showRecent(): Promise<void> {
    const template = applicationMenu(
      this.actions,
      await this.host.projects.recentProjects(),
      process.platform,
      this.words,
    )
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }

  /**
   * Speaks the language that was set. Looks for a newer Weir once, if the user wants that; a package without a place to look
   * at has none.
   */
  heed({ checkForUpdates, language }: Settings, packaged: boolean): void {
    this.words = shellWords(language, app.getLocale())
    this.showState()
    void this.showRecent()
    if (!checkForUpdates || !packaged || this.updatesAsked) return
    this.updatesAsked = true
    void electronUpdater.autoUpdater.checkForUpdatesAndNotify().catch(() => undefined)
  }

  /** Tells who closed the last window, the first time, that the pipeline goes on and where Weir is now. */
  async sayThatItGoesOn(): Promise<void> {
    if (this.host.supervisor.state.kind === 'stopped' || !Notification.isSupported()) return
    const notice = await this.trayNotice.next(this.words)
    if (notice !== undefined) this.show(notice)
  }

  private show(notice: NotificationText): void {
    const notification = new Notification(notice)
    notification.on('click', this.actions.show)
    notification.show()
  }

  private showState(): void {
    const { toolTip, items } = trayMenu(this.host.supervisor.state, this.actions, this.words)
    this.tray.setToolTip(toolTip)
    this.tray.setContextMenu(Menu.buildFromTemplate(items))
  }

  /** Takes one frame; whoever has the window in front sees the same there. */
  private lookAtHealth(): void {
    const leave = this.host.supervisor.frames.listen((frame) => {
      if (frame.kind !== 'stats') return
      leave()
      const notice = this.notices.look(frame, this.words)
      if (notice === undefined || this.windows.focused || !Notification.isSupported()) return
      this.show(notice)
    })
  }
}
