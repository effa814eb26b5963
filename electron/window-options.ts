/** How every window is made: its page gets no Node, no preload, and a sandbox. */
export const windowOptions = {
  width: 1440,
  height: 900,
  minWidth: 900,
  minHeight: 600,
  show: false,
  title: 'Weir',
  autoHideMenuBar: true,
  webPreferences: {
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  },
} as const
