// Runs before the page, apart from it, in a sandbox.
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { HostMessage } from '../host/contract/transport.ts'
import { channels } from './channels.ts'
import { windowBridge } from './window-bridge.ts'

contextBridge.exposeInMainWorld(
  'weir',
  windowBridge(
    (listener) => {
      ipcRenderer.on(channels.message, (_event, message: HostMessage) => listener.message(message))
      ipcRenderer.send(channels.begin)
      return { send: (message) => ipcRenderer.send(channels.message, message) }
    },
    (file) => webUtils.getPathForFile(file as Parameters<typeof webUtils.getPathForFile>[0]),
  ),
)
