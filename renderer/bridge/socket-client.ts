// Browser mode: the host at the other end of one WebSocket.
import { ChannelClient } from '../../host/contract/channel-client.ts'
import type { ChannelListener } from '../../host/contract/channel-client.ts'
import type { WeirClient } from '../../host/contract/client.ts'
import { hostMark, sessionPath, socketPath, windowParameter } from '../../host/contract/transport.ts'
import type { HostMessage } from '../../host/contract/transport.ts'

/** The parts of a browser the socket needs. */
export interface SocketWindow {
  readonly location: Pick<Location, 'host'>
  readonly crypto: Pick<Crypto, 'randomUUID'>
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem'>
  readonly WebSocket: typeof WebSocket
  readonly fetch: (path: string) => Promise<Pick<Response, 'status'>>
}

/** Whether the page was served by a host, rather than by a collector alone. */
export function servedByHost(document: Pick<Document, 'querySelector'>): boolean {
  return document.querySelector(`meta[name="${hostMark}"]`) !== null
}

/** The host that served the page; connects at once, and again whenever the connection is lost. */
export function socketClient(window: SocketWindow): WeirClient {
  const url = `ws://${window.location.host}${socketPath}?${windowParameter}=${windowId(window)}`
  return new ChannelClient({
    open(listener) {
      const socket = new window.WebSocket(url)
      socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
        listener.message(JSON.parse(data) as HostMessage)
      })
      socket.addEventListener('close', () => void explainClose(window, listener))
      return { send: (message) => socket.send(JSON.stringify(message)) }
    },
    later: (ms, action) => setTimeout(action, ms),
    now: () => Date.now(),
    random: Math.random,
  })
}

/** Stays the same when the page is loaded anew: the window keeps its config. */
function windowId({ crypto, sessionStorage }: SocketWindow): string {
  const kept = sessionStorage.getItem('weir-window')
  if (kept !== null) return kept
  const id = crypto.randomUUID()
  sessionStorage.setItem('weir-window', id)
  return id
}

/** A browser does not say why a socket was refused; a request for the session does. */
async function explainClose(window: SocketWindow, listener: ChannelListener): Promise<void> {
  const status = await window.fetch(sessionPath).then(
    (response) => response.status,
    () => undefined,
  )
  if (status !== 401) listener.closed()
  else {
    listener.closed({
      message: 'This browser is not let in any more.',
      nextStep: 'Open the address that "weir ui" printed when it started; it ends in a token.',
    })
  }
}
