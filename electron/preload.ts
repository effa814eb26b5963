// Runs before the page, apart from it, in a sandbox.
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { HostMessage } from '../host/contract/transport.ts'
import { channels } from './channels.ts'
import { FrameLine } from './frame-line.ts'
import type { PagePort } from './frame-line.ts'
import { windowBridge } from './window-bridge.ts'

const frames = new FrameLine((watched) => ipcRenderer.send(channels.frames, watched))
ipcRenderer.on(channels.frames, ({ ports: [port] }) => {
  if (port !== undefined) frames.take(port as PagePort)
})

contextBridge.exposeInMainWorld(
  'weir',
  windowBridge(
    (listener) => {
      ipcRenderer.on(channels.message, (_event, message: HostMessage) => listener.message(message))
      ipcRenderer.send(channels.begin)
      return { send: (message) => ipcRenderer.send(channels.message, message) }
    },
    frames,
    (file) => webUtils.getPathForFile(file as Parameters<typeof webUtils.getPathForFile>[0]),
  ),
)
