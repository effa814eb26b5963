// The menus as data: what stands in them and what is done, apart from Electron.
import type { MenuItemConstructorOptions } from 'electron'
import type { ShellRequest } from '../host/contract/shell.ts'
import type { RecentProject } from '../host/contract/project.ts'
import type { SupervisedState } from '../host/collector-supervisor/supervisor.ts'
import type { ShellWords } from './words.ts'

export interface MenuActions {
  /** Asks the window in front; makes one when there is none. */
  readonly ask: (request: ShellRequest) => void
  readonly show: () => void
  readonly start: () => void
  readonly stop: () => void
  readonly quit: () => void
}

/** The application's menu. The page handles its keys itself: accelerators of the document are only shown here. */
export function applicationMenu(
  actions: MenuActions,
  recent: readonly RecentProject[],
  platform: NodeJS.Platform,
  say: ShellWords,
): MenuItemConstructorOptions[] {
  const shown = (label: string, accelerator: string, request: ShellRequest): MenuItemConstructorOptions => ({
    label,
    accelerator,
    registerAccelerator: false,
    click: () => actions.ask(request),
  })
  const settings = shown(say.settings, 'CmdOrCtrl+,', { kind: 'settings' })
  const file: MenuItemConstructorOptions[] = [
    shown(say.new, 'CmdOrCtrl+N', { kind: 'new' }),
    shown(say.open, 'CmdOrCtrl+O', { kind: 'open' }),
    {
      label: say.openRecent,
      enabled: recent.length > 0,
      submenu: recent.map(({ path }) => ({
        label: path.replaceAll('&', '&&'),
        click: () => actions.ask({ kind: 'open-file', path }),
      })),
    },
    { type: 'separator' },
    shown(say.save, 'CmdOrCtrl+S', { kind: 'save' }),
    shown(say.saveAs, 'CmdOrCtrl+Shift+S', { kind: 'save-as' }),
    { type: 'separator' },
    ...(platform === 'darwin' ? [] : [settings, { type: 'separator' as const }]),
    { label: say.close, role: 'close' },
    ...(platform === 'darwin' ? [] : [{ label: say.quit, accelerator: 'CmdOrCtrl+Q', click: actions.quit }]),
  ]
  const own: MenuItemConstructorOptions[] = [
    { label: say.about, role: 'about' },
    { type: 'separator' },
    settings,
    { type: 'separator' },
    { label: say.hide, role: 'hide' },
    { label: say.hideOthers, role: 'hideOthers' },
    { label: say.unhide, role: 'unhide' },
    { type: 'separator' },
    { label: say.quit, accelerator: 'Cmd+Q', click: actions.quit },
  ]
  return [
    ...(platform === 'darwin' ? [{ label: 'Weir', submenu: own }] : []),
    { label: say.file, submenu: file },
    // Undo and redo are those of the page: one history of text and canvas.
    {
      label: say.edit,
      submenu: [
        { label: say.cut, role: 'cut' },
        { label: say.copy, role: 'copy' },
        { label: say.paste, role: 'paste' },
        { label: say.selectAll, role: 'selectAll' },
      ],
    },
    {
      label: say.view,
      submenu: [
        { label: say.resetZoom, role: 'resetZoom' },
        { label: say.zoomIn, role: 'zoomIn' },
        { label: say.zoomOut, role: 'zoomOut' },
        { type: 'separator' },
        { label: say.fullScreen, role: 'togglefullscreen' },
      ],
    },
    { label: say.window, role: 'windowMenu' },
  ]
}

/** The tray's menu and what it says in one line. */
export function trayMenu(
  state: SupervisedState,
  actions: MenuActions,
  say: ShellWords,
): { readonly toolTip: string; readonly items: MenuItemConstructorOptions[] } {
  const runs = state.kind !== 'stopped' && state.kind !== 'failed'
  return {
    toolTip: `Weir: ${say.pipeline[state.kind]}`,
    items: [
      { label: say.pipeline[state.kind], enabled: false },
      { type: 'separator' },
      { label: say.show, click: actions.show },
      runs ? { label: say.stop, click: actions.stop } : { label: say.start, click: actions.start },
      { type: 'separator' },
      { label: say.quit, click: actions.quit },
    ],
  }
}
