import type { DesktopBridge } from '../host/contract/desktop-bridge.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { CollectorClient } from './bridge/collector-client.ts'
import { httpCollector } from './bridge/collector-requests.ts'
import { desktopClient } from './bridge/desktop-client.ts'
import { followDesktop } from './app/follow-desktop.ts'
import { pageVisibility } from './bridge/page-visibility.ts'
import { sleep } from './bridge/sleep.ts'
import { servedByHost, socketClient } from './bridge/socket-client.ts'
import { ConnectionContext } from './live/connection-context.ts'
import { Connection } from './live/connection.ts'
import { openWorkbench } from './model/open-workbench.ts'
import { Preferences } from './model/preferences.ts'
import { PreferencesContext } from './model/preferences-context.ts'
import { WorkbenchContext } from './model/workbench-context.ts'
import './ui/fonts.css'
import './ui/tokens.css'

const desktop = (window as { readonly weir?: DesktopBridge }).weir
const servedBy = desktop !== undefined || servedByHost(document) ? 'host' : 'collector'
const client = desktop
  ? desktopClient(desktop)
  : servedBy === 'host'
    ? socketClient({ location, crypto, sessionStorage, WebSocket, fetch: (path) => fetch(path) })
    : new CollectorClient({
        requests: httpCollector((path, options) => fetch(path, options)),
        sleep,
        now: () => Date.now(),
        address: location.host,
        storage: localStorage,
      })
const visible = pageVisibility(document)
const connection = new Connection({ client, servedBy, visible })
connection.start()
const preferences = new Preferences({ client, storage: localStorage, preferred: navigator.languages })
const readClipboard = desktop
  ? async () => (await client.call('clipboardText', {})) ?? ''
  : () => navigator.clipboard.readText()
const workbench = openWorkbench({ client, nativeDialogs: desktop !== undefined, readClipboard, visible })
if (desktop) followDesktop(client, workbench, desktop, document)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ConnectionContext value={connection}>
      <PreferencesContext value={preferences}>
        <WorkbenchContext value={workbench}>
          <App />
        </WorkbenchContext>
      </PreferencesContext>
    </ConnectionContext>
  </StrictMode>,
)
