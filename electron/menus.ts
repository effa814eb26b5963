// The menus as data: what stands in them and what is done, apart from Electron.
import type { MenuItemConstructorOptions } from 'electron'
import type { ShellRequest } from '../host/contract/shell.ts'
import type { RecentProject } from '../host/contract/project.ts'
import type { SupervisedState } from '../host/collector-supervisor/supervisor.ts'

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
): MenuItemConstructorOptions[] {
  const shown = (label: string, accelerator: string, request: ShellRequest): MenuItemConstructorOptions => ({
    label,
    accelerator,
    registerAccelerator: false,
    click: () => actions.ask(request),
  })
  const settings = shown('Settings…', 'CmdOrCtrl+,', { kind: 'settings' })
  const file: MenuItemConstructorOptions[] = [
    shown('New', 'CmdOrCtrl+N', { kind: 'new' }),
    shown('Open…', 'CmdOrCtrl+O', { kind: 'open' }),
    {
      label: 'Open recent',
      enabled: recent.length > 0,
      submenu: recent.map(({ path }) => ({
        label: path.replaceAll('&', '&&'),
        click: () => actions.ask({ kind: 'open-file', path }),
      })),
    },
    { type: 'separator' },
    shown('Save', 'CmdOrCtrl+S', { kind: 'save' }),
    shown('Save as…', 'CmdOrCtrl+Shift+S', { kind: 'save-as' }),
    { type: 'separator' },
    ...(platform === 'darwin' ? [] : [settings, { type: 'separator' as const }]),
    { label: 'Close window', role: 'close' },
    ...(platform === 'darwin' ? [] : [{ label: 'Quit Weir', accelerator: 'CmdOrCtrl+Q', click: actions.quit }]),
  ]
  const own: MenuItemConstructorOptions[] = [
    { role: 'about' },
    { type: 'separator' },
    settings,
    { type: 'separator' },
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    { type: 'separator' },
    { label: 'Quit Weir', accelerator: 'Cmd+Q', click: actions.quit },
  ]
  return [
    ...(platform === 'darwin' ? [{ label: 'Weir', submenu: own }] : []),
    { label: 'File', submenu: file },
    // Undo and redo are those of the page: one history of text and canvas.
    { label: 'Edit', submenu: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }] },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { label: 'Window', role: 'windowMenu' },
  ]
}

/** The tray's menu and what it says in one line. */
export function trayMenu(
  state: SupervisedState,
  actions: MenuActions,
): { readonly toolTip: string; readonly items: MenuItemConstructorOptions[] } {
  const words = stateWords(state)
  const runs = state.kind !== 'stopped' && state.kind !== 'failed'
  return {
    toolTip: `Weir: ${words}`,
    items: [
      { label: `The pipeline ${words}`, enabled: false },
      { type: 'separator' },
      { label: 'Open Weir', click: actions.show },
      runs
        ? { label: 'Stop the pipeline', click: actions.stop }
        : { label: 'Start the pipeline', click: actions.start },
      { type: 'separator' },
      { label: 'Quit Weir', click: actions.quit },
    ],
  }
}

function stateWords(state: SupervisedState): string {
  switch (state.kind) {
    case 'running':
      return 'runs'
    case 'starting':
      return 'is starting'
    case 'restarting':
      return 'died and is started again'
    case 'stopped':
      return 'is stopped'
    case 'failed':
      return 'does not run'
  }
}
